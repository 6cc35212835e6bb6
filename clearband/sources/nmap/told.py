"""What a person is told of a scan: what was passed over, what was too much, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from clearband.sources.bounded_xml import CutOff
from clearband.sources.nmap.host import ScanNotes

_NAMED: Final = 5
"""Scripts that a warning names."""


def warnings_of(notes: ScanNotes, cut_off: CutOff | None, *, half_a_host: bool) -> tuple[str, ...]:
    """The warnings of a scan.

    Args:
        cut_off: Where the file breaks off, if it does.
        half_a_host: The last host is one of those that were read, as far as it goes.
    """
    return tuple(_warnings(notes, cut_off, half_a_host=half_a_host))


def _warnings(notes: ScanNotes, cut_off: CutOff | None, *, half_a_host: bool) -> Iterator[str]:
    if cut_off is not None:
        last = "; the last host is read as far as it goes" if half_a_host else ""
        yield f"the scan breaks off in line {cut_off.line}: hosts after it are missing{last}"
    elif notes.problem:
        yield f"the scan ended with an error, hosts may be missing: {' '.join(notes.problem.split())}"
    elif not notes.finished:
        yield "the scan does not say that it came to its end: hosts may be missing"
    passed_over = Counter(notes.passed_over)
    # Without -v nmap counts the addresses that are down and does not list them.
    passed_over["down"] = max(passed_over["down"], notes.down)
    if told := [f"{count} {reason}" for reason, count in passed_over.items() if count]:
        count = sum(passed_over.values())
        yield f"{count} {'address' if count == 1 else 'addresses'} passed over: {', '.join(told)}"
    if notes.skipped_targets:
        yield f"{notes.skipped_targets} targets were not scanned: nmap did not understand or resolve them"
    for what, count in notes.cut.items():
        hosts = "1 host has" if count == 1 else f"{count} hosts have"
        yield f"{hosts} more {what} than are read; the rest is left out and the record says so"
    if notes.unread_scripts:
        most = notes.unread_scripts.most_common()
        named = ", ".join(f"{name or '(no name)'} {count}" for name, count in most[:_NAMED])
        more = f" and {len(most) - _NAMED} more" if len(most) > _NAMED else ""
        yield f"results of scripts that say nothing of the maker are not read: {named}{more}"
