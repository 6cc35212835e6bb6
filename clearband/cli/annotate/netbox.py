"""``clearband annotate netbox``: the findings of a run at the devices and parts of a NetBox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from clearband.cli.netbox_options import Contact, contact_options
from clearband.cli.telling import progress, say
from clearband.errors import ExitStatus, InputError

if TYPE_CHECKING:
    from clearband.discover.netbox.changes import Plan

_ANSWERS: Final = ("prohibited", "unidentified", "review", "exempt", "not-yet", "advised-against")
_SHOWN: Final = 20


@click.command("netbox")
@contact_options
@click.argument("run", metavar="RUN", type=click.Path(path_type=Path))
@click.option(
    "--answer",
    "answers",
    multiple=True,
    type=click.Choice(_ANSWERS),
    default=("prohibited", "not-yet", "review"),
    show_default=True,
    help="Mark records with this answer.",
)
@click.option("--write", is_flag=True, help="Make the changes; without it they are only told.")
@click.option("--all", "everything", is_flag=True, help=f"Tell all changes, not only the first {_SHOWN}.")
def command(contact: Contact, run: Path, answers: tuple[str, ...], write: bool, everything: bool) -> int:
    """Mark the devices, modules and inventory items of a NetBox with the findings of RUN.

    RUN is the folder that screen --out wrote, of an inventory that discover netbox read. Each record with a
    finding gets the tag clearband-ANSWER and the finding in the custom field clearband_finding; where there
    is none any more, both are taken away. Other tags and fields are not touched.
    """
    import polars as pl

    from clearband.discover.netbox.api import version_of
    from clearband.discover.netbox.changes import plan_of
    from clearband.discover.netbox.remarks import remarks_of
    from clearband.discover.netbox.write_back import write_back
    from clearband.reports.folder import read_run

    earlier = read_run(run)
    try:
        findings = pl.read_parquet(run / "findings.parquet", glob=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(f"cannot be read: {error}", where=str(run), remedy="screen again") from None
    web = contact.web()
    try:
        version_of(web)
        remarks = remarks_of(earlier.equipment, findings, web.address.shown, answers, earlier.record)
        with progress("objects compared") as told:
            plan = plan_of(web, remarks, contact.page_size, told)
        for line in _lines(plan, None if everything else _SHOWN):
            click.echo(line)
        if not write:
            click.echo(f"{_counts(plan)}; nothing was written (--write does)")
            return ExitStatus.DONE
        with progress("objects written") as told:
            failed = write_back(web, plan, told)
    finally:
        web.close()
    for change, why in failed:
        say(f"{change.listed.name} {change.number} ({change.name}): not written: {why}")
    done = len(plan.changes) - len(failed)
    click.echo(f"{done} written, {len(failed)} failed, {plan.same} were as they should be")
    return ExitStatus.PARTLY_DONE if failed else ExitStatus.DONE


def _lines(plan: Plan, most: int | None) -> list[str]:
    from clearband.discover.netbox.changes import FIELD, slug_of

    lines = [f"new tag {slug_of(answer)}" for answer in plan.tags]
    if plan.field:
        lines.append(
            f"{'new ' if plan.field_id is None else 'more kinds of objects for the '}custom field {FIELD}"
        )
    lines += [change.line for change in plan.changes[:most]]
    if most is not None and len(plan.changes) > most:
        lines.append(f"... and {len(plan.changes) - most} more (--all)")
    lines += [f"{one.listed.name} {one.number}: not in this NetBox any more" for one in plan.gone[:most]]
    return lines


def _counts(plan: Plan) -> str:
    return f"{len(plan.changes)} to change, {plan.same} as they should be, {len(plan.gone)} gone"
