"""From a problem to a plan, with a proof of how far it is from the best. Knows nothing of tables."""
