"""Who made it: signals of an equipment table become a verdict per record.

The names below are loaded on first use: looking one name or address up must not wait for Polars and NumPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearband.identify.explain import explain_record
    from clearband.identify.names import NameMatch, resolve_name, resolve_names
    from clearband.identify.verdicts import identify

__all__ = ["NameMatch", "explain_record", "identify", "resolve_name", "resolve_names"]

_HOMES = {
    "NameMatch": "clearband.identify.names",
    "explain_record": "clearband.identify.explain",
    "identify": "clearband.identify.verdicts",
    "resolve_name": "clearband.identify.names",
    "resolve_names": "clearband.identify.names",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)
