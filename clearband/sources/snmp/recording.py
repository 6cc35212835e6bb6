"""What a recording gives while it is read, and what a person should know of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from clearband.errors import InputError
from clearband.snmp.values import Value
from clearband.snmp.walk import Walk

MOST_VALUES: Final = 2_000_000
"""Values of one device that are kept."""
_SHOWN: Final = 60


@dataclass
class Recording:
    """The values of a file, and what was odd about its lines.

    Attributes:
        file: Its name for messages.
        odd: Lines that could not be read, by what is wrong with them: how many, the first, and its text.
        broken_off: What the tool itself said went wrong, with the line.
        generated: Values that a simulator would make up.
    """

    file: str
    walk: Walk = field(default_factory=Walk)
    odd: dict[tuple[str, str], tuple[int, int, str]] = field(default_factory=dict)
    broken_off: tuple[int, str] | None = None
    generated: Counter[str] = field(default_factory=Counter)
    _count: int = 0
    _first: tuple[int, Value] | None = None

    def put(self, name: str, index: str, value: Value, line: int) -> None:
        """Note a value.

        Raises:
            InputError: There are too many, or another device begins here.
        """
        if name == "sysDescr":
            self._refuse_another(value, line)
        self._count += 1
        if self._count > MOST_VALUES:
            raise InputError(
                f"more than {MOST_VALUES} values",
                where=f"{self.file} line {line}",
                remedy="split the recording",
            )
        self.walk.put(name, index, value)

    def _refuse_another(self, value: Value, line: int) -> None:
        if self._first is None:
            self._first = (line, value)
        elif self._first[1] != value:
            raise InputError(
                f"a second device begins here (sysDescr of line {self._first[0]} is another)",
                where=f"{self.file} line {line}",
                remedy="one device a file",
            )

    def note(self, what: tuple[str, str], line: int, text: bytes) -> None:
        """Count a line that could not be read.

        Args:
            what: What is wrong, said of one line and of several.
        """
        shown = " ".join(text[:_SHOWN].decode("utf-8", "replace").split())
        count, first, kept = self.odd.get(what, (0, line, shown))
        self.odd[what] = (count + 1, first, kept)

    def warnings(self) -> tuple[str, ...]:
        """What a person should know, in sentences."""
        told = [
            f'{count} lines {many}, the first in line {line}: "{shown}"'
            if count > 1
            else f'line {line} {one}: "{shown}"'
            for (one, many), (count, line, shown) in self.odd.items()
        ]
        if self.broken_off:
            line, text = self.broken_off
            told.append(f'the walk breaks off in line {line} ("{text}"): what comes behind is missing')
        if self.generated:
            count = self.generated.total()
            told.append(
                f"{count} value{'s are' if count > 1 else ' is'} made up by the simulator and not read: "
                + ", ".join(sorted(self.generated)[:5])
            )
        if self.walk.values and not (self.walk.column("sysDescr") or self.walk.column("sysObjectID")):
            told.append("the system group is missing: walk the whole device, or 1.3.6.1.2.1.1 as well")
        return tuple(told)
