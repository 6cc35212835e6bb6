"""Embedded facts, each with its source, and the loader that compiles them once into a fast form."""
