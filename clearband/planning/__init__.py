"""The way out: what replaces what, where, when, and at what cost."""
