"""The links around an organisation as SVG: owners above, what it owns below."""

from __future__ import annotations

from typing import Any, Final

from clearband.model.organisation import ControlLink
from clearband.register.register import Register
from clearband.reports.ownership.near import Near
from clearband.reports.page.render import environment
from clearband.reports.plain_text import visible

IN_A_ROW: Final = 6
"""Boxes of a level; where there are more organisations the last one says how many, and the table has all."""
_WIDTH: Final = 190
_HEIGHT: Final = 46
_GAP: Final = 22
_ROW: Final = 112
_LETTERS: Final = 25
_ID_LETTERS: Final = 29
"""As many as a box is wide, in their size."""


def svg(shown: Near, register: Register) -> str:
    """The drawing, for a page that has its styles (``ownership_svg.css``) and the same in a table."""
    rows = _rows(shown)
    more = {level: len(row) - IN_A_ROW for level, row in rows.items() if len(row) > IN_A_ROW}
    rows = {level: row[: IN_A_ROW - 1] if level in more else row for level, row in rows.items()}
    widest = max(len(row) + (level in more) for level, row in rows.items())
    width = widest * (_WIDTH + _GAP) + _GAP
    top = max(rows)
    boxes: dict[str, dict[str, Any]] = {}
    others: list[dict[str, Any]] = []
    for level, row in rows.items():
        left = (width - (len(row) + (level in more)) * (_WIDTH + _GAP) + _GAP) / 2
        y = (top - level) * _ROW + 10
        if level in more:
            others.append({"x": left + len(row) * (_WIDTH + _GAP), "y": y, "number": more[level] + 1})
        for index, org in enumerate(row):
            x = left + index * (_WIDTH + _GAP)
            boxes[org] = {
                "x": x,
                "y": y,
                "name": _short(org, register),
                "full": _name(org, register),
                "id": org,
                "short_id": _cut(org, _ID_LETTERS),
            }
    lines = [
        _line(link, boxes, unsure)
        for link, unsure in zip(shown.links, shown.uncertain, strict=True)
        if link.owner in boxes and link.owned in boxes
    ]
    return (
        environment()
        .get_template("ownership.svg.j2")
        .render(
            boxes=list(boxes.values()),
            others=others,
            lines=lines,
            centre=shown.centre,
            title=_name(shown.centre, register),
            left_out=len(shown.level) - len(boxes),
            width=width,
            height=(top - min(rows)) * _ROW + _HEIGHT + 20,
            box_width=_WIDTH,
            box_height=_HEIGHT,
        )
    )


def _rows(shown: Near) -> dict[int, list[str]]:
    """Level to the organisations on it, in the order of the links."""
    rows: dict[int, list[str]] = {}
    for org, level in shown.level.items():
        rows.setdefault(level, []).append(org)
    return rows


def _line(link: ControlLink, boxes: dict[str, dict[str, Any]], unsure: bool) -> dict[str, Any]:
    owner, owned = boxes[link.owner], boxes[link.owned]
    half = _WIDTH / 2
    beside = owner["y"] == owned["y"]
    x1, y1 = owner["x"] + half, owner["y"] + (_HEIGHT / 2 if beside else _HEIGHT)
    x2, y2 = owned["x"] + half, owned["y"] + (_HEIGHT / 2 if beside else 0)
    return {
        "x1": x1,
        "y1": y1,
        "x2": x2,
        "y2": y2,
        "x": round((x1 + x2) / 2, 1),
        "y": round((y1 + y2) / 2 + 4, 1),
        "label": f"{link.share_pct} %" if link.share_pct else "",
        "what": visible(f"{link.owner} - {link.relation} - {link.owned}"),
        "dashed": unsure or not link.verified,
    }


def _name(org: str, register: Register) -> str:
    found = register.organisations.get(org)
    return visible(found.name if found else org)


def _short(org: str, register: Register) -> str:
    return _cut(_name(org, register), _LETTERS)


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
