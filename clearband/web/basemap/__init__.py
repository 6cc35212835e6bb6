"""Shapes of land and borders; ``scripts/make_base_map.py`` makes ``shapes.json``."""
