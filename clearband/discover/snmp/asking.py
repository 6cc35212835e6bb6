"""What is asked of a device: a few single values, then the columns of three tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.discover.snmp.ber import Oid
from clearband.discover.snmp.channel import FloodError, SilentError
from clearband.discover.snmp.pdu import GET, GET_BULK, Request
from clearband.discover.snmp.session import Session, SpentError
from clearband.discover.snmp.usm import RefusedError
from clearband.snmp.entities import entities_to_describe
from clearband.snmp.objects import OBJECTS, REMOTE_COLUMNS, SCALARS
from clearband.snmp.values import number_of, said
from clearband.snmp.walk import Walk

_INTERFACES: Final = "1.3.6.1.2.1.2.1.0"
"""``ifNumber``: how many interfaces there are, so that not more values are asked for than that."""
_MOST: Final = 25
"""Values that are asked for at once: so many fit into a datagram that is not cut into pieces."""
_FIRST: Final = 12
"""Values that are asked for where nobody knows how many there are."""
_CELLS: Final = 20
"""Single cells that are asked for at once."""
_WHOLE: Final = ("entPhysicalModelName", "entPhysicalMfgName", "entPhysicalContainedIn")
_DESCRIBING: Final = (
    "entPhysicalDescr", "entPhysicalName", "entPhysicalHardwareRev", "entPhysicalSoftwareRev"
)  # fmt: skip
_NO_SUCH_NAME: Final = 2
_AUTHORIZATION: Final = 16


def _oid(text: str) -> Oid:
    return tuple(map(int, text.split(".")))


_SCALARS: Final = {_oid(f"{identifier}.0"): name for name, identifier in SCALARS.items()}
_COLUMNS: Final = {name: _oid(identifier) for name, identifier in OBJECTS.items()}


class Asking:
    """Walks one device; what was read so far is in ``walk``, whatever happens.

    Attributes:
        walk: What it answered, and what is missing.
        answered: It has answered at least once.
    """

    def __init__(self, session: Session) -> None:
        self.walk = Walk()
        self.answered = False
        self._session = session
        self._interfaces = 0
        self._silent = 0

    async def contact(self) -> None:
        """Ask for the single values; the first answer tells that somebody is there.

        Raises:
            SilentError, ClosedError, FloodError, RefusedError: As `Session.ask`.
        """
        oids = (*_SCALARS, _oid(_INTERFACES))
        response = await self._session.ask(Request(GET, oids))
        found = response.pairs
        if response.error == _AUTHORIZATION:
            raise RefusedError("it shows nothing to this user (authorizationError)")
        self.answered = True
        if response.error:  # one that it cannot give must not cost the others
            found = ()
            for oid in oids:
                found += (await self._session.ask(Request(GET, (oid,)))).pairs
        for oid, value in found:
            if value is None:
                continue
            if oid in _SCALARS:
                self.walk.put(_SCALARS[oid], "0", value)
            elif oid == _oid(_INTERFACES):
                self._interfaces = number_of(value) or 0
        if not self.walk.one("sysDescr") and not self.walk.one("sysObjectID"):
            self.walk.missing.append("system group: the agent does not show it")

    async def tables(self) -> None:
        """Walk the tables; where one breaks off, that is noted and the next is asked for."""
        try:
            await self._entities()
            count = self._interfaces if 0 < self._interfaces < _MOST else _FIRST
            await self._column("ifPhysAddress", count + 1 if count == self._interfaces else count)
            if await self._column("lldpRemChassisId", _FIRST) and self.walk.column("lldpRemChassisId"):
                count = len(self.walk.column("lldpRemChassisId"))
                await self._columns([one for one in REMOTE_COLUMNS if one != "lldpRemChassisId"], count)
        except SpentError as error:
            self._miss("what comes behind", str(error))
        except FloodError:
            self._miss("what comes behind", "it sends datagrams that answer nothing")
        except RefusedError as error:
            self._miss("what comes behind", str(error))

    def _miss(self, what: str, why: str) -> None:
        self.walk.missing.append(f"{what}: {why}")

    async def _columns(self, names: Iterable[str], count: int) -> bool:
        """Walk columns with so many rows; whether all of them could be."""
        for name in names:
            if not await self._column(name, count + 1):
                return False
        return True

    async def _entities(self) -> None:
        """Walk what tells which entities are things of their own, and ask for the rest of those alone.

        Most rows are slots, sensors and empty ports: their descriptions would be half of all that is asked.
        """
        count = 0
        for name in ("entPhysicalClass", "entPhysicalSerialNum", "entPhysicalDescr"):
            if name == "entPhysicalDescr" and count:
                break
            if not await self._column(name, count + 1 if count else _FIRST):
                return
            count = max(count, len(self.walk.column(name)))
        if not count or not await self._columns(_WHOLE, count):
            return
        indexes = entities_to_describe(self.walk)
        if await self._cells([(name, one) for one in indexes for name in _DESCRIBING]):
            told = self.walk.column("entPhysicalSoftwareRev")
            await self._cells([("entPhysicalFirmwareRev", one) for one in indexes if not said(told.get(one))])

    async def _cells(self, cells: list[tuple[str, str]], at_once: int = _CELLS) -> bool:
        """Ask for single cells by column and index; whether it is worth going on with their table."""
        cells = [(name, index) for name, index in cells if index not in self.walk.column(name)]
        while cells:
            asked, cells = cells[:at_once], cells[at_once:]
            wanted = {(*_COLUMNS[name], *_oid(index)): (name, index) for name, index in asked}
            name, index = asked[0]
            try:
                response = await self._session.ask(Request(GET, tuple(wanted)))
            except SilentError:
                self._miss_silent(name, f"for index {index}")
                return False
            if response.error and len(asked) > 1:  # one that it cannot give must not cost the others
                if not await self._cells(asked, max(1, len(asked) // 4)):
                    return False
                continue
            if response.error and response.error != _NO_SUCH_NAME:
                self._miss(name, f"the agent says {response.error_name} for index {index}")
            for oid, value in response.pairs:
                if oid in wanted and value is not None:
                    self.walk.put(*wanted[oid], value)
        return True

    def _miss_silent(self, name: str, where: str) -> None:
        """Note that no answer came; the second time the device is given up."""
        self._silent += 1
        self._miss(name, f"no answer {where}")
        if self._silent > 1:
            raise SpentError("it no longer answers")

    async def _column(self, name: str, count: int) -> bool:
        """Walk a column; whether it is worth going on with its table."""
        column = at = _COLUMNS[name]
        repetitions = min(count, _MOST)
        while True:
            try:
                response = await self._session.ask(Request(GET_BULK, (at,), repetitions))
            except SilentError:
                self._miss_silent(name, self._behind(at, column))
                return False
            if response.error and response.error != _NO_SUCH_NAME:
                if repetitions > 1:  # a smaller answer may fit, or reach only values that it can give
                    repetitions = max(1, repetitions // 4)
                    continue
                self._miss(name, f"the agent says {response.error_name} {self._behind(at, column)}")
                return True
            if response.error or not response.pairs:
                if not response.error and not response.ended:
                    self._miss(name, f"an answer without values {self._behind(at, column)}")
                return True
            for oid, value in response.pairs:
                if oid[: len(column)] != column:
                    if oid <= at:
                        self._miss(name, f"identifiers that do not increase {self._behind(at, column)}")
                    return True
                if oid <= at:
                    self._miss(name, f"identifiers that do not increase {self._behind(at, column)}")
                    return True
                at = oid
                if value is not None:
                    self.walk.put(name, ".".join(map(str, oid[len(column) :])), value)
            if response.ended:
                return True
            repetitions = _MOST if repetitions == _FIRST else repetitions

    @staticmethod
    def _behind(at: Oid, column: Oid) -> str:
        index = ".".join(map(str, at[len(column) :]))
        return f"behind index {index[:60]}" if index else "at its beginning"
