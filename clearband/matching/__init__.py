"""Names against the names of any list: one matcher, which needs the extra ``match``.

`Matcher` is loaded on first use, since it compiles machine code.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearband.matching.background import at_large
    from clearband.matching.matcher import Matcher

__all__ = ["Matcher", "at_large"]

_HOMES = {"Matcher": "clearband.matching.matcher", "at_large": "clearband.matching.background"}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
