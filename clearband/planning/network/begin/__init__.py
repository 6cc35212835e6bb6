"""A network begun from a screened run: its items and what must go; the rest is for a person to fill in."""

from clearband.planning.network.begin.begin import Begun, Wanted, begin

__all__ = ["Begun", "Wanted", "begin"]
