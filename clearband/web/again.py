"""A form that was not taken is shown again: its page, what was typed, and what is wrong beside each field.

A browser that gets a problem in place of the page loses what somebody wrote. `change` is told by `Again` on
which page a form stands; its template asks ``form_of(name)`` for what was typed. Programs, and forms that
are not of the session that sends them, get the problem alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from clearband.errors import ClearbandError
from clearband.web.answers import With
from clearband.web.bodies import Given, Incoming
from clearband.web.filled_form import Wrong
from clearband.web.forms_of_answers import HTML, wants_html
from clearband.web.here import Here
from clearband.web.problems import FieldProblem, Problem, WebError
from clearband.web.templating import render

_SHOWN_AGAIN: Final = frozenset({409, 412, 422, 507})
"""Nothing was changed, and another try may go better."""


@dataclass(frozen=True)
class Again:
    """Where a form stands.

    Attributes:
        form: Its name in the template, which may hold fields of the address too.
        path: Address of the page, with fields of the form's own address in braces.
        template: Of the page.
        page: Makes its model, given who asks and the fields of the address as text.
        blames: Word of a problem that names no field, and the field that it is about; the first one counts.
    """

    form: str
    path: str
    template: str
    page: Callable[..., BaseModel | With[Any]]
    blames: tuple[tuple[str, str], ...] = ()


def shown_again(request: Request, error: WebError) -> Response | None:
    """The page of the form with what is wrong; None where the problem alone is the answer."""
    again: Again | None = getattr(request.scope.get("endpoint"), "again", None)
    said: Given | None = getattr(request.state, "given", None)
    here: Here | None = getattr(request.state, "here", None)
    if again is None or said is None or here is None or not said.form or not wants_html(request):
        return None
    problem = error.problem
    if problem.status not in _SHOWN_AGAIN:
        return None
    try:
        found = again.page(here, **request.path_params)
        path, form = (text.format(**request.path_params) for text in (again.path, again.form))
    except (ClearbandError, WebError, ValueError):
        # There is no such page: what is wrong is the address.
        return None
    shown = found if isinstance(found, With) else With(found)
    typed = {name: value for name, value in said.values.items() if not isinstance(value, Incoming)}
    wrong = Wrong(form, problem, typed, _fields(problem, again))
    text = render(request, again.template, shown.model, at=path, wrong=wrong, **shown.made())
    headers = {"Cache-Control": "no-store", "Vary": "Accept", **error.headers}
    return Response(text, problem.status, headers, HTML)


def _fields(problem: Problem, again: Again) -> dict[str, str]:
    errors = problem.errors or []
    if not errors and problem.detail is not None:
        blamed = next((name for word, name in again.blames if word in problem.detail), None)
        told = problem.detail + (f"; {problem.remedy}" if problem.remedy else "")
        errors = [FieldProblem(field=blamed, problem=told)] if blamed else []
    # Of a list, or of columns by name, the field is the first part.
    return {one.field.partition(".")[0]: one.problem for one in reversed(errors)}
