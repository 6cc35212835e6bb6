"""What a person says of how a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from clearband.errors import UsageError
from clearband.sources import ColumnMapping, ReadOptions
from clearband.workspace import texts
from clearband.workspace.errors import InvalidError

DateOrder = Literal["day-first", "month-first"]
DATE_ORDERS: Final = get_args(DateOrder)
_COLUMNS: Final = 1_000
_KEYS: Final = ("columns", "encoding", "delimiter", "date_order")
_WORD: Final = 40


@dataclass(frozen=True)
class Reading:
    """Meanings of columns, and the options of reading; what is None is found out.

    Attributes:
        columns: Name in the file to a field of `clearband.sources.column_mapping.MAPPABLE`.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    delimiter: str | None = None
    date_order: DateOrder | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Reading:
        """A reading as JSON has it.

        Raises:
            InvalidError: A key, a field or a value is none.
        """
        unknown = [key for key in said if key not in _KEYS]
        if unknown:
            raise InvalidError(
                f"{unknown[0][:40]!r} says nothing of reading", remedy=f"it may hold {', '.join(_KEYS)}"
            )
        columns = said.get("columns") or {}
        if not isinstance(columns, Mapping) or len(columns) > _COLUMNS:
            raise InvalidError(f"columns are at most {_COLUMNS:,} names, each with its field")
        try:
            fields = {str(column): str(name) for column, name in columns.items() if name}
            made = ColumnMapping(fields)
        except UsageError as error:
            raise InvalidError(error.what, where=error.where, remedy=error.remedy) from None
        delimiter = said.get("delimiter") or None
        if delimiter is not None and (not isinstance(delimiter, str) or len(delimiter) != 1):
            raise InvalidError("the separator of columns is one character")
        order = said.get("date_order") or None
        if order is not None:
            texts.one_of(str(order), "the order of dates", DATE_ORDERS)
        encoding = said.get("encoding") or None
        if encoding is not None:
            encoding = texts.line(str(encoding), "the encoding", at_most=_WORD)
        return cls(dict(made.fields), encoding, delimiter, order)

    def said(self) -> dict[str, Any]:
        """What was said, as JSON and as ``run.json`` has it."""
        told = {name: getattr(self, name) for name in _KEYS}
        return {name: dict(value) if name == "columns" else value for name, value in told.items() if value}

    @property
    def mapping(self) -> ColumnMapping:
        """Each column that is named must be there."""
        return ColumnMapping(self.columns, frozenset(self.columns))

    @property
    def options(self) -> ReadOptions:
        """How the file is read."""
        return ReadOptions(encoding=self.encoding, delimiter=self.delimiter, date_order=self.date_order)
