"""Text for a console: taken literally, and in letters that the console can write."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text


def plain(console: Console, text: str, style: str = "") -> Text:
    """The text as it is: rich reads no markup in it, and letters the console's encoding lacks are escaped."""
    encoding = console.encoding or "ascii"
    return Text(text.encode(encoding, "backslashreplace").decode(encoding), style=style)


def say(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    """Print a paragraph; its wrapped lines are indented like the first."""
    words = plain(console, text, style)
    console.print(Padding(words, (0, 0, 0, indent), expand=False) if indent else words, highlight=False)
