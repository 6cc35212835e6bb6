"""Writes remarks into a NetBox: our own tags and our own field, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from clearband.discover.failures import RefusedError, ServiceError
from clearband.discover.netbox.changes import FIELD, TAGS, Change, Plan, kinds_of_objects, slug_of
from clearband.discover.web import Web

_BULK: Final = 50
"""Objects in one request: NetBox takes or refuses them together."""

Failure = tuple[Change, str]


def write_back(web: Web, plan: Plan, told: Callable[[int], None]) -> list[Failure]:
    """Make the changes of a plan; one that fails does not keep the others back.

    The field and tags that are missing are made first.

    Returns:
        The changes that were not made, each with the reason. A new plan has them again.

    Raises:
        ServiceError: NetBox does not answer any more, or does not let our field or tags be made.
    """
    _make_ready(web, plan)
    failed: list[Failure] = []
    done = 0
    by_path: dict[str, list[Change]] = {}
    for change in plan.changes:
        by_path.setdefault(change.listed.path, []).append(change)
    for path, changes in by_path.items():
        for begin in range(0, len(changes), _BULK):
            portion = changes[begin : begin + _BULK]
            failed += _written(web, path, portion)
            done += len(portion)
            told(done)
    return failed


def _make_ready(web: Web, plan: Plan) -> None:
    for answer in plan.tags:
        name, colour = TAGS[answer]
        tag = {"name": name, "slug": slug_of(answer), "color": colour, "description": "Set by Clearband"}
        web.send("POST", "/api/extras/tags/", tag)
    if not plan.field:
        return
    if plan.field_id is not None:
        body: dict[str, Any] = {"object_types": kinds_of_objects()}
        web.send("PATCH", f"/api/extras/custom-fields/{plan.field_id}/", body)
        return
    body = {
        "name": FIELD,
        "label": "Clearband finding",
        "type": "longtext",
        "object_types": kinds_of_objects(),
        "description": "What the law says of it; set by Clearband",
        "ui_editable": "no",
    }
    web.send("POST", "/api/extras/custom-fields/", body)


def _written(web: Web, path: str, portion: Sequence[Change]) -> list[Failure]:
    """Write some objects together; where NetBox refuses them, one by one."""
    try:
        answer = web.send("PATCH", path, [_body(change) for change in portion])
    except RefusedError as error:
        if len(portion) == 1:
            return [(portion[0], error.detail or error.what)]
        if error.status in (401, 403):
            raise
        return [failure for change in portion for failure in _written(web, path, [change])]
    if not isinstance(answer, list):
        raise ServiceError("the answer to a change is no list", where=web.address.shown + path)
    there = {one["id"]: one for one in answer if isinstance(one, dict) and "id" in one}
    return [
        (change, why) for change in portion if (why := _not_as_wished(change, there.get(change.number, {})))
    ]


def _body(change: Change) -> dict[str, Any]:
    """Tags are added and removed by name: replacing the whole list would undo what others set meanwhile."""
    body: dict[str, Any] = {"id": change.number}
    if change.add:
        body["add_tags"] = [{"slug": slug} for slug in change.add]
    if change.remove:
        body["remove_tags"] = [{"slug": slug} for slug in change.remove]
    if change.text is not ...:
        body["custom_fields"] = {FIELD: change.text}
    return body


def _not_as_wished(change: Change, there: dict[str, Any]) -> str:
    """Why an object is not as it should be after the change; empty when it is."""
    slugs = {tag.get("slug") for tag in there.get("tags") or ()}
    if not set(change.add) <= slugs or slugs & set(change.remove):
        return "this NetBox does not add and remove single tags (4.7 does)"
    if change.text is not ... and ((there.get("custom_fields") or {}).get(FIELD) or None) != change.text:
        return f"{FIELD} was not kept"
    return ""
