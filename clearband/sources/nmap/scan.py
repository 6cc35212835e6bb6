"""The elements of nmap's XML, gathered into hosts (https://svn.nmap.org/nmap/docs/nmap.dtd).

Elements are taken by their names wherever they stand; unknown ones are passed by, so that other versions and
other scanners that write this form are read, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from clearband.errors import InputError
from clearband.sources.nmap.host import MOST_FIELDS, MOST_PORTS, MOST_SCRIPTS, Host, ScanNotes
from clearband.sources.nmap.scripts import READERS, Script, read_script
from clearband.sources.nmap.services import read_service, read_systems

_Attributes = Mapping[str, str]
_ROOT: Final = "nmaprun"
_MOST_MATCHES: Final = 64
_MOST_SCRIPT_NAMES: Final = 1_000


class Scan:
    """Takes the elements of a scan and hands over each host at its end.

    Args:
        file: Its name for messages.
        take: Is given every host that is read, in the order of the file.
        most_hosts: Hosts of a file.
        most_characters: Of a text; the rest is cut off, and the host's ``cut`` says so.
    """

    def __init__(
        self, file: str, take: Callable[[Host], None], *, most_hosts: int, most_characters: int
    ) -> None:
        self.notes = ScanNotes()
        self._file, self._take = file, take
        self._most_hosts, self._most_characters = most_hosts, most_characters
        self._root_seen = False
        self._host: Host | None = None
        self._hint = False
        self._port: dict[str, str] | None = None
        self._service: dict[str, str] = {}
        self._cpes: list[str] = []
        self._scripts: list[Script] = []
        self._script: Script | None = None
        self._tables: list[str] = []
        self._systems: list[tuple[str, str]] = []
        self._key = ""
        self._text: list[str] | None = None
        self._length = 0
        self._starts: dict[str, Callable[[_Attributes, int], None]] = {
            "host": self._start_host, "hosthint": self._start_hint, "status": self._status,
            "address": self._address, "hostname": self._hostname, "port": self._start_port,
            "state": self._state, "service": self._start_service, "cpe": self._start_text,
            "script": self._start_script, "table": self._start_table, "elem": self._start_text,
            "osmatch": self._system, "finished": self._finished, "hosts": self._counted,
            "target": self._target,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            "host": self.end_host, "hosthint": self._end_hint, "port": self._end_port, "cpe": self._end_cpe,
            "script": self._end_script, "table": self._end_table, "elem": self._end_elem,
        }  # fmt: skip

    def start(self, name: str, attributes: _Attributes, line: int) -> None:
        """An element begins."""
        if not self._root_seen:
            self._start_root(name, attributes, line)
        elif begin := self._starts.get(name):
            begin(attributes, line)

    def end(self, name: str) -> None:
        """An element ends."""
        if finish := self._ends.get(name):
            finish()

    def text(self, data: str) -> None:
        """A piece of text; only that of fields and catalogue names is of use."""
        if self._text is None:
            return
        room = self._most_characters - self._length
        if len(data) > room and self._host is not None:
            self._host.cut["long texts"] += 1
            data = data[: max(room, 0)]
        self._length += len(data)
        self._text.append(data)

    def _start_root(self, name: str, attributes: _Attributes, line: int) -> None:
        if name != _ROOT:
            raise InputError(
                f'not nmap\'s XML: its first element is "{name[:40]}"',
                where=f"{self._file} line {line}",
                remedy="scan with nmap -oX FILE",
            )
        self._root_seen = True
        self.notes.scanner = attributes.get("scanner", "nmap")[:40]

    def _start_host(self, _: _Attributes, line: int) -> None:
        self.end_host()
        self._host = Host(line)

    def end_host(self) -> None:
        """Hand over the host that is open, if one is."""
        host, self._host = self._host, None
        if host is None:
            return
        self._close_port(host)
        read_systems(self._systems, host)
        self._systems = []
        notes = self.notes
        if host.state == "down":
            notes.passed_over["down"] += 1
        elif host.address is None and not host.texts:
            notes.passed_over["without an address"] += 1
        elif not host.is_there:
            notes.passed_over["without any answer"] += 1
        else:
            notes.hosts += 1
            if notes.hosts > self._most_hosts:
                raise InputError(
                    f"more than {self._most_hosts} hosts",
                    where=f"{self._file} line {host.line}",
                    remedy="split the scan",
                )
            notes.cut.update(host.cut.keys())
            self._take(host)

    def _start_hint(self, *_: object) -> None:
        # What the first pings found; the same hosts come again when they are scanned.
        self._hint = True

    def _end_hint(self) -> None:
        self._hint = False

    def _status(self, attributes: _Attributes, _: int) -> None:
        if self._host is not None and not self._hint:
            self._host.state = attributes.get("state", "")[:40] or "up"
            self._host.reason = attributes.get("reason", "")[:40]

    def _address(self, attributes: _Attributes, _: int) -> None:
        host, address = self._host, attributes.get("addr", "").strip()[:200]
        if host is None or self._hint:
            return
        kind = attributes.get("addrtype", "ipv4")
        if kind == "mac":
            host.add_address(address, attributes.get("vendor", "")[:200])
        elif kind == "ipv6":
            host.ipv6 = host.ipv6 or address
        else:
            host.ipv4 = host.ipv4 or address

    def _hostname(self, attributes: _Attributes, _: int) -> None:
        if self._host is not None and not self._hint and (name := attributes.get("name", "").strip()):
            self._host.add_name(name[:255])

    def _start_port(self, attributes: _Attributes, _: int) -> None:
        if self._host is None:
            return
        self._close_port(self._host)
        self._port = {
            "portid": attributes.get("portid", "?")[:12],
            "protocol": attributes.get("protocol", "tcp")[:12],
        }

    def _state(self, attributes: _Attributes, _: int) -> None:
        if self._port is not None:
            self._port["state"] = attributes.get("state", "open")

    def _start_service(self, attributes: _Attributes, _: int) -> None:
        if self._port is not None:
            self._service = dict(attributes)

    def _end_port(self) -> None:
        if self._host is not None:
            self._close_port(self._host)

    def _close_port(self, host: Host) -> None:
        """Read the port that is open, with its service and scripts."""
        port, service, cpes, scripts = self._port, self._service, self._cpes, self._scripts
        self._port, self._service, self._cpes, self._scripts = None, {}, [], []
        if port is None:
            return
        state = port.get("state", "open")
        host.answered = host.answered or state in ("open", "closed", "unfiltered")
        if not state.startswith("open"):
            return
        if len(host.ports) >= MOST_PORTS:
            host.cut["ports"] += 1
            return
        name = service.get("name", "").strip()[:60]
        host.ports.append(f"{port['portid']}/{port['protocol']} {name}".rstrip())
        for key, text in service.items():
            service[key] = self._within(text, host)
        read_service(service, cpes, host)
        for script in scripts:
            script.service = name
            read_script(script, host)

    def _start_text(self, attributes: _Attributes, _: int) -> None:
        self._key = attributes.get("key", "")[:200]
        self._text, self._length = [], 0

    def _taken_text(self) -> str:
        text, self._text = "".join(self._text or ()), None
        return text

    def _end_cpe(self) -> None:
        text = self._taken_text()
        if self._port is not None and self._service and len(self._cpes) < _MOST_MATCHES:
            self._cpes.append(text[:400])

    def _start_script(self, attributes: _Attributes, _: int) -> None:
        name, host = attributes.get("id", ""), self._host
        self._tables = []
        if host is None:
            return
        if name not in READERS:
            if len(self.notes.unread_scripts) < _MOST_SCRIPT_NAMES or name in self.notes.unread_scripts:
                self.notes.unread_scripts[name[:60]] += 1
            return
        host.scripts += 1
        if host.scripts > MOST_SCRIPTS:
            host.cut["scripts"] += 1
            return
        self._script = Script(name, self._within(attributes.get("output", ""), host))

    def _within(self, text: str, host: Host) -> str:
        if len(text) <= self._most_characters:
            return text
        host.cut["long texts"] += 1
        return text[: self._most_characters]

    def _end_script(self) -> None:
        script, self._script = self._script, None
        if script is None or self._host is None:
            return
        if self._port is not None:
            self._scripts.append(script)  # the port's state and service may be told behind it
        else:
            read_script(script, self._host)

    def _start_table(self, attributes: _Attributes, _: int) -> None:
        self._tables.append(attributes.get("key", "")[:200])

    def _end_table(self) -> None:
        if self._tables:
            self._tables.pop()

    def _end_elem(self) -> None:
        text, script = self._taken_text(), self._script
        if script is None or self._host is None:
            return
        if len(script.fields) < MOST_FIELDS:
            script.fields.append((".".join(key for key in (*self._tables, self._key) if key), text))
        else:
            self._host.cut["fields of scripts"] += 1

    def _system(self, attributes: _Attributes, _: int) -> None:
        if self._host is not None and len(self._systems) < _MOST_MATCHES:
            self._systems.append((attributes.get("name", "")[:400], attributes.get("accuracy", "")))

    def _finished(self, attributes: _Attributes, _: int) -> None:
        self.notes.finished = True
        if attributes.get("exit", "success") != "success":
            self.notes.problem = attributes.get("errormsg", "")[:200] or "it ended with an error"

    def _counted(self, attributes: _Attributes, _: int) -> None:
        down = attributes.get("down", "")
        if self._host is None and down.isascii() and down.isdigit():
            self.notes.down = int(down[:12])

    def _target(self, attributes: _Attributes, _: int) -> None:
        self.notes.skipped_targets += attributes.get("status") == "skipped"
