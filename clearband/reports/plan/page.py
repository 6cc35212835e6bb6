"""``plan.html``: one page, whole without a script, in the style of the other pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from clearband import __version__
from clearband.planning.checking import Checked
from clearband.planning.network import Network
from clearband.reports.page.render import asset, environment
from clearband.reports.page.security import content_security_policy
from clearband.reports.plan.chart import Chart
from clearband.reports.plan.drawing.shapes import STYLE
from clearband.reports.plan.summary import RULES, Summary

GENERATOR: Final = "Clearband plan report"
"""How a page of this kind says what made it; the folder of an earlier report is known by it."""
SECTIONS: Final = {
    "map": "Where",
    "regions": "When, region by region",
    "money": "Money",
    "exposure": "Exposure",
    "suppliers": "Suppliers",
    "limits": "How much of the limits is used",
}
"""Sections of charts, in their order, with their headings."""


def page(
    network: Network, checked: Checked, summary: Summary, charts: Sequence[Chart], files: Sequence[str]
) -> str:
    """The page.

    Args:
        network: What is planned.
        checked: What the rules say of the plan.
        summary: The first page.
        charts: In the order of the page.
        files: Names of the other files of the folder.
    """
    style = asset("report.css") + asset(STYLE) + asset("plan/page.css")
    by_section = {name: [chart for chart in charts if chart.section == name] for name in SECTIONS}
    return (
        environment()
        .get_template("plan/plan.html.j2")
        .render(
            csp=content_security_policy(style),
            style=style,
            version=__version__,
            generator=GENERATOR,
            network=network,
            settings=network.settings,
            currency=network.settings.currency,
            checked=checked,
            rules=RULES,
            summary=summary,
            sections=SECTIONS,
            charts={name: found for name, found in by_section.items() if found},
            files=files,
        )
    )
