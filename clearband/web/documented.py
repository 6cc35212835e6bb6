"""What the OpenAPI description says of problems: each that an address may answer with."""

from __future__ import annotations

from typing import Any, Final

from clearband.web.forms_of_answers import JSON_PROBLEM
from clearband.web.problems import Problem

_ALWAYS: Final = {
    400: "The request cannot be read",
    401: "Nobody is signed in, or the token is not valid",
    403: "Not allowed, or sent from a page elsewhere",
    404: "Not found, or not to be known of",
    409: "Not possible as things are",
    413: "Too large",
    421: "This server does not answer to that name",
    422: "Not valid; the fields are named",
    431: "The headers are too large",
    503: "The database is away, or too much is asked at once",
}
_CHANGES: Final = {
    408: "The body came too slowly",
    412: "Changed meanwhile",
    415: "A body of this kind is not read",
    428: "The version is missing",
    507: "The disk is full",
}


def problems_of(*, changes: bool) -> dict[int | str, dict[str, Any]]:
    """Status to description, for a route.

    Args:
        changes: Whether it takes a body.
    """
    told = _ALWAYS | _CHANGES if changes else _ALWAYS
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    return {
        status: {"description": text, "content": {JSON_PROBLEM: {"schema": schema}, "text/html": {}}}
        for status, text in told.items()
    }


PAGE_PROBLEMS: Final = problems_of(changes=False)
