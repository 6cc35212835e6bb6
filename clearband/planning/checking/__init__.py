"""Whether a plan keeps the rules of its network. Knows the tables, and nothing of what made the plan."""

from clearband.planning.checking.check import TITLES, Checked, check
from clearband.planning.checking.plan import Plan, read_plan

__all__ = ["TITLES", "Checked", "Plan", "check", "read_plan"]
