"""The templates of ntc-templates, run with a bound on their time."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from clearband.errors import MissingExtraError, install_extra


class UnreadableOutputError(Exception):
    """A template does not fit a text, reads nothing from it, or takes too long."""


def require_templates() -> None:
    """Refuse to go on without them.

    Raises:
        MissingExtraError: They are not installed.
    """
    try:
        import ntc_templates  # noqa: F401
        import textfsm  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "reading device output needs ntc-templates and textfsm, which are not installed",
            where="clearband discover device-output",
            remedy=install_extra("devices"),
        ) from None


def rows_of(template: str, text: str, seconds: float) -> list[dict[str, Any]]:
    """The rows that a template reads: column names in small letters to a text or a list of texts.

    Args:
        template: Name of a file of ntc-templates.
        seconds: Processor time it may take; kept to in the main thread alone, where signals arrive.

    Raises:
        UnreadableOutputError: It does not fit, reads nothing, or takes too long.
    """
    from textfsm import TextFSMError

    machine = _machine(template)
    machine.Reset()
    try:
        with _bounded(seconds):
            rows = machine.ParseTextToDicts(text)
    except TextFSMError:
        raise UnreadableOutputError("the template does not fit") from None
    except TimeoutError:
        raise UnreadableOutputError(f"the template took longer than {seconds:g} s") from None
    if not rows:
        raise UnreadableOutputError("the template reads nothing from it")
    return [{name.lower(): value for name, value in row.items()} for row in rows]


@cache
def _machine(template: str) -> Any:
    import ntc_templates
    import textfsm

    # Those of the package alone: NTC_TEMPLATES_DIR is not looked at.
    folder = Path(ntc_templates.__file__).parent / "templates"
    with (folder / template).open(encoding="utf-8") as file:
        return textfsm.TextFSM(file)


@contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """Stop what takes more processor time: regular expressions look for signals while they search."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
