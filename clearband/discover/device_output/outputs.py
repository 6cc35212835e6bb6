"""One recording: whose output it is, which template reads each part, and what is told of the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clearband.discover.device_output.commands import (
    OWN_NAMES,
    Output,
    find_command,
    is_about_neighbors,
    outputs_of,
)
from clearband.discover.device_output.devices import Device
from clearband.discover.device_output.file_names import Named
from clearband.discover.device_output.limits import Limits
from clearband.discover.device_output.platforms import Form, form_of, platforms_named
from clearband.discover.device_output.readings import Reading, read_rows
from clearband.discover.device_output.sections import Section, cut_at_prompts
from clearband.discover.device_output.templates import UnreadableOutputError, rows_of

_ANY_CISCO = "cisco_ios"
"""Whose template reads an entity table (``NAME: ... PID: ...``), which all of Cisco's systems print alike."""


@dataclass(frozen=True)
class Notes:
    """What is told of all files together, see `DeviceOutputs`."""

    warnings: list[str]
    parsed: Counter[str]
    unparsed: Counter[str]
    passed_over: Counter[str]


@dataclass(frozen=True)
class _Asked:
    """A section whose command is known, or guessed by its form."""

    section: Section
    command: str | None
    form: Form | None

    @property
    def is_about_neighbors(self) -> bool:
        formed = self.form is not None and "neighbor" in self.form.command
        return is_about_neighbors(self.command) if self.command else formed


class FileReader:
    """Reads one recording."""

    def __init__(self, shown: str, named: Named, platform: str | None, limits: Limits, notes: Notes) -> None:
        self._shown = shown
        self._named = named
        self._platform = platform
        self._limits = limits
        self._notes = notes

    def read(self, lines: Sequence[str], devices: dict[str, Device]) -> None:
        """Add what the lines say to the devices, by their id."""
        sections = cut_at_prompts(lines)
        hosts: list[str | None] = [*dict.fromkeys(one.host for one in sections if one.host)] or [None]
        for host in hosts:
            own = [one for one in sections if one.host == host or (one.host is None and host == hosts[0])]
            record_id = self._record_id(host, alone=len(hosts) == 1)
            device = devices.setdefault(record_id, Device(record_id))
            device.files[self._shown] = None
            if host:
                device.own.setdefault("sys_name", host)
            asked = [one for section in own if (one := self._asked(section)) is not None]
            said = self._platforms(asked)
            device.platforms.update(dict.fromkeys(sorted(said)))
            for one in asked:
                self._section(one, said or set(device.platforms), device)

    def _record_id(self, host: str | None, *, alone: bool) -> str:
        name = self._named.device
        if host is None or (alone and name):
            return name or self._shown
        return host if name is None else f"{name}/{host}"

    def _asked(self, section: Section) -> _Asked | None:
        """The section with its command; None where the command is of no use, which is counted."""
        if section.command is not None:
            command = find_command(section.command)
            if command is None or section.is_filtered:
                self._notes.passed_over[section.command] += 1
                return None
            return _Asked(section, command, form_of(section.text))
        form = form_of(section.text)
        if self._named.command is None:
            return _Asked(section, form.command if form else None, form)
        if self._named.is_known:
            return _Asked(section, self._named.command, form)
        self._notes.passed_over[self._named.command] += 1
        return None

    def _platforms(self, asked: Sequence[_Asked]) -> set[str]:
        """Those that the outputs of a host name, neighbours apart."""
        if self._platform:
            return {self._platform}
        named: set[str] = set()
        for one in asked:
            if not one.is_about_neighbors:
                named |= platforms_named(one.section.text)
            if one.section.is_xr:
                named.add("cisco_xr")
        return named

    def _section(self, asked: _Asked, platforms: set[str], device: Device) -> None:
        where = f"{self._shown} line {asked.section.line}"
        outputs = self._candidates(asked, platforms)
        problem = "no template is known for it"
        if asked.command is None:
            problem = "neither a prompt nor the text says which command printed it"
        for output in outputs:
            try:
                rows = rows_of(output.template, asked.section.text, self._limits.template_seconds)
            except UnreadableOutputError as error:
                problem = f"{error} ({output.platform})"
                continue
            self._take(read_rows(output, rows), output, asked, device)
            if output.platform not in platforms and output.platform == _ANY_CISCO:
                self._notes.warnings.append(
                    f"{where}: the text does not say its platform; read as {output.platform} {output.command}"
                )
            return
        self._unread(where, problem, asked, platforms, device)

    def _candidates(self, asked: _Asked, platforms: set[str]) -> list[Output]:
        """The outputs whose template may fit, likeliest first."""
        if asked.command is None:
            return []
        known = outputs_of(asked.command)
        form = asked.form
        if self._platform is None and form and form.platform and form.command == asked.command:
            return [one for one in known if one.platform == form.platform]
        if chosen := [one for one in known if one.platform in platforms]:
            return chosen
        if platforms:
            return []
        if form and form.platform is None and form.command == "show inventory":
            return [one for one in known if one.platform == _ANY_CISCO]
        return known if len(known) == 1 else []

    def _take(self, reading: Reading, output: Output, asked: _Asked, device: Device) -> None:
        device.take(reading, is_chassis=output.shape not in ("device", "boards"))
        device.platforms[output.platform] = None
        device.commands[output.command] = None
        if output.shape in OWN_NAMES:
            self._keep(asked.section.text, device)
        self._notes.parsed[output.platform] += 1

    def _unread(self, where: str, problem: str, asked: _Asked, platforms: set[str], device: Device) -> None:
        command = asked.command or "output"
        if asked.is_about_neighbors:
            # What a device repeats of others must not become evidence of itself.
            self._notes.warnings.append(f"{where}: {command} was not read: {problem}; its text is left out")
        else:
            self._keep(asked.section.text, device)
            self._notes.warnings.append(f"{where}: {command} was not read: {problem}; its text is kept")
        platform = next(iter(sorted(platforms)), None) or (asked.form.platform if asked.form else None)
        self._notes.unparsed[platform or "?"] += 1

    def _keep(self, text: str, device: Device) -> None:
        device.banners.append(text[: self._limits.max_banner_characters])
