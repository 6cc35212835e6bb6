"""A timeline as SVG, and as a page with the same content in a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from clearband import __version__
from clearband.directives.timeline import Row, Timeline
from clearband.reports.page.render import asset, environment
from clearband.reports.page.security import content_security_policy
from clearband.reports.plain_text import visible
from clearband.reports.whole_file import whole_file

_STYLE: Final = "timeline.css"
_STYLE_OF_SVG: Final = "timeline_svg.css"
_LABEL: Final = 250
_AXIS: Final = 900
_ROW: Final = 24
_TOP: Final = 40
_LETTERS: Final = 34
SHAPES: Final = {
    "proposed": "hollow",
    "expected": "hollow",
    "signed": "square",
    "published": "square",
    "effective": "full",
    "compliance-deadline": "deadline",
    "extended": "tick",
    "amended": "tick",
    "delayed": "tick",
    "stayed": "cross",
    "vacated": "cross",
    "expired": "cross",
    "superseded": "cross",
}
"""Event to the shape of its mark, so that none is told by colour alone."""


@dataclass(frozen=True)
class _Scale:
    drawn: Timeline

    def x(self, day: date) -> float:
        """Where a day stands on the axis, in units of the drawing."""
        whole = (self.drawn.last - self.drawn.first).days or 1
        part = min(max((day - self.drawn.first).days / whole, 0), 1)
        return round(_LABEL + part * _AXIS, 1)


def write_picture(drawn: Timeline, path: Path) -> None:
    """Write an ``.svg`` or ``.html`` file, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    page = path.suffix.lower() in (".html", ".htm")
    text = html(drawn) if page else svg(drawn, alone=True)
    with whole_file(path) as staged:
        staged.write_text(text, encoding="utf-8", newline="\n")


def svg(drawn: Timeline, *, alone: bool) -> str:
    """The drawing; ``alone`` with its own style, for a file of its own."""
    template = environment().get_template("timeline.svg.j2")
    return template.render(**_content(drawn), alone=alone, style=asset(_STYLE_OF_SVG))


def html(drawn: Timeline) -> str:
    """The page: drawing, key and table; no script and nothing from elsewhere."""
    style = asset(_STYLE) + asset(_STYLE_OF_SVG)
    template = environment().get_template("timeline.html.j2")
    return template.render(
        **_content(drawn),
        style=style,
        csp=content_security_policy(style),
        version=__version__,
        drawing=svg(drawn, alone=False),
    )


def _content(drawn: Timeline) -> dict[str, Any]:
    scale = _Scale(drawn)
    rows, groups, y, group = [], [], _TOP, ""
    for row in drawn.rows:
        if row.group != group:
            group = row.group
            groups.append({"name": group, "y": y + 16})
            y += _ROW
        rows.append({**_row(row, scale), "y": y})
        y += _ROW
    years = range(drawn.first.year, drawn.last.year + 1)
    step = 1 if len(years) <= 20 else 2
    return {
        "drawn": drawn,
        "rows": rows,
        "groups": groups,
        "years": [
            {"year": year, "x": scale.x(date(year, 1, 1))} for year in years if (year - years[0]) % step == 0
        ],
        "today": scale.x(drawn.on),
        "width": _LABEL + _AXIS + 30,
        "height": y + 10,
        "label_x": _LABEL - 10,
        "axis_top": _TOP - 8,
    }


def _row(row: Row, scale: _Scale) -> dict[str, Any]:
    bars = []
    for span in row.spans:
        begins, ends = scale.x(span.begins or scale.drawn.first), scale.x(span.ends or scale.drawn.last)
        bars.append({"what": span.what, "x": begins, "width": max(ends - begins, 1.5), "span": span})
    bars.sort(key=lambda bar: ("advises", "requires", "owner", "list", "prohibits").index(bar["what"]))
    marks = [
        {"mark": one, "shape": SHAPES[one.event], "x": scale.x(one.latest), "from": scale.x(one.earliest)}
        for one in row.marks
    ]
    title = visible(row.title)
    title = title if len(title) <= _LETTERS else title[: _LETTERS - 1] + "…"
    return {"row": row, "label": title, "bars": bars, "marks": marks}
