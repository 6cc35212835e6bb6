"""What would have to change in a NetBox for the remarks of a run to stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from clearband.discover.netbox.api import pages
from clearband.discover.netbox.lists import Listed
from clearband.discover.netbox.remarks import Remark, same_finding
from clearband.discover.web import Web
from clearband.errors import InputError

FIELD: Final = "clearband_finding"
"""The custom field that is ours."""
TAGS: Final[dict[str, tuple[str, str]]] = {
    "prohibited": ("Clearband: prohibited", "b71c1c"),
    "unidentified": ("Clearband: unidentified", "616161"),
    "review": ("Clearband: review", "ef6c00"),
    "exempt": ("Clearband: exempt", "1565c0"),
    "not-yet": ("Clearband: not yet prohibited", "f9a825"),
    "advised-against": ("Clearband: advised against", "6a1b9a"),
}
"""Answers that can be told, with the name and colour of their tag; see `slug_of`."""
_PORTION: Final = 100


@dataclass(frozen=True)
class Change:
    """What changes at one object; only our own tags and field are named.

    Args:
        listed, number: The object.
        name: What people call it.
        add, remove: Slugs of tags.
        text: The new text of our field, None to empty it; ``...`` (Ellipsis) where it stays.
    """

    listed: Listed
    number: int
    name: str
    add: tuple[str, ...]
    remove: tuple[str, ...]
    text: Any = ...

    @property
    def line(self) -> str:
        """For a person."""
        said = [f"+{slug}" for slug in self.add] + [f"-{slug}" for slug in self.remove]
        if self.text is not ...:
            said.append(f"{FIELD}: {self.text.split(chr(10))[0] if self.text else 'emptied'}")
        return f"{self.listed.name} {self.number} ({self.name}): {', '.join(said)}"


@dataclass(frozen=True)
class Plan:
    """All that would change.

    Args:
        changes: By kind and id.
        same: Objects at which all stands as it should.
        gone: Remarks whose objects are not in NetBox any more, or not for this token.
        tags: Answers whose tag is missing in NetBox.
        field: Whether our custom field is missing, or lacks a kind of object; its id where it is there.
    """

    changes: tuple[Change, ...]
    same: int
    gone: tuple[Remark, ...]
    tags: tuple[str, ...]
    field: bool
    field_id: int | None


def slug_of(answer: str) -> str:
    """The tag of an answer."""
    return f"clearband-{answer}"


def plan_of(web: Web, remarks: Sequence[Remark], size: int, told: Callable[[int], None]) -> Plan:
    """Compare what stands in NetBox with what should; nothing is written.

    Raises:
        ServiceError: NetBox does not answer as it should, or the token may not see what is needed.
        InputError: A tag or field that should be ours is something else.
    """
    found: list[Change] = []
    gone: list[Remark] = []
    same = 0
    for listed, portion in _portions(remarks):
        asked = [("fields", "id,display,tags,custom_fields"), *(("id", str(one.number)) for one in portion)]
        there = {one["id"]: one for page in pages(web, listed.path, asked, size) for one in page.results}
        for remark in portion:
            if remark.number not in there:
                if remark.answer is not None:
                    gone.append(remark)
                continue
            change = _change(remark, there[remark.number])
            same += change is None
            found += [] if change is None else [change]
        told(len(found) + same)
    added = {slug for change in found for slug in change.add}
    tags = tuple(answer for answer in TAGS if slug_of(answer) in added and not _tag_is_there(web, answer))
    field_id, missing = _field(web) if any(change.text is not ... for change in found) else (None, False)
    return Plan(tuple(found), same, tuple(gone), tags, missing, field_id)


def kinds_of_objects() -> list[str]:
    """The kinds at which our field stands, as NetBox names them."""
    return ["dcim.device", "dcim.module", "dcim.inventoryitem"]


def _portions(remarks: Iterable[Remark]) -> Iterator[tuple[Listed, list[Remark]]]:
    by_list: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_list.setdefault(remark.listed.path, []).append(remark)
    for group in by_list.values():
        group.sort(key=lambda one: one.number)
        for begin in range(0, len(group), _PORTION):
            yield group[0].listed, group[begin : begin + _PORTION]


def _change(remark: Remark, there: dict[str, Any]) -> Change | None:
    ours = {slug_of(answer) for answer in TAGS}
    present = {slug for tag in there.get("tags") or () if (slug := tag.get("slug")) in ours}
    wanted = {slug_of(remark.answer)} if remark.answer else set()
    before = (there.get("custom_fields") or {}).get(FIELD) or ""
    text: Any = ...
    if not same_finding(str(before), remark.text):
        text = remark.text or None
    add, remove = tuple(sorted(wanted - present)), tuple(sorted(present - wanted))
    if not add and not remove and text is ...:
        return None
    # Names are printed: what would move a terminal's cursor is not.
    name = "".join(c if c.isprintable() else "?" for c in str(there.get("display") or there["id"]))
    return Change(remark.listed, remark.number, name, add, remove, text)


def _tag_is_there(web: Web, answer: str) -> bool:
    found = web.get("/api/extras/tags/", [("slug", slug_of(answer)), ("limit", "1")])
    return bool(isinstance(found, dict) and found.get("count"))


def _field(web: Web) -> tuple[int | None, bool]:
    """The id of our custom field, and whether it is missing or lacks a kind of object."""
    found = web.get("/api/extras/custom-fields/", [("name", FIELD), ("limit", "1")])
    results = found.get("results") if isinstance(found, dict) else None
    if not results:
        return None, True
    one = results[0]
    if one.get("type", {}).get("value") != "longtext":
        raise InputError(
            f"the custom field {FIELD} there is no long text",
            where=web.address.shown,
            remedy="rename or remove it",
        )
    return one["id"], not set(kinds_of_objects()) <= set(one.get("object_types") or ())
