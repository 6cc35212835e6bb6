"""One handler an address, two forms of its answer: a page for a browser, JSON for everybody else.

How a page is added::

    router = APIRouter(tags=["inventories"])

    class Asked(BaseModel):                     # what may stand behind the "?"
        q: Annotated[str | None, Field(max_length=200)] = None

    class Inventories(BaseModel):               # the answer: what a program gets
        inventories: list[Inventory]

    @page(router, "/inventories", "inventories.html.j2")
    def inventories(here: Here, asked: Annotated[Asked, Query()]) -> Inventories:
        \"\"\"The inventories.\"\"\"                  # for the OpenAPI description
        with here.reading() as connection: ...

    @change(router, "/inventories", role=ANALYST, made=True)
    def add(here: Here, ledger: Ledger, body: NewInventory) -> Made[Inventory]:
        \"\"\"Add an inventory.\"\"\"
        row = inventories.add(ledger, body.name)
        return Made(Inventory(**row), "/inventories/" + row["id"], version=row["version"])

and the router is named in `clearband.web.app`. The template extends ``base.html.j2``, gets the model as
``page``, the request as ``here``, and fills the blocks ``title`` and ``content``. Parts that pages share
are in ``parts.html.j2``; forms by POST begin with ``{{ form_fields() }}``, or ``{{ form_fields(version)
}}`` where they change a row. What only the page needs (a picture) is given by ``With(model,
picture=...)``: values, or functions that are called only where a page is made. A handler that returns a
`Response` (a download) is left alone. Errors are raised as `ClearbandError`, or as `WebError` where there
is none of the house.

A ``GET`` may give its model as ``With(model, version=3)``; it is then answered with an ETag of that version
and of what is shown, and 304 to whoever has it. One that only leads to another page returns `sent_on`.
`change` runs the handler in one transaction with its note for the ``Idempotency-Key``; a handler without a
``ledger`` makes its own transaction. One that changes a row which a reader knew takes ``version: Version``,
which is required then (428). Where its form stands on a page, ``again=Again(...)`` names the page.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_origin

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from clearband import __version__
from clearband.web.again import Again
from clearband.web.answers import Made, Version, With
from clearband.web.bodies import Given, body_of, given, request_body
from clearband.web.documented import PAGE_PROBLEMS, problems_of
from clearband.web.forms_of_answers import FORMATS, HTML, JSON, wants_html
from clearband.web.here import Here, here_for
from clearband.web.idempotency import NOT_KEPT, changed_once
from clearband.web.problems import WebError
from clearband.web.templating import render
from clearband.workspace.ledger import Ledger
from clearband.workspace.roles import ANALYST, VIEWER

Handler = TypeVar("Handler", bound=Callable[..., Any])
Format = Annotated[
    Literal["json", "html"] | None,
    Query(alias="format", description="The form of the answer; else Accept says."),
]
__all__ = ["Made", "Version", "With", "answer", "change", "page", "sent_on"]

_PRIVATE: Final = "private, no-cache"


def page(
    router: APIRouter, path: str, template: str, *, role: str = VIEWER, **more: Any
) -> Callable[[Handler], Handler]:
    """Answer ``GET path``: the handler's model as JSON, or the template as a page.

    Args:
        role: What whoever asks must have.
        more: For the route of FastAPI.
    """

    def decorate(handler: Handler) -> Handler:
        taken = frozenset(inspect.signature(handler).parameters)
        leads_on = inspect.signature(handler, eval_str=True).return_annotation is Response

        def endpoint(here: Here, form: Format = None, **arguments: Any) -> Response:
            return answer(here, handler(**_own(taken, here, arguments)), template)

        found: dict[int | str, dict[str, Any]] = {
            200: {"content": {"text/html": {}}},
            304: {"description": "As known"},
        }
        status = 303 if leads_on else 200

        router.add_api_route(
            path,
            _dressed(endpoint, handler, role),
            methods=["GET"],
            name=more.pop("name", handler.__name__),
            response_model=_model(handler),
            response_class=Response if leads_on else JSONResponse,
            status_code=status,
            responses={**({303: {"description": "See there"}} if leads_on else found), **PAGE_PROBLEMS},
            **more,
        )
        return handler

    return decorate


def change(
    router: APIRouter,
    path: str,
    *,
    role: str = ANALYST,
    made: bool = False,
    method: str = "POST",
    again: Again | None = None,
    kept: bool = True,
    **more: Any,
) -> Callable[[Handler], Handler]:
    """Answer ``POST path``: a form is sent on (303), a program gets JSON.

    Args:
        role: What whoever asks must have.
        made: Whether it makes a thing, which is answered by 201.
        again: The page on which its form is shown again where it is not taken.
        kept: Whether the answer is kept for a request that is sent again.
        more: For the route of FastAPI.
    """

    def decorate(handler: Handler) -> Handler:
        signature = inspect.signature(handler, eval_str=True)
        body = signature.parameters["body"].annotation if "body" in signature.parameters else None
        taken = frozenset(signature.parameters)
        wants_version = any(one.annotation is Version for one in signature.parameters.values())

        def endpoint(here: Here, **arguments: Any) -> Response:
            said: Given = here.request.state.given
            if wants_version and said.version is None:
                raise WebError(
                    428,
                    "version",
                    "The version is missing",
                    remedy='read it, then send its ETag as If-Match: "VERSION"',
                )

            def act(ledger: Ledger | None) -> Response:
                done = handler(**_own(taken, here, arguments, ledger, said))
                return done if isinstance(done, Response) else _done(here, done, said, made)

            once = said if kept else replace(said, key=None)
            return changed_once(here, once, act, in_one="ledger" in taken)

        status = 201 if made else 200
        dressed = _dressed(endpoint, handler, role, body)
        dressed.again = again  # type: ignore[attr-defined]
        router.add_api_route(
            path,
            dressed,
            methods=[method],
            name=more.pop("name", handler.__name__),
            response_model=_model(handler),
            status_code=status,
            responses={303: {"description": "Answer to a form: see there"}, **problems_of(changes=True)},
            openapi_extra={"requestBody": request_body(body)} if body else None,
            **more,
        )
        return handler

    return decorate


def answer(here: Here, found: BaseModel | With[Any] | Response, template: str) -> Response:
    """The answer in the form that is wanted."""
    if isinstance(found, Response):
        return found
    shown = found if isinstance(found, With) else With(found)
    headers = {"Vary": "Accept, Cookie, Authorization", "Cache-Control": _PRIVATE}
    html = wants_html(here.request)
    text = shown.model.model_dump_json()
    if shown.version is not None:
        headers["ETag"] = _etag(here, shown.version, text, html)
        if headers["ETag"] in _known(here.request):
            return Response(status_code=304, headers=headers)
    if not html:
        return Response(text, shown.status, headers, JSON)
    return Response(render(here.request, template, shown.model, **shown.made()), shown.status, headers, HTML)


def _done(here: Here, done: Made[Any] | BaseModel, said: Given, made: bool) -> Response:
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if not isinstance(done, Made):
        return Response(done.model_dump_json(), 200, headers, JSON)
    if done.template is not None:
        headers[NOT_KEPT] = "yes"
    if said.form and done.template is None:
        return Response(status_code=303, headers={**headers, "Location": done.see})
    if done.version is not None:
        headers["ETag"] = f'"{done.version}"'
    if said.form and done.template is not None and wants_html(here.request):
        return Response(render(here.request, done.template, done.model), 200, headers, HTML)
    status = 201 if made else 200
    if made:
        headers["Location"] = done.see
    return Response(done.model.model_dump_json(), status, headers, JSON)


def sent_on(here: Here, address: str) -> Response:
    """To another page, in the form that was asked for.

    Args:
        address: Of this server, with or without a query.
    """
    form = here.request.query_params.get("format")
    if form in FORMATS and f"format={form}" not in address:
        before, mark, anchor = address.partition("#")
        address = f"{before}{'&' if '?' in before else '?'}format={form}{mark}{anchor}"
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": _PRIVATE, "Vary": "Accept"})


def _etag(here: Here, version: int, shown: str, html: bool) -> str:
    """The version, by which a change is made, and behind the dot what is shown with it: names that come from
    other rows, and what hangs on the day, change without the version."""
    around = ""
    if html:
        # A page also shows who looks at it, and is made by this version of the program.
        around = f"{__version__} {here.form_token} {sorted(here.actor.roles)} {here.request.url.query} "
    tag = f'"{version}.{hashlib.sha256((around + shown).encode()).hexdigest()[:12]}"'
    return f"W/{tag}" if html else tag


def _known(request: Request) -> list[str]:
    return [one.strip() for one in request.headers.get("if-none-match", "").split(",")]


def _model(handler: Callable[..., Any]) -> Any:
    returned = inspect.signature(handler, eval_str=True).return_annotation
    for one in get_args(returned) if get_origin(returned) not in (With, Made) else (returned,):
        if get_origin(one) in (With, Made):
            returned = one
    if get_origin(returned) in (With, Made):
        return get_args(returned)[0]
    return returned if isinstance(returned, type) and issubclass(returned, BaseModel) else None


_GIVEN_BY_US: Final = ("here", "ledger", "version")


def _own(
    taken: frozenset[str],
    here: Here,
    arguments: dict[str, Any],
    ledger: Ledger | None = None,
    said: Given | None = None,
) -> dict[str, Any]:
    """The arguments that the handler takes."""
    ours = {"here": here, "ledger": ledger, "version": said.version if said else None}
    return {**arguments, **{name: value for name, value in ours.items() if name in taken}}


def _dressed(
    endpoint: Callable[..., Response],
    handler: Callable[..., Any],
    role: str,
    body: type[BaseModel] | None = None,
) -> Callable[..., Response]:
    """The endpoint with the signature that FastAPI reads: who asks first, before the body is read."""
    own = inspect.signature(endpoint, eval_str=True).parameters
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("here", keyword, annotation=Annotated[Here, Depends(here_for(role))])]
    if "form" in own:
        parameters.append(own["form"].replace(kind=keyword))
    for name, one in inspect.signature(handler, eval_str=True).parameters.items():
        if name in _GIVEN_BY_US:
            continue
        if name == "body" and body is not None:
            one = one.replace(annotation=Annotated[body, Depends(body_of(body))])
        parameters.append(one.replace(kind=keyword))
    if body is None and "form" not in own:
        parameters.append(
            inspect.Parameter("_said", keyword, annotation=Annotated[Given, Depends(_only_given)])
        )
        inner = endpoint

        def endpoint(here: Here, _said: Given, **arguments: Any) -> Response:
            return inner(here, **arguments)

    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    endpoint.__doc__, endpoint.__name__ = handler.__doc__, handler.__name__
    return endpoint


async def _only_given(request: Request) -> AsyncIterator[Given]:
    try:
        request.state.given = await given(request)
        yield request.state.given
    finally:
        await request.close()
