"""Ids of the vocabularies in words."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_SIGNALS: Final = {
    "macs": "MAC address",
    "sys_object_id": "SNMP sysObjectID",
    "sys_descr": "SNMP sysDescr",
    "sys_name": "SNMP sysName",
    "ent_physical": "ENTITY-MIB",
    "banners": "banner",
    "neighbors": "neighbour",
    "fcc_id": "FCC ID",
    "cpe": "CPE name",
    "purl": "package URL",
}


def plain_id(identifier: str) -> str:
    """An id as words: ``federal-agency`` is ``federal agency``."""
    return identifier.replace("-", " ")


def titled(identifier: str) -> str:
    """An actor class with its title: ``US executive agency (federal-agency)``."""
    title = _titles().get(identifier)
    return f"{title} ({identifier})" if title else identifier


def category_title(identifier: str) -> str:
    """A kind of equipment by its title: ``bbu-du`` is ``Baseband or distributed unit``."""
    return _category_titles().get(identifier) or plain_id(identifier)


def measure_title(identifier: str) -> str:
    """A measure by its short title: ``us-fcc-22-84-equipment-authorization`` is ``FCC 22-84``."""
    return _measure_titles().get(identifier) or plain_id(identifier)


def signal_words(signal: str | None) -> str:
    """The name of a signal: ``macs`` is ``MAC address``. A path keeps its tail (``banners.ssh``)."""
    from clearband.reports.plain_text import visible

    head, dot, tail = (signal or "signal").partition(".")
    return visible(_SIGNALS.get(head, head.replace("_", " ")) + dot + tail, 60)


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    """Titles of the packaged actor classes by id."""
    from clearband.facts.store import compiled

    return {entry["id"]: entry["title"] for entry in compiled().read("vocabulary").get("actors", ())}


@lru_cache(maxsize=1)
def _category_titles() -> dict[str, str]:
    """Titles of the packaged kinds of equipment by id."""
    from clearband.facts.store import compiled

    return {entry["id"]: entry["title"] for entry in compiled().read("equipment").get("categories", ())}


@lru_cache(maxsize=1)
def _measure_titles() -> dict[str, str]:
    """Short titles of the packaged measures by id."""
    from clearband.facts.store import compiled

    return {entry["id"]: entry["short_title"] for entry in compiled().read("directives")}
