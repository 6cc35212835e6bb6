"""Rules that answer criteria from the register and the facts. One file for each kind of fact."""
