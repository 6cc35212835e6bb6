"""A published list as OSCAL component definitions: one component an entry.

Made of the published records alone, so that whoever has verified them can make it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from clearband.reports.oscal.parts import OURS, Json, fixed_uuid, metadata, one_line, prop, without_empty

LOST: Final = (
    "states, dates, conditions and the five answers of an entry other than as properties",
    "events, decisions, replies, appeals and the signatures of deciders: they stand in the log of the list",
    "proofs that something is on the list, or is not: they rest on the keys of the list",
)
_KINDS: Final = {"service": "service", "release": "software"}
"""Kinds of subjects that OSCAL has a type of component for; the others keep their own word."""
_RECORDED: Final = re.compile(r"recorded ([0-9]{4}-[0-9]{2}-[0-9]{2})\)$")


def whole_list(header: Json, records: Sequence[Json], hrefs: Iterable[str]) -> Json:
    """The list (``{"component-definition": …}``): its entries, or where the parts with them are.

    Args:
        header: As it is published, ``published-list.schema.json``.
        records: Of all entries; none where the list stands in parts.
        hrefs: Where the parts are, as seen from the list.
    """
    log = header["log"]
    head = metadata(
        f"Approved list of {one_line(header['title'])}",
        header["on"],
        f"{header['on']}.{log['size']}",
        LOST,
        parties=[
            {
                "uuid": fixed_uuid("authority", header["authority"]),
                "type": "organization",
                "name": one_line(header["title"]),
            }
        ],
    )
    head["props"] += [
        prop("authority", header["authority"]),
        prop("on", header["on"]),
        prop("entries", header["entries"]["count"]),
        prop("log-size", log["size"]),
        prop("log-root", log["root"]),
    ]
    made = {
        "uuid": fixed_uuid("list", header["authority"], header["on"], log["root"]),
        "metadata": head,
        "import-component-definitions": [{"href": one} for one in hrefs],
        "components": [component(one) for one in records],
    }
    return {"component-definition": without_empty(made)}


def part_of_list(header: Json, part: Json, records: Sequence[Json]) -> Json:
    """A part of the list: it stays the same bytes while its entries do, whatever else changes.

    Args:
        part: The bin of the header.
        records: Its records, at least one.
    """
    what = f"part {part['prefix']} by the SHA-256 of the entry"
    title = f"Approved list of {one_line(header['title'])}, {what}"
    head = metadata(title, max(map(_changed, records)), part["sha256"][:16], LOST)
    head["props"] += [prop("authority", header["authority"]), prop("part", part["prefix"])]
    return {
        "component-definition": {
            "uuid": fixed_uuid("part", header["authority"], part["prefix"], part["sha256"]),
            "metadata": head,
            "components": [component(one) for one in records],
        }
    }


def component(record: Json) -> Json:
    """An entry as a component; its id stays, whatever becomes of the entry.

    Args:
        record: As it is published, ``published-record.schema.json``.
    """
    one = record["listing"]
    subject = one["subject"]
    name = one_line(subject["name"])
    where = f"{subject['kind']}, tier {subject['tier']}, {subject['territory']}"
    return {
        "uuid": fixed_uuid("entry", one["authority"], one["entry"]),
        "type": _KINDS.get(subject["kind"], subject["kind"]),
        "title": name,
        "description": f"{name} ({where}): {one['state']} since {one['since']}",
        "props": [*_standing(one, record.get("next_date")), *_about(subject)],
    }


def _standing(one: Json, next_date: str | None) -> list[Json]:
    return [
        _word("entry", one["entry"]),
        _word("state", one["state"]),
        _word("since", one["since"]),
        *_given(one, "until", "evidence_until", "case"),
        *([_word("next-date", next_date)] if next_date else []),
        *(
            part
            for use, said in one["uses"].items()
            for part in (
                _word(use, said["say"]),
                *([_word(f"{use}-date", said["date"])] if "date" in said else []),
            )
        ),
        *(prop("condition", each["id"], remarks=_bound(each)) for each in one["conditions"]),
        *(_word("open-condition", name) for name in one["open_conditions"]),
        *(prop("flag", flag) for flag in one["flags"]),
        *(prop("depends-on", key) for key in one["depends"]),
        prop("events", ", ".join(map(str, one["history"]))),
        *(prop("ground", line) for line in one["why"]),
    ]


def _about(subject: Json) -> list[Json]:
    release = subject.get("release")
    return [
        _word("subject", subject["id"]),
        _word("kind", subject["kind"]),
        _word("tier", subject["tier"]),
        _word("territory", subject["territory"]),
        *_given(subject, "maker", "category", "scope"),
        *([{"name": "version", "value": one_line(release)}] if release else []),
        *(prop("identifier", f"{kind}:{text}") for kind, text in subject["identifiers"]),
    ]


def _word(name: str, value: str) -> Json:
    """A property whose value is known to be one word: it is not looked at, for a million entries."""
    return {"name": name, "ns": OURS, "value": value}


def _given(raw: dict[str, Any], *names: str) -> list[Json]:
    return [prop(name.replace("_", "-"), raw[name]) for name in names if raw.get(name) is not None]


def _bound(one: Json) -> str:
    late = f"; {one['if_late']} if late" if "if_late" in one else ""
    return (
        f"{one['text']}; {one['criterion']}; {one['owner']} by {one['due']}; shown by: {one['proof']}{late}"
    )


def _changed(record: Json) -> str:
    """The newest day that a record tells of: on which its state began, or an event of it was recorded."""
    one = record["listing"]
    days = [match[1] for line in one["why"] if (match := _RECORDED.search(line))]
    return str(max([one["since"], *days]))
