"""The application: routes, guards, errors, and the OpenAPI description."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from clearband import __version__
from clearband.errors import ClearbandError
from clearband.web import health, static_files
from clearband.web.administration import ROUTERS as ADMINISTRATION_ROUTERS
from clearband.web.again import shown_again
from clearband.web.head import Head
from clearband.web.here import Server
from clearband.web.limits import Limited
from clearband.web.logs import Logged, log_to
from clearband.web.measured import Measured
from clearband.web.pages import about, ask, directives, organisations, team, tokens
from clearband.web.problems import Problem, WebError, of_exception, of_validation, respond
from clearband.web.security import Guard, Sealed
from clearband.web.settings import Settings
from clearband.web.signing_in import pages as signing_in
from clearband.web.signing_in.who import somebody
from clearband.workspace.place import Workspace

ROUTERS: Final[tuple[APIRouter, ...]] = (
    health.router,
    static_files.router,
    signing_in.router,
    *ADMINISTRATION_ROUTERS,
    about.router,
    ask.router,
    directives.router,
    organisations.router,
    tokens.router,
    *team.ROUTERS,
)
"""Each page's; a new one is added here."""

SECTIONS: Final = (
    ("Overview", "/"),
    ("Inventories", "/inventories"),
    ("Findings", "/findings"),
    ("Map", "/map"),
    ("Decisions", "/decisions"),
    ("Ask", "/ask"),
    ("Directives", "/directives"),
    ("Organisations", "/organisations"),
    ("Approved list", "/approved"),
    ("Plan", "/plan"),
)
ADMINISTRATION: Final = (("People", "/people"), ("Tokens", "/tokens"), ("Trail", "/trail"))
"""The navigation: those that have a route are shown, in this order."""


def make_app(workspace: Workspace, settings: Settings, *, log: Any = None) -> FastAPI:
    """The application that serves a workspace.

    Args:
        workspace: Open, with tables of this version.
        settings: How it runs.
        log: Of `clearband.web.logs.log_to`; None writes to standard error.
    """
    server = Server(workspace, settings, local_token=secrets.token_urlsafe(32))

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        yield
        server.close()

    app = FastAPI(
        title="Clearband",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=life,
    )
    app.state.server = server
    app.state.measured = Measured()
    for router in ROUTERS:
        app.include_router(router)
    paths = {route.path for router in ROUTERS for route in router.routes if isinstance(route, Route)}
    if settings.approved is None:
        paths.discard("/approved")
    if settings.plan is None:
        paths.discard("/plan")
    server.navigation = [one for one in SECTIONS if one[1] in paths]
    server.administration = [one for one in ADMINISTRATION if one[1] in paths]
    for kind in (ClearbandError, WebError, ValidationError, HTTPException):
        app.add_exception_handler(kind, _told)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_api_route("/openapi.json", lambda: app.openapi(), include_in_schema=False)
    app.openapi = lambda: _described(app)  # type: ignore[method-assign]
    # The last one added is the first one asked.
    app.add_middleware(Head)
    app.add_middleware(Limited, limits=settings.limits)
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Logged, log=log or log_to(), measured=app.state.measured)
    app.add_middleware(Sealed, settings=settings)
    return app


def _told(request: Request, error: Exception) -> Response:
    if not hasattr(request.state, "here"):
        # No handler was reached: the page says all the same who looks at it.
        with suppress(Exception):
            request.state.here = somebody(request, request.app.state.server)
    told = of_exception(error)
    assert told is not None
    return shown_again(request, told) or respond(request, told)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return respond(request, of_validation(list(error.errors())))


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, made once."""
    if app.openapi_schema is None:
        found = get_openapi(title=app.title, version=app.version, routes=app.routes)
        parts = found.setdefault("components", {})
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts.setdefault("schemas", {}).update({**problem.pop("$defs", {}), Problem.__name__: problem})
        parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
        app.openapi_schema = found
    return app.openapi_schema
