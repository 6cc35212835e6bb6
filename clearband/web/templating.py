"""Templates of pages: those of this room and those of reports, with one set of filters."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup
from pydantic import BaseModel
from starlette.datastructures import URL
from starlette.requests import Request

from clearband import __version__
from clearband.reports.answers import ANSWER_WORDS
from clearband.reports.page.render import TEMPLATES as REPORT_TEMPLATES
from clearband.reports.page.render import environment as environment_of_reports
from clearband.web.bodies import FORM_TOKEN
from clearband.web.filled_form import Form, Wrong
from clearband.web.here import Here, server_of
from clearband.web.static_files import address_of
from clearband.web.words import COLUMN_WORDS, EFFECT_WORDS, FIELD_WORDS, STATE_WORDS

TEMPLATES: Final = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """Autoescape is on, and names that are not given are refused.

    The filters are those of reports: ``badge`` shows an answer, ``cell`` untrusted text of one line,
    ``visible`` the same without markup, ``measure`` the title of a directive, ``kind`` that of a category.
    ``pairs`` (of what has ``id`` and ``title``) and ``same`` (of words) make options for ``choice``.
    """
    found = environment_of_reports().overlay(
        loader=jinja2.ChoiceLoader(
            [jinja2.FileSystemLoader(TEMPLATES), jinja2.FileSystemLoader(REPORT_TEMPLATES)]
        )
    )
    found.filters = {
        **found.filters,
        "pairs": lambda choices: [(one.id, one.title) for one in choices],
        "same": lambda words: [(word, word) for word in words],
    }
    found.globals = {
        **found.globals,
        "static": address_of,
        "version": __version__,
        "answer_words": ANSWER_WORDS,
        "state_words": STATE_WORDS,
        "effect_words": EFFECT_WORDS,
        "field_words": FIELD_WORDS,
        "column_words": COLUMN_WORDS,
    }
    return found


def render(
    request: Request,
    template: str,
    page: BaseModel,
    *,
    at: str | None = None,
    wrong: Wrong | None = None,
    **extra: Any,
) -> str:
    """A page.

    Args:
        template: Name of its file; it extends ``base.html.j2``.
        page: What it shows.
        at: Address of the page, where it is not the one that was asked.
        wrong: A form of it that was not taken, and is shown again.
        extra: What only the page needs.
    """
    here: Here | None = getattr(request.state, "here", None)
    server = server_of(request)
    url = request.url if at is None else request.url.replace(path=at, query="")
    return (
        environment()
        .get_template(template)
        .render(
            page=page,
            here=here,
            server=server,
            path=url.path,
            page_query=f"{url.path}{'?' if url.query else ''}{url.query}"
            if request.method == "GET"
            else None,
            twin=_with(url, format="json"),
            page_address=lambda number: _with(url, page=number),
            form_fields=lambda version=None: _form_fields(here, version),
            form_of=lambda name: Form(name, wrong),
            wrong=wrong,
            **extra,
        )
    )


def _with(url: URL, **changed: object) -> str:
    """The address with some of its query changed."""
    found = url.include_query_params(**changed)
    return f"{found.path}?{found.query}"


def _form_fields(here: Here | None, version: int | None) -> Markup:
    """The hidden fields that each form by POST begins with: the token of the session, a key of its own, and
    the version of the row where it changes one."""
    fields = {FORM_TOKEN: here.form_token if here else "", "idempotency_key": secrets.token_hex(16)}
    if version is not None:
        fields["version"] = str(version)
    line = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup().join(line.format(name, value) for name, value in fields.items())
