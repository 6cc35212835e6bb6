"""One fact file that was read and fits its schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from clearband.facts import yaml_text


@dataclass(frozen=True)
class Document:
    """A fact file that fits its schema.

    Attributes:
        name: How it is called in messages.
    """

    name: str
    text: str
    model: BaseModel

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """Plain JSON values, as the compiled facts hold them; made once, so leave them as they are."""
        return self.model.model_dump(mode="json", exclude_none=True, by_alias=True)

    def line_of(self, place: Sequence[str | int]) -> int | None:
        """The line of a place of the document."""
        return yaml_text.line_of(self.text, place)
