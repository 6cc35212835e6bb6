"""What a draft would do, for people: one wording, as text for a terminal and as a page."""

from clearband.reports.impact.page import write_brief
from clearband.reports.impact.text import lines

__all__ = ["lines", "write_brief"]
