"""The examination of a supply chain, as text and as JSON."""

from clearband.reports.supply_chain.content import Answered, Examined, content
from clearband.reports.supply_chain.text import lines

__all__ = ["Answered", "Examined", "content", "lines"]
