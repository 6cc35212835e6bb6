"""The reliability diagram as SVG: said confidence across, share that was right up, one dot a bin.

Dots on the diagonal are confidences that hold. The area of a dot grows with the number of verdicts; its
number stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from calibration import calibration_error, reliability

SIDE: Final = 360
LEFT: Final = 60
TOP: Final = 20
COLOURS: Final = ("#1f5fa8", "#b3541e")
STYLE: Final = (
    "text{font:13px sans-serif;fill:#222}.small{font-size:11px;fill:#555}"
    "@media (prefers-color-scheme:dark){text{fill:#eee}.small{fill:#bbb}.frame{stroke:#bbb}}"
)


def diagram(measured: Mapping[str, Iterable[tuple[float, bool]]]) -> str:
    """The picture.

    Args:
        measured: Confidence and rightness of verdicts, by how they were measured; at most two ways.
    """
    series = {name: list(verdicts) for name, verdicts in measured.items()}
    height = TOP + SIDE + 60 + 20 * len(series)
    size = f'viewBox="0 0 {LEFT + SIDE + 60} {height}" width="{LEFT + SIDE + 60}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>',
        f"<title>{escape('How often verdicts of each confidence are right')}</title>",
        f"<style>{STYLE}</style>",
        *_frame(),
    ]
    for number, (name, verdicts) in enumerate(series.items()):
        lines += _dots(verdicts, COLOURS[number])
        lines += _legend(name, verdicts, COLOURS[number], TOP + SIDE + 62 + 20 * number)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _across(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _up(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)


def _frame() -> list[str]:
    """Axes, marks and the diagonal."""
    square = f'x="{LEFT}" y="{TOP}" width="{SIDE}" height="{SIDE}"'
    ends = f'x1="{LEFT}" y1="{TOP + SIDE}" x2="{LEFT + SIDE}" y2="{TOP}"'
    lines = [
        f'<rect class="frame" {square} fill="none" stroke="#888"/>',
        f'<line {ends} stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10
        lines.append(f'<text x="{_across(share)}" y="{TOP + SIDE + 18}" text-anchor="middle">{share}</text>')
        lines.append(f'<text x="{LEFT - 8}" y="{_up(share) + 4}" text-anchor="end">{share}</text>')
    middle = LEFT + SIDE / 2
    lines.append(f'<text x="{middle}" y="{TOP + SIDE + 38}" text-anchor="middle">confidence said</text>')
    lines.append(
        f'<text x="16" y="{TOP + SIDE / 2}" text-anchor="middle" '
        f'transform="rotate(-90 16 {TOP + SIDE / 2})">share that was right</text>'
    )
    return lines


def _dots(verdicts: list[tuple[float, bool]], colour: str) -> list[str]:
    lines = []
    for bin_ in reliability(verdicts):
        x, y = _across(bin_.confidence), _up(bin_.right)
        radius = round(3 + math.sqrt(bin_.count) / 6, 1)
        lines.append(f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}" fill-opacity="0.6"/>')
        side = -1 if colour == COLOURS[0] else 1
        anchor = "end" if side < 0 else "start"
        at = x + side * (radius + 3)
        lines.append(
            f'<text class="small" x="{at:.1f}" y="{y + 4}" text-anchor="{anchor}">{bin_.count:,}</text>'
        )
    return lines


def _legend(name: str, verdicts: list[tuple[float, bool]], colour: str, y: int) -> list[str]:
    text = f"left out {name}: {len(verdicts):,} verdicts, calibration error {calibration_error(verdicts):.3f}"
    return [
        f'<circle cx="{LEFT + 6}" cy="{y - 4}" r="5" fill="{colour}" fill-opacity="0.6"/>',
        f'<text x="{LEFT + 18}" y="{y}">{escape(text)}</text>',
    ]
