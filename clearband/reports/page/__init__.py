"""``report.html``: one self-contained page, readable without a network and without JavaScript."""

from clearband.reports.page.render import write_report

__all__ = ["write_report"]
