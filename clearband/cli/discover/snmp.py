"""``clearband discover snmp``: what devices say of themselves as an inventory."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.discover.records_file import out_option, require_place, write_records
from clearband.cli.telling import progress, say
from clearband.errors import ExitStatus, InputError

if TYPE_CHECKING:
    from clearband.discover.snmp.sweep import Swept
    from clearband.discover.snmp.targets import Targets

_SHOWN: Final = 20
"""So many devices that did not answer in full are named; the rest is counted, unless all are asked for."""
_CAUSES: Final = 3
"""So many causes are told of a device; the record has all."""


@click.command("snmp")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@out_option
@click.option(
    "--targets-file", type=click.Path(path_type=Path), metavar="FILE", help="More targets, one a line."
)
@click.option(
    "--community-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Communities of SNMPv2c, one a line. Default: the environment variable CLEARBAND_SNMP_COMMUNITY.",
)
@click.option(
    "--user-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Users of SNMPv3, as YAML. Default: the environment variable CLEARBAND_SNMP_USERS.",
)
@click.option("--neighbors", is_flag=True, help="Also a record for each neighbour (LLDP) that was not read.")
@click.option(
    "--rate",
    type=click.FloatRange(0.1, 100_000),
    default=1000.0,
    show_default=True,
    metavar="N",
    help="Most requests a second, over all devices.",
)
@click.option(
    "--at-once",
    type=click.IntRange(1, 5_000),
    default=100,
    show_default=True,
    metavar="N",
    help="Most devices that are asked at a time.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.05, 60),
    default=2.0,
    show_default=True,
    metavar="SECONDS",
    help="How long an answer is waited for.",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 10),
    default=2,
    show_default=True,
    metavar="N",
    help="How often an unanswered request is made again.",
)
@click.option(
    "--device-seconds",
    type=click.FloatRange(0.1, 3600),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one device may let wait in all.",
)
@click.option(
    "--max-addresses",
    type=click.IntRange(1),
    default=65_536,
    show_default=True,
    metavar="N",
    help="Refuse to ask more addresses than this.",
)
@click.option(
    "--all-warnings", is_flag=True, help=f"Every device without a full answer, not only the first {_SHOWN}."
)
@click.pass_context
def command(context: click.Context, /, targets: tuple[str, ...], out: Path, **given: Any) -> None:
    """Ask devices over SNMP (v2c, v3) what they are and what is in them.

    TARGET is an address, a host name, a net (192.0.2.0/24) or a range (192.0.2.1-20), with :PORT where it is
    not 161. Nobody else is asked. The file that is written is an inventory for screen and identify.
    """
    from clearband.discover.snmp.aes import require_aes
    from clearband.discover.snmp.credentials import read_credentials
    from clearband.discover.snmp.limits import Limits
    from clearband.discover.snmp.sweep import sweep
    from clearband.discover.snmp.targets import read_targets
    from clearband.discover.snmp.usm import User

    require_place(out)
    named = read_targets(targets, given["targets_file"], given["max_addresses"])
    credentials = read_credentials(given["community_file"], given["user_file"])
    for warning in credentials.warnings:
        say(f"warning: {warning}")
    if any(isinstance(one, User) and one.priv for one in credentials.tried):
        require_aes()
    limits = Limits(
        **{name: given[name] for name in ("timeout", "retries", "device_seconds", "rate", "at_once")}
    )
    begun = time.monotonic()
    with progress(f"of {len(named.targets)} addresses asked") as told:
        swept = sweep(named.targets, credentials.tried, limits, told)
    counts = _write(swept, out, neighbors=given["neighbors"])
    _tell(swept, named, all_warnings=given["all_warnings"])
    click.echo(_table(swept))
    click.echo(
        f"{counts['devices']} devices, {counts['parts']} parts"
        + (f", {counts['neighbors']} neighbours" if given["neighbors"] else "")
        + f" in {out} ({swept.requests} requests, {time.monotonic() - begun:.1f} s)"
    )
    if counts["not read"] and not given["neighbors"]:
        say(
            f"{counts['not read']} neighbours were seen (LLDP) and not read; "
            "--neighbors writes a record for each"
        )
    if named.unknown or any(one.state != "answered" for one in swept.outcomes):
        context.exit(ExitStatus.PARTLY_DONE)


def _write(swept: Swept, out: Path, *, neighbors: bool) -> Counter[str]:
    from clearband.discover.snmp.found import records_of
    from clearband.snmp.neighbors import neighbors_not_read

    devices = list(records_of(swept.outcomes))
    if not devices:
        raise InputError(
            f"none of {swept.counts.total()} addresses answered",
            where=str(out),
            remedy="check the addresses, the way there, and the community: a wrong one gets no answer",
        )
    counts: Counter[str] = Counter(devices=len(devices), parts=sum(len(one) - 1 for one in devices))
    missing = neighbors_not_read(one[0] for one in devices)
    counts["not read"] = len(missing)
    records = [record for device in devices for record in device]
    if neighbors:
        records += missing
        counts["neighbors"] = len(missing)
    write_records(records, out)
    return counts


def _tell(swept: Swept, named: Targets, *, all_warnings: bool) -> None:
    for name in named.unknown:
        say(f"{name}: the host is not known")
    told = [one for one in swept.outcomes if one.state != "answered"]
    shown = told if all_warnings else told[:_SHOWN]
    for one in shown:
        why = one.why.split("; ")
        more = f"; {len(why) - _CAUSES} more, see x_missing" if len(why) > _CAUSES else ""
        say(f"{one.target.shown}: {one.state}: {'; '.join(why[:_CAUSES])}{more}")
    if len(told) > len(shown):
        say(f"{len(told) - len(shown)} more without a full answer; see them with --all-warnings")


def _table(swept: Swept) -> str:
    from clearband.discover.snmp.sweep import STATES

    notes = {
        "refused": "somebody is there and does not accept the user",
        "silent": 'no answer is not "no device"',
        "closed": "nothing listens at the port",
    }
    rows = [(state, count) for state in STATES if (count := swept.counts[state]) or state == STATES[0]]
    width = max(len(str(count)) for _, count in rows)
    return "\n".join(
        f"{state:<11}{count:>{width}}" + (f"  ({notes[state]})" if count and state in notes else "")
        for state, count in rows
    )
