"""Ids for makers that the register does not know."""

from __future__ import annotations

from clearband.identify.folding import slug
from clearband.identify.name_forms import without_legal_form
from clearband.register import Register


def stranger_id(words: tuple[str, ...], register: Register) -> str:
    """The id of a maker that is known by its name only, never that of an organisation of the register.

    "Vertex" is not the company whose id happens to be ``vertex``: nobody looked whether it is.

    Args:
        words: The name, folded.
    """
    text = slug(without_legal_form(words))
    return f"{text}-named" if text in register.organisations else text
