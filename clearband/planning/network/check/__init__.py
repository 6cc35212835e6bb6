"""What keeps a network from being planned, and what a person should know before it is."""

from clearband.planning.network.check.check import Checked, check, refuse_unplannable
from clearband.planning.network.check.found import Found

__all__ = ["Checked", "Found", "check", "refuse_unplannable"]
