"""Plans to replace what must go: the network, what binds, and the way out."""
