"""Text for a console: taken literally, and in letters that the console can write."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text


def plain(console: Console, text: str, style: str = "") -> Text:
    """The text as it is: rich reads no markup in it, and letters the console's encoding lacks are escaped."""
    encoding = console.encoding or "ascii"
    return Text(text.encode(encoding, "backslashreplace").decode(encoding), style=style)


def say(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    """Print a paragraph; its wrapped lines are indented like the first."""
    for line in plain(console, text, style).wrap(console, max(console.width - indent, 20)):
        line.rstrip()
        line.pad_left(indent)
        console.print(line, highlight=False, soft_wrap=True)
