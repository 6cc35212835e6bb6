"""What one device answered, by object and index."""

from __future__ import annotations

from dataclasses import dataclass, field

from clearband.snmp.values import Value


@dataclass
class Walk:
    """The values of one device.

    Attributes:
        values: Object (``entPhysicalDescr``) to index (``67108867``) to value.
        missing: What could not be read, and why, in words; empty when all was.
    """

    values: dict[str, dict[str, Value]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def put(self, name: str, index: str, value: Value) -> None:
        """Note a value; the first of an index stays."""
        self.values.setdefault(name, {}).setdefault(index, value)

    def one(self, name: str) -> Value | None:
        """The value of an object that has one."""
        return self.values.get(name, {}).get("0")

    def column(self, name: str) -> dict[str, Value]:
        """The values of a column, by index."""
        return self.values.get(name, {})

    def rows(self, names: dict[str, str]) -> dict[str, dict[str, Value]]:
        """Rows of a table in the order of their indexes: index to column to value.

        Args:
            names: Columns, by name.
        """
        rows: dict[str, dict[str, Value]] = {}
        for name in names:
            for index, value in self.column(name).items():
                rows.setdefault(index, {})[name] = value
        return {index: rows[index] for index in sorted(rows, key=_in_order)}


def _in_order(index: str) -> tuple[int, ...]:
    return tuple(int(one) if one.isdigit() else 0 for one in index.split("."))
