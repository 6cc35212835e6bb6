"""The brief as one page, which loads nothing and runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clearband.impact.form import ImpactTold
from clearband.reports.impact.brief import sections
from clearband.reports.page.render import asset, environment
from clearband.reports.page.security import content_security_policy
from clearband.reports.page.wording import web_address

NAME: Final = "index.html"
SHOWN: Final = 200
"""Rows of a table."""


def write_brief(told: ImpactTold, folder: Path) -> None:
    """Write ``index.html`` to a folder."""
    style = asset("impact.css")
    content = {
        "csp": content_security_policy(style),
        "style": style,
        "told": told,
        "sections": [(one, [table.cut(SHOWN) for table in one.tables]) for one in sections(told)],
        "links": {name: _link(source.url) for name, source in told.sources.items()},
    }
    with (folder / NAME).open("wb") as file:
        environment().get_template("impact.html.j2").stream(**content).dump(file, encoding="utf-8")


def _link(url: str | None) -> str | None:
    """An address as a link; sources are written without their scheme."""
    if url is None or " " in url or ("." not in url.partition("/")[0] and "://" not in url):
        return None
    return web_address(url if "://" in url else f"https://{url}")
