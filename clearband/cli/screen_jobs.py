"""What ``clearband screen`` works on: inventories for the first time, or an earlier run again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.dates import today
from clearband.cli.facts_option import LawInUse
from clearband.cli.inputs import Inputs
from clearband.reports.plain_text import count, visible

if TYPE_CHECKING:
    import polars as pl

    from clearband.register import Register
    from clearband.screening.approved_list import ApprovedList
    from clearband.screening.changes import Changes
    from clearband.screening.merging import Merged
    from clearband.screening.result import Screening

_SEVERAL: Final = 2
_NAMED: Final = 5
"""Records that a warning names."""


class First:
    """Inventories, screened for the first time."""

    def __init__(self, inputs: Inputs, use: LawInUse, said: dict[str, Any], *, merge: bool) -> None:
        from clearband.screening.settings import settings_for

        self._inputs = inputs
        self._law = use.law
        self._merge = merge
        self.files = inputs.files
        apart = {} if merge or len(inputs.names) < _SEVERAL else {"merge": False}
        self.settings = settings_for(
            use.law, **said, reading=inputs.said() | apart, own_facts=use.own_facts, today=today()
        )

    def inventory(self, register: Register, lists: Sequence[ApprovedList]) -> Merged:
        """What the inputs hold, each box once unless the user wants them apart."""
        from clearband.screening.merging import Merged, merge_sources

        read = self._inputs.read()
        if not self._merge:
            return Merged(read)
        return merge_sources(read, self.settings, register, self._law, lists)

    def finish(self, result: Screening) -> Screening:
        """The result as it is."""
        return result

    def changes(self) -> None:
        """Nothing: there is no earlier run."""

    def show(self, result: Screening, out: Path | None, *, as_json: bool) -> None:
        """Print the summary."""
        from rich.console import Console

        from clearband.reports.terminal import print_summary, summary_json

        if as_json:
            click.echo(summary_json(result), nl=False)
        else:
            print_summary(result, Console(file=sys.stdout), run_dir=out)


class Again:
    """The equipment of an earlier run, and what changed since."""

    def __init__(self, folder: Path, use: LawInUse, said: dict[str, Any]) -> None:
        from clearband.reports.folder import read_run
        from clearband.screening.earlier import settings_again

        self._use = use
        self._earlier = read_run(folder)
        self._found: Changes | None = None
        self.files = [folder / "run.json"]
        self.settings = settings_again(use.law, self._earlier, **said, own_facts=use.own_facts)

    def inventory(self, register: Register, lists: Sequence[ApprovedList]) -> Merged:
        """The equipment of the run, with what was merged then."""
        from clearband.screening.merging import Merged, stricter_apart

        read = self._earlier.inventory()
        apart = stricter_apart(read.equipment, self.settings, register, self._use.law, lists)
        if apart:
            named = ", ".join(visible(one, 80) for one in apart[:_NAMED]) + (" …" if apart[_NAMED:] else "")
            what = f"{count(len(apart), 'merged record')} would be judged more strictly apart now ({named})"
            click.echo(f"clearband: warning: {what}; screen the inputs again", err=True)
        return Merged(read, self._earlier.merges)

    def finish(self, result: Screening) -> Screening:
        """The result, compared with the earlier run."""
        from clearband.directives.diff_reasons import events_between
        from clearband.screening.changes import changes

        asked, before = self.settings.questions, self._earlier
        events = events_between(self._use.law, (before.on, asked.on), (before.known_on, asked.known_on))
        self._found = changes(before, result, events)
        return replace(result, run={**result.run, "again": before.as_json()})

    def changes(self) -> pl.DataFrame | None:
        """What is otherwise than in the earlier run."""
        return self._found.table if self._found else None

    def show(self, result: Screening, out: Path | None, *, as_json: bool) -> None:
        """Print what changed."""
        from clearband.reports.terminal import change_lines, changes_json, left_out_line

        assert self._found is not None
        if as_json:
            warning = left_out_line(self._found)
            if warning:
                click.echo(f"clearband: {warning}", err=True)
            click.echo(changes_json(self._found, self._earlier, result), nl=False)
            return
        for line in change_lines(self._found, self._earlier, run_dir=out):
            click.echo(line)
