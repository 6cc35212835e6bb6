"""From the tables of a network to the arrays of a problem, and back to work."""
