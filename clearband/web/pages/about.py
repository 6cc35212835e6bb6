"""``/about``: what answers rest on, and what is known to be missing."""

from __future__ import annotations

import platform

from fastapi import APIRouter
from pydantic import BaseModel

from clearband import __version__
from clearband.facts.store import content_hash
from clearband.web.answering import With, page
from clearband.web.here import Here
from clearband.workspace.schema import newest

router = APIRouter(tags=["about"])


class Unverified(BaseModel):
    """A measure of which something was not read in its source."""

    directive: str
    title: str
    parts: list[str]


class About(BaseModel):
    """Versions and facts.

    ``facts_sha256`` is the hash of all fact files: with the version it makes an answer repeatable.
    """

    version: str
    python: str
    tables: str
    database: str
    mode: str
    facts_sha256: str
    facts_as_of: str
    organisations: int
    directives: int
    known_gaps: list[str]
    unverified: list[Unverified]


@page(router, "/about", "about.html.j2")
def about(here: Here) -> With[About]:
    """Versions, the hash of the facts, and what is not verified."""
    facts = here.facts
    sources = facts.read("sources")
    directives = facts.read("directives")
    return With(
        About(
            version=__version__,
            python=platform.python_version(),
            tables=newest(),
            database=here.workspace.engine.dialect.name,
            mode="local" if here.server.settings.local else "sign-in",
            facts_sha256=content_hash(),
            facts_as_of=str(sources["as_of"]),
            organisations=len(facts.register.organisations),
            directives=len(directives),
            known_gaps=list(sources.get("known_gaps", [])),
            unverified=[
                Unverified(
                    directive=raw["id"], title=raw["short_title"], parts=list(raw.get("unverified_parts", ()))
                )
                for raw in sorted(directives, key=lambda raw: str(raw["id"]))
                if not raw["verified"] or raw.get("unverified_parts")
            ],
        )
    )
