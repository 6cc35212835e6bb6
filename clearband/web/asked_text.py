"""Words in addresses and forms."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field


def blank(value: object) -> object:
    """A field of a form that was left blank says nothing."""
    return None if isinstance(value, str) and not value.strip() else value


Name = Annotated[Annotated[str, Field(max_length=300)] | None, BeforeValidator(blank)]
"""A name or a few words, or nothing."""
Word = Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(blank)]
"""A word of a vocabulary, or nothing."""
