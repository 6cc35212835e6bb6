"""A step that the table, the signatures or the log itself do not allow."""

from __future__ import annotations


class StepRefusedError(ValueError):
    """A step is refused; whoever knows its line or entry turns this into an `InputError`.

    Args:
        what: Why, without a final full stop.
        remedy: What can be done.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
