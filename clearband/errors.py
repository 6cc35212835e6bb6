"""One hierarchy of exceptions; the command line turns each into one line and an exit status."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """Exit statuses of every ``clearband`` command, as documented in ``docs/reference/exit-status.md``.

    ``FAIL_ON_MET`` is "done, and not as wished": a condition of ``--fail-on`` holds, an example of a
    directive file has another answer than it says, or a plan breaks a rule of its network.
    """

    DONE = 0
    FAIL_ON_MET = 1
    USAGE = 2
    INPUT_UNUSABLE = 3
    PARTLY_DONE = 4
    INTERRUPTED = 130


class ClearbandError(Exception):
    """Base of all errors a user can meet: what happened, where, and what to do about it.

    Args:
        what: What is wrong, in one sentence without a final full stop.
        where: File, sheet, line or setting it concerns.
        remedy: What the user can do.
    """

    exit_status = ExitStatus.INPUT_UNUSABLE

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(self.one_line())

    def one_line(self) -> str:
        """The whole message on one line: ``where: what; remedy``."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        line = f"{head}; {self.remedy}" if self.remedy else head
        return " ".join(line.split())

    def lines(self) -> tuple[str, ...]:
        """What the command line says: one line, or one for each thing that is wrong."""
        return (self.one_line(),)


class UsageError(ClearbandError):
    """The command was called with words or options that do not fit."""

    exit_status = ExitStatus.USAGE


class InterruptedRunError(ClearbandError):
    """A run was interrupted, and can go on."""

    exit_status = ExitStatus.INTERRUPTED


class InputError(ClearbandError):
    """An input cannot be used as it is."""


class OutputError(ClearbandError):
    """A result cannot be written; nothing half-written is left behind."""


class FactsError(ClearbandError):
    """A fact file breaks its schema or contradicts another."""


class DefectError(ClearbandError):
    """What was worked out contradicts itself, so that it is told and not written."""


class MissingExtraError(ClearbandError):
    """A capability needs an optional dependency that is not installed."""

    exit_status = ExitStatus.USAGE


def install_extra(name: str) -> str:
    """How an extra is installed: no package index has our Clearband, and a name there may be anybody's."""
    return f"pip install '.[{name}]' in a checkout of Clearband"
