"""From clauses to limbs: a clause is taken apart by what it covers, and by action where exceptions differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from clearband.directives.coarse import coarse_limbs
from clearband.directives.definitions import Definitions
from clearband.directives.moments import added, clock_of, end_of
from clearband.errors import FactsError
from clearband.model.directive import Clock, Duty, Effect, End, Exemption, Limb, MakerRule, NamedMaker

Raw = dict[str, Any]
_MAX_SEE = 5


def build_limbs(
    directives: list[Raw],
    new_actions: frozenset[str] = frozenset(),
    definitions: Definitions | None = None,
) -> tuple[Limb, ...]:
    """All limbs of all measures; licences become exceptions of what they relax.

    Args:
        directives: The measures as compiled.
        new_actions: Actions that always speak of equipment that is new on the day.
        definitions: What the laws call a subsidiary or affiliate.

    Raises:
        FactsError: A clause covers or relaxes a measure that does not exist, or a definition is missing.
    """
    defined = definitions or Definitions({})
    by_id = {raw["id"]: raw for raw in directives}
    licences: dict[str, list[Exemption]] = defaultdict(list)
    for raw in directives:
        for clause in raw.get("clauses", ()):
            if clause["effect"] == Effect.LICENSES:
                licences[clause["relaxes"]].append(_licence(raw, clause))
    limbs: list[Limb] = []
    for raw in directives:
        if raw["evaluation"] == "pending":
            limbs.extend(coarse_limbs(raw))
        for clause in raw.get("clauses", ()):
            if clause["effect"] == Effect.LICENSES:
                continue
            for entry in _covered(by_id, raw, clause):
                limb = _limb(raw, clause, entry, by_id[entry["of"]] if entry else raw, defined)
                extra = tuple(licences[raw["id"]])
                for one in _by_action(replace(limb, exemptions=limb.exemptions + extra)):
                    limbs.extend(_by_actor(one))
    return tuple(replace(limb, new_for=(limb.new_for | new_actions) & limb.actions) for limb in limbs)


def _covered(by_id: dict[str, Raw], raw: Raw, clause: Raw) -> Iterator[Raw | None]:
    """The entries a clause covers, with the measure that holds each as ``of``; None for one without."""
    if "covers" not in clause:
        yield None
        return
    for entry in _entries(by_id, clause["covers"], f"{raw['id']}/{clause['id']}"):
        if "added_through" in clause and entry.get("added", "") > clause["added_through"]:
            continue
        yield entry


def _entries(by_id: dict[str, Raw], measure: str, where: str, depth: int = 0) -> Iterator[Raw]:
    if measure not in by_id or depth > _MAX_SEE:
        raise FactsError(
            f'"{measure}" is no measure with entries', where=where, remedy="correct `covers` or `see`"
        )
    for entry in by_id[measure].get("entries", ()):
        if "see" not in entry:
            yield {**entry, "of": measure}
            continue
        for seen in _entries(by_id, entry["see"], where, depth + 1):
            yield {**seen, **{key: entry[key] for key in ("added", "known_from") if key in entry}}


def _limb(raw: Raw, clause: Raw, entry: Raw | None, holder: Raw, definitions: Definitions) -> Limb:
    parts = [clause] if entry is None else [entry, clause]
    carve_outs = [(holder, item) for item in entry.get("exceptions", ())] if entry else []
    carve_outs += [(raw, item) for item in clause.get("exceptions", ())]
    starts: list[Clock] = [clock_of(raw, clause["from"], "effective")]
    if entry is not None and "added" in entry:
        starts.append((added(entry, clause.get("delay_days", 0), raw, holder),))
    end = end_of(raw, clause)
    name = clause["id"] if entry is None else f"{clause['id']}/{entry['id']}"
    says = clause["says"]
    if entry is not None and "says" in entry:
        says = f"{says}: {entry['says']}"
    return Limb(
        directive=raw["id"],
        clause=name,
        effect=Effect(clause["effect"]),
        cite=clause["cite"],
        says=says,
        actors=frozenset(clause["actors"]),
        actions=frozenset(clause["actions"]),
        makers=tuple(
            replace(
                _makers(part["makers"], dealings=clause.get("dealings", False)),
                definition=definitions.of(part["makers"], raw, holder),
            )
            for part in parts
            if "makers" in part
        ),
        equipment=tuple(tuple(part["equipment"]) for part in parts if part.get("equipment")),
        purposes=tuple(tuple(part["purposes"]) for part in parts if part.get("purposes")),
        made_in=tuple(_countries(part["made_in"]) for part in parts if "made_in" in part),
        home=raw["jurisdiction"],
        starts=tuple(starts),
        ends=() if end is None else (end,),
        asks=clause.get("asks"),
        exemptions=tuple(
            _exemption(dated_in, raw["id"], clause["id"], item) for dated_in, item in carve_outs
        ),
        duties=tuple(_duty(duty, raw) for duty in clause.get("duties", ())),
        would_change=tuple(text for part in parts for text in _would_change(part)),
        by_reference=entry is not None and entry["of"] != raw["id"],
        pending=False,
        verified=clause.get("verified", True),
        new_for=frozenset(clause.get("new_equipment", ())),
        ask_only_when_named=clause.get("ask_only_when_named"),
    )


def _makers(raw: Raw, *, dealings: bool) -> MakerRule:
    member_of = raw.get("member_of")
    criterion = raw.get("criterion") or {}
    return MakerRule(
        named=tuple(
            NamedMaker(
                item["org"],
                frozenset(item.get("reach", ())),
                frozenset(item.get("unconfirmed", ())),
                frozenset(item.get("which", ())),
            )
            for item in raw.get("named", ())
        ),
        list_id=member_of["list"] if member_of else None,
        list_reach=frozenset(member_of.get("reach", ())) if member_of else frozenset(),
        criterion=criterion.get("text"),
        criterion_open=criterion.get("presumed") == "unknown",
        dealings=dealings,
    )


def _duty(raw: str | Raw, directive: Raw) -> Duty:
    if isinstance(raw, str):
        return Duty(raw)
    after = raw["after"]
    # An id has no blank, NAME DATE has one.
    counted = clock_of(directive, after, "effective")[-1] if " " in after else None
    yearly = raw.get("yearly")
    return Duty(
        raw["text"],
        id=raw.get("id"),
        after=after,
        event=counted,
        business_days=int(raw.get("business_days", 0)),
        days=int(raw.get("days", 0)),
        by=date.fromisoformat(raw["by"]) if "by" in raw else None,
        yearly=(int(yearly[:2]), int(yearly[3:])) if yearly else None,
        start=clock_of(directive, raw["from"], "effective") if "from" in raw else (),
        end=end_of(directive, raw),
        actors=frozenset(raw.get("actors", ())),
        verified=raw["verified"],
    )


def _countries(raw: str | list[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _would_change(part: Raw) -> Iterator[str]:
    yield from part.get("would_change", ())
    criterion = part.get("makers", {}).get("criterion")
    if criterion and criterion["presumed"] == "no":
        yield f"a determination that {criterion['text']}"


def _exemption(dated_in: Raw, directive: str, clause_id: str, item: Raw) -> Exemption:
    when = item["when"]
    return Exemption(
        id=item["id"],
        text=item["text"],
        directive=directive,
        clause=clause_id,
        cite=item.get("cite", ""),
        separate=False,
        purposes=tuple(when.get("purposes", ())),
        equipment=tuple(when.get("equipment", ())),
        approvals=tuple(when.get("approvals", ())),
        actions=frozenset(item.get("actions", ())),
        start=clock_of(dated_in, item["from"], "effective") if "from" in item else (),
        end=end_of(dated_in, item),
        review_if_unknown=item.get("if_unknown") == "review",
        question=item.get("question"),
    )


def _licence(raw: Raw, clause: Raw) -> Exemption:
    end: End | None = end_of(raw, clause)
    return Exemption(
        id=clause["id"],
        text=clause["says"],
        directive=raw["id"],
        clause=clause["id"],
        cite=clause["cite"],
        separate=True,
        purposes=tuple(clause.get("purposes", ())),
        equipment=tuple(clause.get("equipment", ())),
        approvals=(),
        actions=frozenset(clause["actions"]),
        start=clock_of(raw, clause["from"], "effective"),
        end=end,
        review_if_unknown=False,
        question=None,
    )


def _by_action(limb: Limb) -> Iterator[Limb]:
    """Split a limb so that all its exceptions speak of all its actions."""
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for action in sorted(limb.actions):
        fitting = (i for i, e in enumerate(limb.exemptions) if not e.actions or action in e.actions)
        groups[tuple(fitting)].add(action)
    for fitting_ones, actions in groups.items():
        yield replace(
            limb,
            actions=frozenset(actions),
            exemptions=tuple(limb.exemptions[i] for i in fitting_ones),
        )


def _by_actor(limb: Limb) -> Iterator[Limb]:
    """Split a limb so that all its actors owe all its duties."""
    groups: dict[tuple[int, ...], set[str]] = defaultdict(set)
    for actor in sorted(limb.actors):
        owed = (i for i, duty in enumerate(limb.duties) if not duty.actors or actor in duty.actors)
        groups[tuple(owed)].add(actor)
    for owed_ones, actors in groups.items():
        yield replace(
            limb, actors=frozenset(actors), duties=tuple(limb.duties[number] for number in owed_ones)
        )
