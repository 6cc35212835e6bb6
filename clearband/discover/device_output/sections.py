"""A recorded session cut at its prompts: which command printed what, on which host."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FIRST_WORDS: Final = (
    r"sh|sho|show|di|dis|disp|displ|displa|display|admin|do|get|run|more|dir|ping|traceroute|tracert|"
    r"term\w*|screen-\w+|environment|set|no|undo|en|ena|enable|disable|exit|quit|q|logout|end|return|"
    r"conf\w*|sys\w*|cli|ssh|telnet|copy|write|wr|clear"
)
_COMMAND: Final = rf"(?P<command>(?:{_FIRST_WORDS})(?:[ \t][^\n]{{0,200}})?)"
_PROMPT: Final = (
    r"[ ]{0,2}(?:"
    r"<(?P<angle>[^<>\s][^<>\n]{0,63})>"
    r"|\[[~*]?(?P<square>[^\[\]\s/][^\[\]\n]{0,63})\]"
    r"|(?P<xr>RP/\d{1,3}/\w{1,8}/CPU\d{1,3}:)?(?:[*!]?[A-D]:)?(?:[\w.-]{1,32}@)?"
    r"(?P<plain>[A-Za-z0-9][\w.\-/:]{0,63})[ ]?(?:\([\w\-/.:~ ]{1,40}\)[ ]?)?[\#>%]"
    r")[ \t]*"
)
_WITH_COMMAND: Final = re.compile(_PROMPT + _COMMAND + r"[ \t]*")
_BARE: Final = re.compile(_PROMPT)
_NOT_PRINTED: Final = re.compile(
    r"\{(?:master|backup|primary|secondary|linecard)[^}\n]{0,20}\}|\[edit\]|\[/?\]"
)
"""Lines that belong to the prompt below them (Junos, SR OS)."""


@dataclass(frozen=True)
class Section:
    """What one command printed.

    Attributes:
        host: Name in the prompt; None where there is none.
        command: As typed, in one form of blanks and without a pipe that only stops paging; None where no
            prompt says it.
        text: Without blank lines before and after.
        line: Number of the first line in the file.
        is_xr: The prompt is one of IOS XR.
        is_filtered: The output was filtered on the device, so that no template fits.
    """

    host: str | None
    command: str | None
    text: str
    line: int
    is_xr: bool = False
    is_filtered: bool = False


def cut_at_prompts(lines: Sequence[str]) -> list[Section]:
    """The outputs of a session in their order; text before the first prompt is one without a command.

    A line is a prompt only with a command behind it, or when that host's prompt stands elsewhere with one.
    """
    met = {number: found for number, line in enumerate(lines) if (found := _WITH_COMMAND.fullmatch(line))}
    if not met:
        return list(_section(None, lines, 0, len(lines)))
    hosts = sorted({_written(found) for found in met.values()}, key=len)
    cuts: list[tuple[int, re.Match[str] | None]] = sorted(
        [*met.items(), *((number, None) for number in _bare(lines, set(hosts)) if number not in met)],
        key=lambda cut: cut[0],
    )
    sections = list(_section(None, lines, 0, cuts[0][0]))
    for (number, found), (until, _) in zip(cuts, [*cuts[1:], (len(lines), None)], strict=True):
        if found is not None:
            sections.extend(_section((found, hosts), lines, number + 1, until))
    return sections


def _bare(lines: Sequence[str], hosts: set[str]) -> Iterator[int]:
    for number, line in enumerate(lines):
        found = _BARE.fullmatch(line)
        if (found and _written(found) in hosts) or _NOT_PRINTED.fullmatch(line):
            yield number


def _written(found: re.Match[str]) -> str:
    return str(found["angle"] or found["square"] or found["plain"])


def _section(
    prompt: tuple[re.Match[str], list[str]] | None, lines: Sequence[str], begin: int, end: int
) -> Iterator[Section]:
    while begin < end and not lines[begin].strip():
        begin += 1
    while begin < end and not lines[end - 1].strip():
        end -= 1
    if begin == end:
        return
    text = "\n".join(lines[begin:end])
    if prompt is None:
        yield Section(None, None, text, begin + 1)
        return
    found, hosts = prompt
    typed, _, pipe = found["command"].partition("|")
    yield Section(
        host=_host(found, hosts),
        command=" ".join(typed.split()),
        text=text,
        line=begin + 1,
        is_xr=bool(found["xr"]),
        is_filtered=bool(pipe) and not re.fullmatch(r"\s*(no-?more|nomore|cat)\s*", pipe),
    )


def _host(found: re.Match[str], hosts: list[str]) -> str:
    """``[HUAWEI-GigabitEthernet0/0/1]`` is the host HUAWEI where that has a prompt of its own."""
    written = _written(found)
    if found["square"]:
        return next((host for host in hosts if written.startswith(f"{host}-")), written)
    return written
