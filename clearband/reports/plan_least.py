"""The smallest relaxations of a network without a plan, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from clearband.planning.answers.least import Least
from clearband.planning.answers.ways import Way
from clearband.planning.answers.words import in_words
from clearband.reports.plain_text import visible

SCHEMA: Final = "https://clearband.dev/schema/plan-least-1.json"
_KIND: Final = {
    "money": "money alone", "crews": "crews alone", "supply": "supply alone", "service": "service alone",
    "caps": "caps alone", "makers": "least makers alone", "dates": "dates alone", "together": "together",
    "repairs": "that is enough",
}  # fmt: skip


def least_content(found: Least, files: Mapping[str, Path]) -> dict[str, Any]:
    """What ``clearband plan explain NET --json`` prints."""
    currency = found.network.settings.currency
    clash = found.clash
    return {
        "schema": SCHEMA,
        "title": found.network.settings.title,
        "network_sha256": found.network.sha256,
        "currency": currency,
        "feasible": found.feasible,
        "impossible": found.state == "impossible",
        "ended": found.ended,
        "blockers": [
            {"kind": one.kind, "what": one.what, "fix": one.fix, "other": one.other}
            for one in found.blockers
        ],
        "ways": [_way(way, currency, files) for way in found.ways],
        "clash": None if clash is None else {
            "limits": [{"kind": kind, "name": name} for kind, name in clash.limits],
            "only_whole_units": clash.whole,
            "smallest": clash.smallest,
        },
    }  # fmt: skip


def _way(way: Way, currency: str, files: Mapping[str, Path]) -> dict[str, Any]:
    by = way.relaxation
    return {
        "kind": way.kind,
        "state": way.state,
        "share": way.share,
        "at_least": way.at_least,
        "smallest": way.smallest,
        "words": [] if by is None else in_words(by, currency, way.share),
        "relaxation": None
        if by is None
        else by.model_dump(mode="json", by_alias=True, exclude_defaults=True),
        "proof": None if way.proof is None else asdict(way.proof),
        "file": str(files[way.kind]) if way.kind in files else None,
    }


def least_lines(found: Least, files: Mapping[str, Path], most: int = 10) -> Iterator[str]:
    """What ``clearband plan explain NET`` prints, and ``plan solve`` where it found no plan."""
    settings = found.network.settings
    if found.feasible:
        yield f"{visible(settings.title)}: there is a plan; clearband plan solve finds it"
        return
    if found.state == "impossible":
        yield f"{visible(settings.title)}: there is no plan as it is; that is proved"
    else:
        yield f"{visible(settings.title)}: no plan was found; that there is none is not proved"
    if found.blockers:
        yield ""
        yield "What no money, crews or supply can mend, and what does:"
        for one in found.blockers[:most]:
            yield f"  {visible(one.what)}"
            yield f"    -> {visible(one.fix)}; or {visible(one.other)}"
        if len(found.blockers) > most:
            yield f"  and {len(found.blockers) - most:,} more (--json has all)"
    yield ""
    head = (
        "Smallest relaxations" if found.state == "impossible" else "Relaxations with which a plan was found"
    )
    yield head + (", with all of that:" if found.blockers else ":")
    for way in found.ways:
        yield from _way_lines(way, settings.currency, files, most)
    if found.clash is not None and found.clash.limits:
        yield ""
        alone = len(found.clash.limits) == 1
        head = "This limit cannot hold with the work" if alone else "These limits cannot hold together"
        yield head + (
            " (parts of units of work could be done, whole ones cannot):" if found.clash.whole else ":"
        )
        for kind, name in found.clash.limits:
            yield f"  {kind}: {visible(name)}"
        if not found.clash.smallest:
            yield "  (some of them may do so without the others: time ran out)"
    if not found.ended:
        yield ""
        yield "Time ran out before all was looked at: plan explain --time-limit gives more."


def _way_lines(way: Way, currency: str, files: Mapping[str, Path], most: int) -> Iterator[str]:
    head = _KIND[way.kind]
    if way.state == "cannot":
        yield f"  {head}: cannot, however much"
        return
    if way.state == "not-found" or way.relaxation is None:
        if way.at_least:
            yield f"  {head}: at least {way.at_least:+.1%} is needed; nothing that is enough was found"
        else:
            yield f"  {head}: nothing was found, and nothing was proved"
        return
    share = way.share.get(way.kind)
    told = "" if share is None else f": {share:+.1%}"
    if share is not None and way.at_least is not None and way.at_least < share * 0.995:
        told += f" is enough (at least {way.at_least:+.1%} is needed)"
    yield f"  {head}{told}"
    lines = in_words(way.relaxation, currency, way.share)
    for line in lines[:most]:
        yield f"    {visible(line)}"
    if len(lines) > most:
        yield f"    and {len(lines) - most:,} more (--json has all)"
    if way.proof is not None:
        broken = way.proof.violations
        checked = {None: "not checked", 0: "checked: no rule broken"}.get(broken, f"{broken} rules broken")
        yield (
            f"    applied and solved: a first plan for {way.proof.cost:,.0f} {currency}, done in "
            f"{way.proof.end} ({checked})"
        )
    if way.kind in files:
        yield f"    clearband plan relax NET --by {files[way.kind]} --out NET2"
