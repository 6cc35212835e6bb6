"""The weights of evidence as learned from labelled records (``evidence_weights.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from clearband.facts.store import compiled

_INSTEAD: Final[list[Mapping[str, Any]]] = []


def learned_nats() -> dict[str, float]:
    """Nats of every rule that was learned, by its name."""
    return {name: rule["nats"] for name, rule in _file()["rules"].items()}


def use_instead(content: Mapping[str, Any]) -> None:
    """Use other weights in this process: for judging weights by records they were not learned from.

    Must be called before `clearband.identify` is imported, which reads the weights once.

    Args:
        content: Of the form of the file.
    """
    _INSTEAD[:] = [content]


def _file() -> Mapping[str, Any]:
    if _INSTEAD:
        return _INSTEAD[0]
    content: Mapping[str, Any] = compiled().read("evidence_weights")
    return content
