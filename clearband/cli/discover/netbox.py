"""``clearband discover netbox``: the devices and parts of a NetBox as an inventory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clearband.cli.discover.records_file import out_option, require_place, write_records
from clearband.cli.netbox_options import Contact, contact_options
from clearband.cli.telling import progress, say
from clearband.errors import InterruptedRunError

if TYPE_CHECKING:
    from clearband.discover.netbox.snapshot import Snapshot
    from clearband.discover.netbox.work_file import WorkFile


@click.command("netbox")
@contact_options
@out_option
@click.option("--site", multiple=True, metavar="SLUG", help="Only devices of this site.")
@click.option("--region", multiple=True, metavar="SLUG", help="Only devices of this region or one in it.")
@click.option("--role", multiple=True, metavar="SLUG", help="Only devices of this role.")
@click.option("--tenant", multiple=True, metavar="SLUG", help="Only devices of this tenant.")
@click.option("--manufacturer", multiple=True, metavar="SLUG", help="Only devices of this manufacturer.")
@click.option("--tag", multiple=True, metavar="SLUG", help="Only devices with this tag; with all of several.")
@click.option("--status", multiple=True, metavar="STATUS", help="Only devices of this status: active ...")
@click.option("--resume", is_flag=True, help="Go on where an interrupted reading to the same FILE stopped.")
def command(contact: Contact, out: Path, resume: bool, **filters: tuple[str, ...]) -> None:
    """Read the devices, modules and inventory items that a NetBox (4.0 or newer) knows.

    The file that is written is an inventory for screen and identify. Nothing is changed in NetBox.
    """
    from clearband.discover.netbox.api import version_of
    from clearband.discover.netbox.filters import Filters
    from clearband.discover.netbox.read import Reading
    from clearband.discover.netbox.records import all_records
    from clearband.discover.netbox.work_file import WorkFile

    require_place(out)
    chosen = Filters(**filters)
    web, begun = contact.web(), time.monotonic()
    try:
        version = version_of(web)
        about = {"url": web.address.shown, "version": list(version), "filters": chosen.as_json()}
        work = WorkFile(out.with_name(f"{out.name}.reading"), about, resume=resume)
        if work.holds_pages:
            say(f"going on with what was read since {work.begun}")
        with _kept(work, out), progress("objects read") as told:
            snapshot = Reading(web, version, chosen, contact.page_size, work, told).snapshot()
            write_records(all_records(snapshot), out)
            work.remove()
    finally:
        web.close()
    click.echo(_summary(snapshot, web.requests, time.monotonic() - begun, out))


@contextmanager
def _kept(work: WorkFile, out: Path) -> Iterator[None]:
    """Tell whoever is stopped on the way that the pages read so far are kept."""
    from clearband.discover.failures import ServiceError

    try:
        yield
    except KeyboardInterrupt:
        work.close()
        raise InterruptedRunError(
            "interrupted", where=str(out), remedy="go on by the same command with --resume"
        ) from None
    except ServiceError as error:
        if work.holds_pages:
            error.remedy += "; what was read is kept: go on by the same command with --resume"
        work.close()
        raise
    except BaseException:
        work.close()
        raise


def _summary(snapshot: Snapshot, requests: int, seconds: float, out: Path) -> str:
    from clearband.discover.netbox.lists import DEVICES, ITEMS, MODULES

    counts = [f"{len(snapshot.lists[one.name])} {one.name}" for one in (DEVICES, MODULES, ITEMS)]
    version = ".".join(map(str, snapshot.version))
    return f"{', '.join(counts)} of NetBox {version} in {out} ({requests} requests, {seconds:.1f} s)"
