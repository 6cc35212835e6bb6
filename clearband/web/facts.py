"""The law and the register as the server holds them: loaded once, the same for every request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clearband.directives.law import Law, load_law
from clearband.facts.store import compiled
from clearband.register.register import Register, load_register


@dataclass(frozen=True)
class Facts:
    """What the server knows of the world.

    Attributes:
        law: Measures, evaluated.
        register: Organisations.
    """

    law: Law
    register: Register

    def read(self, name: str) -> Any:
        """One kind of facts as compiled."""
        return compiled().read(name)


def load_facts() -> Facts:
    """The packaged facts."""
    return Facts(load_law(), load_register())
