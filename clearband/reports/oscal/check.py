"""Hold an OSCAL document to NIST's published schema before it leaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import Any, Final

from clearband.errors import MissingExtraError, OutputError, install_extra
from clearband.reports.oscal.parts import Json

_PREFIX: Final = "oscal-complete-oscal-"
_DEFINITION: Final = {
    "catalog": f"{_PREFIX}catalog:catalog",
    "profile": f"{_PREFIX}profile:profile",
    "component-definition": f"{_PREFIX}component-definition:component-definition",
    "assessment-results": f"{_PREFIX}ar:assessment-results",
}


def problems(document: Json) -> Iterator[str]:
    """What a document breaks of the schema, each with its place.

    Only the part of the schema for its kind is asked: that of all kinds at once answers nothing but *no*.

    Raises:
        MissingExtraError: The library that checks is not installed.
    """
    ((kind, content),) = document.items()
    for error in _validator(kind).iter_errors(content):
        place = "/".join(str(part) for part in (kind, *error.instance_path))
        yield f"{place}: {error.message}"


def held_to_schema(document: Json) -> Json:
    """The document, when it keeps to the schema.

    Raises:
        OutputError: It does not: a defect of ours, for no input may lead to it.
        MissingExtraError: See `problems`.
    """
    first = next(problems(document), None)
    if first is not None:
        raise OutputError(f"not valid OSCAL: {first[:300]}", where=next(iter(document)))
    return document


@lru_cache(maxsize=4)
def _validator(kind: str) -> Any:
    try:
        import jsonschema_rs
    except ImportError:
        raise MissingExtraError(
            "OSCAL is held to its schema by jsonschema-rs, which is not installed",
            remedy=install_extra("oscal"),
        ) from None
    text = resources.files(__package__).joinpath("oscal_complete_schema.json").read_text(encoding="utf-8")
    whole = json.loads(text)
    return jsonschema_rs.validator_for(
        {"$schema": whole["$schema"], "definitions": whole["definitions"], **_reference(kind)}
    )


def _reference(kind: str) -> Json:
    return {"$ref": f"#/definitions/{_DEFINITION[kind]}"}
