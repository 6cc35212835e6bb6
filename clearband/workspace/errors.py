"""What a workspace refuses. The command line tells it in one line, the web as a problem (RFC 9457)."""

from __future__ import annotations

from clearband.errors import ClearbandError, ExitStatus


class WorkspaceError(ClearbandError):
    """A workspace cannot do what is asked."""


class NotFoundError(WorkspaceError):
    """There is no such thing, or whoever asks may not know of it."""


class ChangedError(WorkspaceError):
    """Somebody changed it since it was read."""


class RefusedError(WorkspaceError):
    """Whoever asks may not do it."""


class StateError(WorkspaceError):
    """It cannot be done in the state that things are in."""


class BusyError(WorkspaceError):
    """Too much is asked at once."""


class InvalidError(WorkspaceError):
    """What is asked breaks a rule of its fields."""


class DamagedError(WorkspaceError):
    """A workspace does not say what its audit trail says."""

    exit_status = ExitStatus.FAIL_ON_MET
