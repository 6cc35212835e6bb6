"""Inventories from where they live: systems that are asked over the network, because the user said so."""
