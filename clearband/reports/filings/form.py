"""A draft as data: what every format shows, and the published JSON form.

Nothing is filled in that the data does not say: a value that is not known is null, in a line as in a table,
and whoever shows it says so.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from clearband.facts.schema.base import Fact

SCHEMA: Final = "clearband/filing/1"
DRAFT: Final = "DRAFT — not a filing"
NOT_KNOWN: Final = "not in the data"
"""What stands where the data says nothing."""

KindName = Literal[
    "board",
    "country",
    "section-889",
    "section-889-report",
    "fcc-annual",
    "reimbursement",
    "evidence",
]
Cell = str | None


class Said(Fact):
    """A paragraph.

    Attributes:
        tone: ``open`` is what is not decided, ``strong`` what is for certain and must be seen.
    """

    kind: Literal["said"] = "said"
    text: str
    tone: Literal["plain", "strong", "open"] = "plain"
    sources: tuple[str, ...] = ()


class Line(Fact):
    """A line of a form."""

    label: str
    value: Cell = Field(None, description="null: not in the data.")
    basis: Cell = Field(None, description="Where the value is from.")
    needed: Cell = Field(None, description="What is needed, where there is no value.")
    cite: Cell = None


class Lines(Fact):
    """Lines of a form, one below the other."""

    kind: Literal["lines"] = "lines"
    title: str
    lines: tuple[Line, ...]


class Choice(Fact):
    """What the filer must choose. Nothing is ticked here, ever."""

    kind: Literal["choice"] = "choice"
    title: str
    cite: str
    options: tuple[str, ...]
    state: Literal["speaks-for-yes", "open", "nothing-found", "nothing-asked"] = Field(
        description="speaks-for-yes: something covered is in the data; open: something is not decided; "
        "nothing-found: neither, in what was read; nothing-asked: the data holds no answer."
    )
    says: tuple[str, ...] = Field(description="What the data says.")
    would_decide: tuple[str, ...] = Field((), description="What must be known before one can choose.")


class Column(Fact):
    """A column of a table.

    Attributes:
        width: Its part of the width.
        number: Whether its cells are numbers.
        fill: Whether the filer fills it in: the data never does.
        choices: What may be filled in, where that is not free.
    """

    title: str
    width: float = 1.0
    number: bool = False
    fill: bool = False
    choices: tuple[str, ...] = ()


class Table(Fact):
    """A table with all its rows."""

    kind: Literal["table"] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = Field("", description="What an empty table means.")
    note: str = ""
    short: str = Field("", description="Name of its sheet in a workbook.")


Block = Annotated[Said | Lines | Choice | Table, Field(discriminator="kind")]


class Section(Fact):
    """A part of a draft."""

    title: str
    cite: Cell = None
    wide: bool = Field(False, description="On pages laid across.")
    blocks: tuple[Block, ...]


class CitedSource(Fact):
    """What a draft rests on, by the id or the name that it is cited by."""

    id: str
    what: str
    url: Cell = None
    verified: bool = Field(True, description="Whether it was read there.")


class RestsOn(Fact):
    """What made the draft, so that it can be checked and made again."""

    clearband: str
    facts_sha256: str = Field(description="Of the facts that answered.")
    facts_cited_sha256: Cell = Field(
        None, description="Of the facts that law and sources are cited from, where the run is of other ones."
    )
    run_sha256: Cell = Field(None, description="Of run.json.")
    inputs: tuple[str, ...] = ()
    plan_sha256: Cell = Field(None, description="Of plan.json.")


class Filing(Fact):
    """A draft."""

    form: Literal["clearband/filing/1"] = Field(SCHEMA, alias="schema")
    kind: KindName
    draft: Literal["DRAFT — not a filing"] = DRAFT
    title: str
    subtitle: str = ""
    on: date = Field(description="The day that it is about.")
    rests_on: RestsOn
    layout: Literal["one-page", "form"] = "form"
    sections: tuple[Section, ...]
    sources: tuple[CitedSource, ...] = ()
