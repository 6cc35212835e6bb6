"""What stands in a country on a day, what a draft adds, which days come, and what exposure is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from clearband.directives.diff import diff
from clearband.directives.diff_sides import Side
from clearband.directives.law import Law
from clearband.directives.timeline import Row, timeline
from clearband.facts.store import compiled, content_hash
from clearband.impact.draft import DraftInUse
from clearband.impact.erosion import ranks_told, studies_told, table_told
from clearband.impact.form import AddedTold, ComingTold, CountryTold, InForceTold, TableTold
from clearband.impact.market import ShareTable, share_tables
from clearband.impact.places import jurisdictions_of, regions_of


def country_told(
    draft: DraftInUse, country: str, on: date, erosions: Sequence[int], banned: Collection[str]
) -> CountryTold:
    """What is known of a country.

    Args:
        country: As `clearband.impact.places.country_code` gives it.
        on: The day on which measures are in force; answers are compared on the day on which all of the draft
            holds, when that is later.
        erosions: Percent, for the shares that are known.
        banned: Ids of makers that the draft means for certain.
    """
    homes = jurisdictions_of(country)
    law = replace(draft.alone, drafts=())
    rows = timeline(law, draft.register, on, jurisdictions=homes).rows
    asked_on = draft.day_of_all(on)
    exposure = tuple(table_told(table, banned, erosions) for table in nearest_tables(country))
    return CountryTold(
        country=country,
        on=on,
        jurisdictions=homes,
        is_home=draft.raw["jurisdiction"] in homes,
        in_force=tuple(_in_force(rows, _means(draft, law, homes, on, banned), on)),
        added=tuple(_added(draft, asked_on, banned)),
        asked_on=asked_on,
        coming=_in_order(_coming(draft, law, rows, on)),
        exposure=exposure,
        ranks=tuple(ranks_told(regions_of(country), banned)),
        no_exposure=None if any(one.outcomes for one in exposure) else _unknown(country, exposure),
        studies=tuple(studies_told(regions_of(country))),
    )


def _in_order(coming: Iterable[ComingTold]) -> tuple[ComingTold, ...]:
    """By day, each once: several clauses may name the same duty."""
    once = {(one.day, one.measure, one.what): one for one in coming}
    return tuple(once[key] for key in sorted(once))


def _means(
    draft: DraftInUse, law: Law, homes: tuple[str, ...], on: date, banned: Collection[str]
) -> dict[str, list[str]]:
    """By measure, the makers of the draft that it means on some day, too."""
    found: dict[str, list[str]] = defaultdict(list)
    for maker in sorted(banned):
        for row in timeline(law, draft.register, on, maker=maker, jurisdictions=homes).rows:
            found[row.id].append(draft.name(maker))
    return found


def _in_force(rows: Sequence[Row], means: dict[str, list[str]], on: date) -> Iterator[InForceTold]:
    for row in rows:
        spans = [
            span
            for span in row.spans
            if span.begins is not None and span.begins <= on and (span.ends is None or span.ends > on)
        ]
        if spans:
            yield InForceTold(
                id=row.id,
                title=row.title,
                jurisdiction=row.group,
                force=row.force,
                does=tuple(sorted({span.what for span in spans})),
                since=min(span.begins for span in spans if span.begins is not None),
                means=tuple(means.get(row.id, ())),
                sources=(row.id,),
                verified=row.verified and all(span.verified for span in spans),
            )


def _coming(draft: DraftInUse, law: Law, rows: Sequence[Row], on: date) -> Iterator[ComingTold]:
    own = timeline(draft.adopted, draft.register, on, directives=[draft.id]).rows
    for row in (*rows, *own):
        is_draft = row.id == draft.id
        yield from (_day(row, text, what, verified, is_draft) for text, what, verified in _days(row, on))
    shown = {row.id for row in rows}
    for limb in (*law.limbs, *draft.limbs):
        if limb.directive not in shown and limb.directive != draft.id:
            continue
        for duty in limb.duties:
            if duty.by is not None and duty.by > on:
                row = next(one for one in (*rows, *own) if one.id == limb.directive)
                yield _day(row, duty.by.isoformat(), duty.text, duty.verified, row.id == draft.id)


def _days(row: Row, on: date) -> Iterator[tuple[str, str, bool]]:
    found: dict[tuple[str, str], bool] = {}
    for mark in row.marks:
        if mark.latest > on:
            found[mark.text, mark.event + (f" ({mark.note})" if mark.note else "")] = mark.verified
    for span in row.spans:
        for day, word in ((span.begins, "begins"), (span.ends, "ends")):
            if day is not None and day > on:
                found[day.isoformat(), f"{span.label} {word}: {span.what}"] = span.verified
    yield from ((*key, verified) for key, verified in found.items())


def _day(row: Row, text: str, what: str, verified: bool, is_draft: bool) -> ComingTold:
    source = "draft" if is_draft else row.id
    return ComingTold(
        day=text, measure=row.title, what=what, draft=is_draft, sources=(source,), verified=verified
    )


def _added(draft: DraftInUse, on: date, banned: Collection[str]) -> Iterator[AddedTold]:
    """Answers that change when the draft is adopted, about the makers that it means."""
    if not banned:
        return
    actors = dict.fromkeys(actor for limb in draft.limbs for actor in sorted(limb.actors))
    actions = dict.fromkeys(action for limb in draft.limbs for action in sorted(limb.actions))
    changed = diff(
        _side(draft, draft.alone, on, "law as it is"),
        _side(draft, draft.adopted, on, "with the draft"),
        makers=sorted(banned),
        actors=tuple(actors),
        actions=tuple(actions),
    )
    kinds: dict[tuple[str, str, str, str, str], set[str]] = defaultdict(set)
    for change in changed.changes:
        for maker in change.makers:
            for action in change.actions:
                for actor in change.actors:
                    key = (maker, action, actor, change.before.answer, change.after.answer)
                    kinds[key] |= {one for one in change.equipment if one is not None}
    for (maker, action, actor, before, after), found in sorted(kinds.items()):
        yield AddedTold(
            maker=draft.name(maker), action=action, actor=actor, before=before, after=after,
            kinds=len(found), sources=("draft", "law"),
        )  # fmt: skip


def _side(draft: DraftInUse, law: Law, on: date, label: str) -> Side:
    held = compiled()
    directives: dict[str, Any] = {raw["id"]: raw for raw in held.read("directives")}
    others = {name: held.read(name) for name in ("equipment", "vocabulary", "control_definitions")}
    organisations = {
        entry["id"]: entry for file in held.read("organisations") for entry in file["organisations"]
    }
    return Side(label, content_hash(), law, draft.register, on, None, directives, organisations, others)


def nearest_tables(country: str) -> tuple[ShareTable, ...]:
    """The latest shares of each market in the nearest region for which there are any."""
    found: dict[str, ShareTable] = {}
    for region in regions_of(country):
        here = [table for table in share_tables().values() if table.region == region]
        for table in sorted(here, key=lambda one: one.year):
            held = found.get(table.market)
            if held is None or held.region == region:
                found[table.market] = table
    return tuple(found.values())


def _unknown(country: str, exposure: Sequence[TableTold]) -> str:
    if not exposure:
        return f"no shares of makers are published here for {country}, or for a region that holds it"
    return "; ".join(dict.fromkeys(one.not_computed for one in exposure if one.not_computed))
