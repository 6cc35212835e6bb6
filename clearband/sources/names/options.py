"""What a person may say about how names are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

QUERY_FORMS: Final = ("table", "lines")
LIST_FORMS: Final = ("table", "lines", "followthemoney", "simple", "screening-list")
"""A table; one name a line; entities as OpenSanctions publishes them, as JSON Lines and as its simple CSV;
the Consolidated Screening List of the United States."""


@dataclass(frozen=True)
class NameOptions:
    """Settings of reading one file of names.

    Args:
        form: One of `QUERY_FORMS` or `LIST_FORMS`; None finds it by the content.
        name_column: The column of names; None takes the one with a usual name.
        id_column: The column of ids; None takes the one with a usual name.
        encoding: Character encoding of text files; None detects it.
        delimiter: Column separator of text files; None detects it.
    """

    form: str | None = None
    name_column: str | None = None
    id_column: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
