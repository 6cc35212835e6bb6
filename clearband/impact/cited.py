"""The sources that an impact cites: published ones, measures, what the user gave, illustrations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from clearband.errors import ClearbandError
from clearband.facts.store import compiled
from clearband.impact.form import SourceTold

_OURS: Final = {
    "law": SourceTold(
        kind="measure", what="the packaged measures, as `clearband directives list` shows them"
    ),
    "search": SourceTold(kind="illustration", what="the search for the market facts of Clearband"),
    "illustration": SourceTold(
        kind="illustration", what="an illustration of Clearband, because no published figure was read"
    ),
    "plan": SourceTold(
        kind="illustration",
        what="computed: the cheapest plan that was found, over the prices, hours and dates told",
    ),
}


def source_table(told: list[BaseModel], given: Mapping[str, SourceTold]) -> dict[str, SourceTold]:
    """Every source that is cited, by id, in the order of ids.

    Args:
        told: Parts of an impact.
        given: What the user gave: ``draft``, ``inventory``, ``prices``, ``limits``.

    Raises:
        ClearbandError: A figure cites what nobody knows; a defect of the facts.
    """
    published = compiled().read("sources")["sources"]
    measures = {raw["id"]: raw for raw in compiled().read("directives")}
    found = {}
    for name in sorted({one for part in told for one in _ids(part.model_dump())}):
        if name in given:
            found[name] = given[name]
        elif name in _OURS:
            found[name] = _OURS[name]
        elif name in published:
            raw = published[name]
            found[name] = SourceTold(
                kind="published", what=raw["what"], url=raw.get("url"), data_date=raw.get("data_date"),
                read=raw.get("read"),
            )  # fmt: skip
        elif name in measures:
            raw = measures[name]
            seen = [one["citation_or_url"] for one in raw.get("sources", ())]
            url = next((one for one in seen if one.startswith("http")), None)
            found[name] = SourceTold(kind="measure", what=f"{raw['title']}: {raw['citation']}", url=url)
        else:
            raise ClearbandError("is cited, and nothing tells what it is", where=name)
    return found


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "sources" and isinstance(one, list | tuple):
                yield from one
            else:
                yield from _ids(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _ids(one)
