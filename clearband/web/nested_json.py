"""JSON that is nested too deep, or holds too much, is refused before it is built."""

from __future__ import annotations

import re
from typing import Final

from clearband.web.problems import WebError
from clearband.web.settings import Limits

_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKETS: Final = re.compile(rb"[\[\]{}]")


def refuse_nested(text: bytes, limits: Limits) -> None:
    """Look at brackets and commas alone.

    Raises:
        WebError: It is nested too deep, or holds too many values (422).
    """
    bare = _STRING.sub(b"", text)
    if bare.count(b",") + bare.count(b":") > limits.json_values:
        raise _refused(f"it holds more than {limits.json_values:,} values")
    depth = 0
    for sign in _BRACKETS.findall(bare):
        depth += 1 if sign in b"[{" else -1
        if depth > limits.json_depth:
            raise _refused(f"it is nested deeper than {limits.json_depth}")


def _refused(why: str) -> WebError:
    return WebError(422, "too-complex", "The JSON is too complex", why)
