"""The option ``--facts`` and what it adds to the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from clearband.directives.directive_files import DirectiveSource
    from clearband.directives.law import Law
    from clearband.register.register import Register


@dataclass(frozen=True)
class LawInUse:
    """The law of a command: the packaged one, with the user's own files.

    Attributes:
        own_facts: File and SHA-256 of each of the user's own files, for the record of a run.
        own_files: What is in them, as compiled.
    """

    law: Law
    register: Register
    own_facts: tuple[dict[str, str], ...]
    own_files: tuple[dict[str, Any], ...] = ()


def facts_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--facts`` to a command, which gets the folders as ``facts``."""
    option = click.option(
        "--facts",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Add the directive files in this folder (a policy, a draft); may be a file.",
    )
    wrapped: Callable[..., Any] = option(command)
    return wrapped


def law_in_use(facts: tuple[Path, ...]) -> LawInUse:
    """The law with the files of some folders.

    Raises:
        FactsError: A file cannot be used; names file, line and remedy.
        InputError: A folder holds none.
    """
    from clearband.directives.law import law_of, load_law
    from clearband.facts.store import compiled
    from clearband.register.register import load_register

    own = own_files(facts)
    law = law_of(compiled(), [file.raw for file in own]) if own else load_law()
    return LawInUse(law, load_register(), tuple(file.record for file in own), tuple(file.raw for file in own))


def own_files(facts: tuple[Path, ...]) -> tuple[DirectiveSource, ...]:
    """The user's own directive files, read and checked; none without folders.

    Raises:
        FactsError: A file cannot be used; names file, line and remedy.
        InputError: A folder holds none.
    """
    if not facts:
        return ()
    from clearband.directives.directive_files import read_own
    from clearband.facts.store import compiled
    from clearband.register.register import load_register

    return read_own(facts, compiled(), load_register())
