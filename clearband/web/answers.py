"""What handlers return where a model alone does not say all."""

from __future__ import annotations

from typing import Any, Generic, NewType, TypeVar

from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)
Version = NewType("Version", int)
"""The version of the row that the sender knew: from ``If-Match``, or the form's field ``version``."""


class With(Generic[Model]):
    """A model with what only its page needs, and what it is known by.

    Args:
        model: The answer.
        version: Of the row that it shows.
        status: Of the answer.
        extra: For the template: values, or functions without arguments that are called when a page is made.
    """

    def __init__(
        self,
        model: Model,
        *,
        version: int | None = None,
        status: int = 200,
        **extra: Any,
    ) -> None:
        self.model, self.extra, self.status = model, extra, status
        self.version = version

    def made(self) -> dict[str, Any]:
        """What only the page needs; what is a function is called now."""
        return {name: value() if callable(value) else value for name, value in self.extra.items()}


class Made(Generic[Model]):
    """What a change made, and where it is.

    Args:
        model: The answer to a program.
        see: Address that a form is sent on to, and of what was made.
        version: Of its row.
        template: Of a page that answers a form at once, where the answer is shown this one time. It holds a
            secret then, and is not kept for a request that is sent again.
    """

    def __init__(
        self, model: Model, see: str, *, version: int | None = None, template: str | None = None
    ) -> None:
        self.model, self.see, self.version, self.template = model, see, version, template
