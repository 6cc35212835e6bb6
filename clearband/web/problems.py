"""Errors as problems (RFC 9457): JSON for programs, the same as a page for browsers, never a traceback."""

from __future__ import annotations

import errno
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from clearband.errors import (
    ClearbandError,
    DefectError,
    InputError,
    MissingExtraError,
    OutputError,
    UsageError,
)
from clearband.reports.plain_text import visible
from clearband.web.forms_of_answers import JSON_PROBLEM, wants_html
from clearband.workspace.errors import (
    BusyError,
    ChangedError,
    InvalidError,
    NotFoundError,
    RefusedError,
    StateError,
)

TYPES: Final = "https://clearband.dev/problems/"
_TEXT: Final = 500


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str
    problem: str


class Problem(BaseModel):
    """What is wrong, and what to do (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"type": f"{TYPES}not-found", "title": "Not found", "status": 404}}
    )

    type: str
    title: str
    status: int
    detail: str | None = None
    remedy: str | None = None
    errors: list[FieldProblem] | None = None
    log_id: str | None = None


class WebError(Exception):
    """A request that cannot be answered as it is.

    Args:
        status: HTTP status.
        name: Last part of the problem's type.
        title: What is wrong, in words that are the same each time.
        detail: What is wrong this time.
        remedy: What to do.
        errors: The fields that are wrong.
        headers: Of the answer.
    """

    def __init__(
        self,
        status: int,
        name: str,
        title: str,
        detail: str | None = None,
        *,
        remedy: str | None = None,
        errors: list[FieldProblem] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.headers = headers or {}
        self.problem = Problem(
            type=TYPES + name, title=title, status=status, detail=detail, remedy=remedy, errors=errors
        )


_KINDS: Final[tuple[tuple[type[ClearbandError], tuple[int, str, str]], ...]] = (
    (NotFoundError, (404, "not-found", "Not found")),
    (ChangedError, (412, "changed", "Changed meanwhile")),
    (RefusedError, (403, "refused", "Not allowed")),
    (StateError, (409, "state", "Not possible as things are")),
    (InvalidError, (422, "invalid", "Not valid")),
    (UsageError, (422, "invalid", "Not valid")),
    (InputError, (422, "unusable-input", "The input cannot be used")),
    (OutputError, (507, "cannot-store", "It cannot be stored")),
    (MissingExtraError, (501, "not-installed", "Not installed")),
    (DefectError, (500, "defect", "A defect of the program")),
)
_FAILED: Final = (500, "failed", "It failed")


def of_error(error: ClearbandError) -> WebError:
    """The problem of an error of the house."""
    status, name, title = next((told for kind, told in _KINDS if isinstance(error, kind)), _FAILED)
    # Where it happened can be a path of the server: it is told only where the user named it.
    named = (
        f"{error.where}: {error.what}"
        if isinstance(error, (UsageError, InputError)) and error.where
        else error.what
    )
    return WebError(status, name, title, visible(named, _TEXT), remedy=visible(error.remedy, _TEXT) or None)


def of_validation(errors: list[dict[str, object]]) -> WebError:
    """The problem of fields that break their rules, as Pydantic tells them."""
    told = [FieldProblem(field=_field(one["loc"]), problem=visible(one["msg"], _TEXT)) for one in errors[:50]]
    named = ", ".join(dict.fromkeys(one.field for one in told if one.field))
    return WebError(
        422,
        "invalid",
        "Not valid",
        f"fields that are not as they must be: {named}" if named else "the request is not as it must be",
        errors=told,
    )


def _field(loc: object) -> str:
    parts = [str(part) for part in loc] if isinstance(loc, tuple) else [str(loc)]
    if parts[:1] in (["body"], ["query"], ["path"], ["header"]):
        parts = parts[1:]
    return visible(".".join(parts), 100)


def of_exception(error: Exception) -> WebError | None:
    """The problem of an exception; None for one that nobody expected."""
    if isinstance(error, WebError):
        return error
    if isinstance(error, BusyError):
        return WebError(
            503,
            "busy",
            "Too much at once",
            error.what,
            remedy=error.remedy,
            headers={"Retry-After": "60"},
        )
    if isinstance(error, ClearbandError):
        return of_error(error)
    if isinstance(error, ValidationError):
        return of_validation([dict(one) for one in error.errors(include_url=False, include_context=False)])
    if _is_full(error):
        return WebError(
            507, "cannot-store", "It cannot be stored", "the disk is full", remedy="make room first"
        )
    if _is_read_only(error):
        return WebError(
            507,
            "cannot-store",
            "It cannot be stored",
            "the disk can only be read",
            remedy="whoever runs the server must make it writable",
        )
    if isinstance(error, NoConnectionError):
        return WebError(
            503,
            "busy",
            "Too much is asked at once",
            remedy="try again in a moment",
            headers={"Retry-After": "5"},
        )
    if isinstance(error, OperationalError):
        return WebError(
            503,
            "database",
            "The database is away",
            remedy="try again in a moment",
            headers={"Retry-After": "5"},
        )
    if isinstance(error, HTTPException):
        name, title = _HTTP.get(error.status_code, ("http", "It cannot be answered"))
        return WebError(error.status_code, name, title, headers=dict(error.headers or {}))
    return None


def _is_full(error: BaseException) -> bool:
    """Whether a disk is full: that of the program, or of its database."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, DBAPIError) and any(one in str(error.orig).lower() for one in _FULL)


def _is_read_only(error: BaseException) -> bool:
    """Whether a disk became one that can only be read, as a system makes it after errors of its own."""
    if isinstance(error, OSError):
        return error.errno == errno.EROFS
    return isinstance(error, DBAPIError) and "readonly database" in str(error.orig).lower()


_FULL: Final = ("disk is full", "no space left on device")
"""As SQLite and PostgreSQL say it."""
_HTTP: Final = {
    400: ("malformed", "The request cannot be read"),
    404: ("not-found", "Not found"),
    405: ("method", "This address does not take that method"),
}


def unexpected(log_id: str) -> WebError:
    """What is told of a defect: an id by which the log tells more."""
    told = WebError(
        500,
        "defect",
        "A defect of the program",
        "nothing was changed by this request",
        remedy=f"tell whoever runs the server; the log has it as {log_id}",
    )
    told.problem.log_id = log_id
    return told


def respond(request: Request, error: WebError) -> Response:
    """The answer: JSON, or the page for a browser."""
    problem = error.problem
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **error.headers}
    if wants_html(request):
        from clearband.web.templating import render

        return Response(
            render(request, "problem.html.j2", problem), problem.status, headers, "text/html; charset=utf-8"
        )
    return Response(problem.model_dump_json(exclude_none=True), problem.status, headers, JSON_PROBLEM)
