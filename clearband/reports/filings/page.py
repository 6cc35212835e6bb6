"""A draft as one page, which loads nothing and runs nothing."""

from __future__ import annotations

from clearband.reports.filings.form import Filing
from clearband.reports.filings.shown import shown
from clearband.reports.page.render import asset, environment
from clearband.reports.page.security import content_security_policy


def as_page(filing: Filing) -> bytes:
    """The draft as HTML.

    Raises:
        UsageError: It has too many rows for a page.
    """
    style = asset("filing.css")
    content = {"csp": content_security_policy(style), "style": style, "d": shown(filing)}
    return environment().get_template("filing.html.j2").render(**content).encode()
