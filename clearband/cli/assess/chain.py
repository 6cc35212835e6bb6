"""``clearband assess chain``: tiers of suppliers, single points, shares, and what a ban would take."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clearband.cli.dates import Day, today
from clearband.cli.inputs import Inputs, optional_input_options
from clearband.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from clearband.assess.chain import Ban
    from clearband.listing.replay import Replay
    from clearband.register import Register
    from clearband.reports.supply_chain import Answered


@click.command("chain")
@optional_input_options
@click.option(
    "--ban",
    "bans",
    multiple=True,
    metavar="KIND:VALUE",
    help="What if this were banned: supplier:ID, country:CODE, part:NUMBER, certificate:ID or "
    "laboratory:NAME. Of several, each is answered alone, then all together.",
)
@click.option(
    "--certificates",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A table of certificates: certificate, laboratory, expires, and the part number or model it covers.",
)
@click.option(
    "--run",
    "run_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A run of `screen`: what is deployed, and where. Without INPUT its equipment is examined.",
)
@click.option(
    "--approved",
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="The folder of an approved list: which entries would fall, and which are left.",
)
@click.option(
    "--of",
    "only",
    metavar="KIND:VALUE",
    help="Only products of a maker (supplier:ID) or of a product line (product:BEGINNING-OF-MODEL).",
)
@click.option(
    "--on",
    type=Day(),
    help="The day on which ownership, certificates and the list are looked at (YYYY-MM-DD). Default: today.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    inputs: Inputs,
    bans: tuple[str, ...],
    certificates: tuple[Path, ...],
    run_folder: Path | None,
    approved: Path | None,
    only: str | None,
    on: date | None,
    as_json: bool,
) -> None:
    """Examine the supply chain of an inventory or a bill of materials.

    Who made what is in it, down to the parts of parts; where it comes from; what has a single source, and on
    what several products hang; what a ban of a supplier, country, part, certificate or laboratory would take
    of products, networks and listings, and what is left.
    """
    from clearband.assess.chain import (
        only_of,
        read_bans,
        shares_by,
        single_points,
        single_sources,
        suppliers,
    )
    from clearband.register import load_register
    from clearband.reports.supply_chain import Examined, content, lines

    if not inputs.names and run_folder is None:
        raise UsageError(
            "no INPUT", remedy="name a bill of materials or an inventory, or a run with --run DIR"
        )
    if not inputs.names and inputs.said():
        raise UsageError("options on how inputs are read do not go with --run alone", remedy="leave them out")
    register, day = load_register(), on or today()
    asked = read_bans(bans, register)
    work = _Work(register, day, certificates)
    bill = work.input(inputs) if inputs.names else None
    held = work.run(run_folder) if run_folder is not None else None
    chief = bill or held
    assert chief is not None
    chain = chief.chain if only is None else only_of(chief.chain, only, register, day)
    chief = _Held(chief.equipment, chain, chief.covers)
    answered = []
    if asked:
        replay = work.listed(approved)
        several = [asked] if len(asked) > 1 else []
        answered = [work.answer(some, chief, held, replay) for some in [*([one] for one in asked), *several]]
    found = Examined(
        on=day,
        chain=chain,
        suppliers=suppliers(chain),
        shares={by: shares_by(chain, by) for by in ("maker", "home", "made_in")},
        single=single_sources(chain),
        points=single_points(chain, chief.covers, day),
        answered=tuple(answered),
    )
    if as_json:
        click.echo(json.dumps(content(found), ensure_ascii=False, indent=2))
    else:
        for line in lines(found):
            click.echo(line)
    for doubt in work.doubts:
        click.echo(doubt, err=True)


@dataclass(frozen=True)
class _Held:
    """Equipment with verdicts, its chain, and the certificates that cover it."""

    equipment: pl.DataFrame
    chain: pl.DataFrame
    covers: pl.DataFrame


class _Work:
    """What is read once, and asked for each ban."""

    def __init__(self, register: Register, day: date, certificates: tuple[Path, ...]) -> None:
        self._register = register
        self._day = day
        self.doubts: list[str] = []
        self._tables = [
            self._identified(Inputs((str(one),), (), None, None, None, None)) for one in certificates
        ]

    def input(self, inputs: Inputs) -> _Held:
        return self._held(self._identified(inputs))

    def run(self, folder: Path) -> _Held:
        from clearband.reports.folder import read_run

        return self._held(read_run(folder).equipment)

    def listed(self, folder: Path | None) -> Replay | None:
        from clearband.listing.record import ListFolder

        return None if folder is None else ListFolder(folder).replayed()

    def answer(self, bans: list[Ban], chief: _Held, held: _Held | None, replay: Replay | None) -> Answered:
        from clearband.assess.chain import Reach, deployed, effects_of
        from clearband.listing.what_if import what_if
        from clearband.reports.supply_chain import Answered
        from clearband.screening.approved_list import ApprovedList
        from clearband.screening.fallen import records_that_lose

        reach = Reach(chief.chain, chief.covers, bans, self._register, self._day)
        said: dict[str, Any] = {}
        if held is not None:
            own = Reach(held.chain, held.covers, bans, self._register, self._day)
            said["deployed"] = deployed(own, reach, held.equipment)
        if replay is not None:
            said["fallen"] = fell = what_if(replay, reach, self._day)
            authority = replay.authority
            before = ApprovedList(
                authority.id, authority.title, self._day, fell.before, replay.count, replay.head
            )
            equipment = (held or chief).equipment
            said["records"] = records_that_lose(equipment, before, fell.certain, fell.possible)
        return Answered(effects_of(reach), **said)

    def _held(self, equipment: pl.DataFrame) -> _Held:
        from clearband.assess.chain import chain_of, covers_of

        chain = chain_of(equipment, equipment, self._register, self._day)
        return _Held(equipment, chain, covers_of(chain, equipment, self._tables))

    def _identified(self, inputs: Inputs) -> pl.DataFrame:
        """The equipment with its verdicts, which go before what the input says under the same name."""
        from clearband.identify import identify
        from clearband.reports.plain_text import visible

        inventory = inputs.read()
        # Of ids that stand twice nothing is said: a part in two products has a row for each.
        self.doubts += [
            f"{visible(table.where, 120)}: {visible(warning, 300)}"
            for table in inventory.tables
            for warning in table.warnings
            if warning.startswith("column ")
        ]
        equipment = inventory.equipment
        verdicts = identify(equipment, self._register, on=self._day)
        equipment = equipment.with_columns(category_stated="category")
        return equipment.with_columns(verdicts[name] for name in verdicts.columns if name != "record_id")
