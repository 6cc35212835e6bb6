"""What a directive file says of other measures, and of its own parts, must fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from clearband.facts.problems import Found, Path, nearest_or

Raw = dict[str, Any]
_SHOW_MEASURES: Final = "clearband directives list shows all"


def crosscheck_links(raw: Raw, measures: Mapping[str, Raw]) -> Iterator[Found]:
    """Every reference that leads nowhere, and keys that do not go together.

    Args:
        raw: The file as compiled.
        measures: Every measure by id, the file itself among them.
    """
    for place, wanted, has_entries in _references(raw):
        if wanted not in measures:
            yield "error", place, f'"{wanted}" is no measure', nearest_or(wanted, measures, _SHOW_MEASURES)
        elif has_entries and not measures[wanted].get("entries"):
            yield "error", place, f'"{wanted}" has no entries', "name a measure with entries"
    if (raw["evaluation"] == "clauses") != bool(raw.get("clauses")):
        what = (
            f"evaluation: {raw['evaluation']} does not fit: clauses means that there are some, pending none"
        )
        yield "error", ("evaluation",), what, "take the key out"
    for key in ("actors", "actions"):
        if not raw.get(key):
            yield (
                "error",
                (),
                f"there is no clause, and {key} are missing: nobody would be asked",
                "write clauses",
            )
    for number, clause in enumerate(raw.get("clauses", ())):
        yield from _keys_together(clause, ("clauses", number), measures)
        relaxed = measures.get(clause.get("relaxes", ""))
        if raw["kind"] == "policy" and relaxed is not None and relaxed["kind"] != "policy":
            what = f'a policy permits nothing that "{relaxed["id"]}" prohibits, which is law'
            remedy = "relax a policy; of an act that permits it, say under kind what it is"
            yield "error", ("clauses", number, "relaxes"), what, remedy


def _references(raw: Raw) -> Iterator[tuple[Path, str, bool]]:
    """Place, id, and whether entries are wanted there."""
    for key in ("relations", "targets"):
        for number, one in enumerate(raw.get(key, ())):
            if "id" in one:
                yield (key, number, "id"), one["id"], False
    for number, clause in enumerate(raw.get("clauses", ())):
        for key in ("covers", "relaxes"):
            if key in clause:
                yield ("clauses", number, key), clause[key], key == "covers"
    for number, entry in enumerate(raw.get("entries", ())):
        if "see" in entry:
            yield ("entries", number, "see"), entry["see"], True


def _keys_together(clause: Raw, place: Path, measures: Mapping[str, Raw]) -> Iterator[Found]:
    licenses = clause["effect"] == "licenses"
    if licenses and "relaxes" not in clause:
        yield "error", place, "a clause that licenses must say what it relaxes", "add relaxes: MEASURE"
    if "relaxes" in clause and not licenses:
        what = f"relaxes needs effect: licenses, and this clause {clause['effect']}"
        yield "error", (*place, "relaxes"), what, "correct one of them"
    for number, action in enumerate(clause.get("new_equipment", ())):
        if action not in clause["actions"]:
            what = f'"{action}" is no action of this clause'
            remedy = f"its actions are {', '.join(clause['actions'])}"
            yield "error", (*place, "new_equipment", number), what, remedy
    entries = measures.get(clause.get("covers", ""), {}).get("entries", ())
    if "covers" not in clause:
        for key in ("added_through", "delay_days"):
            if clause.get(key):
                yield "error", (*place, key), f"{key} speaks of entries, and none are covered", "add covers"
        return
    last = clause.get("added_through")
    if last is not None and entries and all(entry.get("added", "") > last for entry in entries):
        what = f"no entry of {clause['covers']} was added by {last}: the clause never begins"
        yield "error", (*place, "added_through"), what, "correct the date"
