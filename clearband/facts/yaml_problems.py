"""What is wrong with a text that is no YAML, for a reader who never heard of tokens and mappings."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

_COLON: Final = re.compile(r":(?:\s|$)")
_INDENT: Final = "indent equally what belongs together"
_QUOTE: Final = "put the text in quotation marks"
_TAB: Final = ("a tab is used to indent", "indent with blanks")
_PLAIN: Final = (
    ("mapping values", "a second colon stands in one line", 'put a text that holds ": " in quotation marks'),
    ("found a tab", *_TAB),
    ("another document", "a second document begins here", "write one document a file, without the line ---"),
    ("end of stream", "a quotation mark or bracket that opens here is never closed", "close it"),
    ("or ']'", "a bracket that opens here is not closed, or a comma is missing", "write [one, two]"),
    ("or '}'", "a bracket that opens here is not closed, or a comma is missing", "write {key: value}"),
    ("expected ':'", "a key without a colon", "write KEY: VALUE"),
    ("'-' indicator", "the line is not indented as those above", _INDENT),
    ("expected key", "the line does not go on as it began", f"{_INDENT}, or {_QUOTE}"),
    ("block end", "the line is not indented as those above", _INDENT),
    ("cannot start", "a text begins with a sign that has a meaning of its own", _QUOTE),
    ("stands twice", "", "take one out"),
    ("control characters", "an unprintable sign stands here", "take it out"),
)  # fmt: skip
"""A part of the parser's message, what it means, and what to do; the first that fits is taken.

Where nothing else is given, the message is ours and plain already.
"""

_WHERE_IT_BEGAN: Final = ("end of stream", "or ']'", "or '}'", "expected ':'")
"""Messages whose cause is where the part began, not where reading stopped."""


def plain_yaml_problem(error: yaml.YAMLError, text: str) -> tuple[int | None, str, str]:
    """Line (from 1), what is wrong, and what to do.

    Args:
        error: As the parser raised it.
        text: What it read.
    """
    said = str(getattr(error, "problem", None) or "the text cannot be read as YAML")
    mark: Any = getattr(error, "problem_mark", None)
    if any(part in said for part in _WHERE_IT_BEGAN):
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line + 1 if mark else None
    lines = text.splitlines()
    if "cannot start" in said and line and line <= len(lines) and "\t" in _indent(lines[line - 1]):
        return line, *_TAB
    if "mapping values" in said and line and _indented_too_far(lines[:line]):
        return line, "the line is indented deeper than the one above, which holds a value already", _INDENT
    for part, what, remedy in _PLAIN:
        if part in said:
            return line, what or said, remedy
    return line, said, "correct the YAML"


def _indented_too_far(lines: list[str]) -> bool:
    """Whether the last line has one colon of its own, and goes on deeper after a line that is complete."""
    above = [one for one in lines[:-1] if one.strip() and not one.lstrip().startswith("#")]
    last = lines[-1]
    if not above or len(_indent(last)) <= len(_indent(above[-1])):
        return False
    return not above[-1].rstrip().endswith(":") and len(_COLON.findall(last)) == 1


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
