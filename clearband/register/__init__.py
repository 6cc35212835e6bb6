"""The register of organisations: names, identifiers, and who controls whom on a date."""

from clearband.register.register import Lookalike, NameEntry, Register, TextTrap, load_register

__all__ = ["Lookalike", "NameEntry", "Register", "TextTrap", "load_register"]
