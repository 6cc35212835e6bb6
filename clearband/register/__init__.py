"""The register of organisations: names, identifiers, and who controls whom on a date."""

from clearband.register.names import NameEntry
from clearband.register.register import Lookalike, Register, TextTrap, load_register

__all__ = ["Lookalike", "NameEntry", "Register", "TextTrap", "load_register"]
