"""What the user says a column means: ``--map "COLUMN=FIELD"`` or a mapping file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import process

from clearband.errors import FactsError, UsageError
from clearband.facts import yaml_text
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.sources.synonyms import VENDOR_MODEL, normal_header

IGNORE = "ignore"
_NOT_MAPPABLE = ("source", "ent_physical", "banners", "neighbors", "invalid")
MAPPABLE = (*(name for name in EQUIPMENT_SCHEMA if name not in _NOT_MAPPABLE), VENDOR_MODEL, IGNORE)
"""Fields that one column of text can be mapped to."""
_PLAIN_WORDS = {
    "maker": "manufacturer",
    "vendor": "manufacturer",
    "make": "manufacturer",
    "mac": "macs",
    "qty": "quantity",
    "type": "category",
    "kind": "category",
    "id": "record_id",
    "country": "made_in",
    "location": "site",
}
"""Words people use for a field, to name it when they do."""


@dataclass(frozen=True)
class ColumnMapping:
    """Input column name to field; names are compared exactly, then without case, accents and punctuation.

    Args:
        fields: Column name to one of :data:`MAPPABLE`; ``ignore`` drops the column, ``vendor_model`` says
            that its cells hold the maker and the model together.

        asked: Columns named with ``--map``: each must be in some table. A mapping file may name columns of
            tables that are not there today.

    Raises:
        UsageError: A field is not known.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check the fields and freeze the mapping."""
        for column, name in self.fields.items():
            if name not in MAPPABLE:
                near = _PLAIN_WORDS.get(name.casefold()) or process.extractOne(name, MAPPABLE)[0]
                raise UsageError(
                    f'"{name}" is not a field of the equipment table',
                    where=f"mapping of column {column}",
                    remedy=f"did you mean {near}? Fields: {', '.join(MAPPABLE)}",
                )
        object.__setattr__(self, "fields", MappingProxyType(dict(self.fields)))

    @classmethod
    def from_options(cls, options: Iterable[str]) -> ColumnMapping:
        """Read ``COLUMN=FIELD`` strings; the last "=" separates, so a column name may hold one.

        Raises:
            UsageError: A string has another form, a field is unknown, or a column is mapped twice.
        """
        fields: dict[str, str] = {}
        for option in options:
            column, equals, name = option.rpartition("=")
            if not equals or not column.strip() or not name.strip():
                raise UsageError(
                    f'"{option}" is not of the form COLUMN=FIELD',
                    where="--map",
                    remedy='e.g. --map "Mfr=manufacturer"',
                )
            if fields.setdefault(column.strip(), name.strip()) != name.strip():
                raise UsageError(f'the column "{column.strip()}" is mapped twice', where="--map")
        return cls(fields, frozenset(fields))

    @classmethod
    def from_file(cls, path: Path) -> ColumnMapping:
        """Read a mapping file: ``columns: {COLUMN: FIELD, ...}`` in YAML, scalars as text.

        Raises:
            UsageError: The file cannot be read, or a field is unknown.
        """
        try:
            content = yaml_text.load(path)
        except FactsError as error:
            raise UsageError(error.what, where=error.where, remedy=error.remedy) from None
        columns = content.get("columns") if isinstance(content, dict) else None
        if not isinstance(columns, dict) or not all(isinstance(name, str) for name in columns.values()):
            raise UsageError(
                "not a mapping file",
                where=path.name,
                remedy="write one key, columns, with a line COLUMN: FIELD for each column",
            )
        return cls(columns)

    def with_options(self, options: Iterable[str]) -> ColumnMapping:
        """This mapping with ``COLUMN=FIELD`` strings added; they win over the same column or field here."""
        added = ColumnMapping.from_options(options).fields
        kept = {
            column: name
            for column, name in self.fields.items()
            if column not in added and (name == IGNORE or name not in added.values())
        }
        return ColumnMapping({**kept, **added}, self.asked | frozenset(added))

    def names(self) -> frozenset[str]:
        """The mapped column names, as they are and in normal form, for finding the header."""
        return frozenset(self.fields) | {normal_header(column) for column in self.fields}

    def refuse_unused(self, headers: Iterable[Iterable[str]]) -> None:
        """Refuse a column named with ``--map`` that is in none of the tables.

        Args:
            headers: Column names of each table.

        Raises:
            UsageError: There is one; names the columns that are present.
        """
        present = [text for header in headers for text in header if text]
        known = set(present) | {normal_header(text) for text in present}
        for column in sorted(self.asked):
            if column not in known and normal_header(column) not in known:
                names = ", ".join(dict.fromkeys(present))
                raise UsageError(
                    f'no table has a column "{column}"',
                    where="--map",
                    remedy=f"columns present: {names[:1000]}",
                )

    def given_fields(self, header: Iterable[str]) -> dict[int, tuple[str, str]]:
        """Column index to (mapped name, field) for the columns of a table; of equal names the first.

        Raises:
            UsageError: Two columns of the table are mapped to one field.
        """
        names = list(header)
        found: dict[int, tuple[str, str]] = {}
        for column, name in self.fields.items():
            exact = [index for index, text in enumerate(names) if text == column]
            plain = normal_header(column)
            loose = [index for index, text in enumerate(names) if plain and normal_header(text) == plain]
            for index in (exact or loose)[:1]:
                found[index] = (column, name)
        taken: dict[str, str] = {}
        for column, name in found.values():
            if name != IGNORE and taken.setdefault(name, column) != column:
                raise UsageError(
                    f'the columns "{taken[name]}" and "{column}" of one table are both mapped to {name}',
                    remedy="map each field once in a table",
                )
        return found
