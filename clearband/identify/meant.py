"""A maker's name to ids of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearband.register.register import Register


def register_ids(name: str, register: Register) -> tuple[str, ...]:
    """The register ids that a maker's name can mean; an id that is not read as a name means itself."""
    from clearband.identify.names import resolve_name

    match = resolve_name(name, register)
    found = (match.maker, *match.others) if match is not None and match.known else ()
    return (name,) if name in register.organisations and name not in found else found


def case_maker(name: str, register: Register) -> tuple[str, ...]:
    """The same where an id always means itself, as in the examples of directive files."""
    return (name,) if name in register.organisations else register_ids(name, register)
