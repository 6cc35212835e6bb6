"""``clearband discover device-output``: what devices print as an inventory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.cli.discover.records_file import out_option, require_place, write_records
from clearband.errors import ExitStatus, OutputError, UsageError

if TYPE_CHECKING:
    from clearband.discover.device_output.read import DeviceOutputs

_SHOWN: Final = 20
"""So many warnings are shown; the rest is counted, unless all are asked for."""


@click.command("device-output")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@out_option
@click.option(
    "--platform",
    metavar="PLATFORM",
    help="The platform of all outputs, in the words of ntc-templates: huawei_vrp, cisco_ios ...",
)
@click.option("--neighbors", is_flag=True, help="Also a record for each neighbour that devices see (LLDP).")
@click.option("--all-warnings", is_flag=True, help=f"Every warning, not only the first {_SHOWN}.")
@click.pass_context
def command(
    context: click.Context,
    inputs: tuple[str, ...],
    out: Path,
    platform: str | None,
    neighbors: bool,
    all_warnings: bool,
) -> None:
    """Read what devices printed: show inventory, show version, display device ...

    INPUT is a file with the output of a device, or a directory of them. The file that is written is an
    inventory for screen and identify.
    """
    from clearband.discover.device_output.commands import PLATFORMS
    from clearband.discover.device_output.read import read_device_outputs
    from clearband.discover.device_output.templates import require_templates

    require_templates()
    if platform is not None and platform not in PLATFORMS:
        raise UsageError(f'unknown platform "{platform}"', remedy=f"one of {', '.join(PLATFORMS)}")
    require_place(out)
    if any(Path(one).is_dir() and out.resolve().is_relative_to(Path(one).resolve()) for one in inputs):
        raise OutputError("in a directory that is read", where=str(out), remedy="write it elsewhere")
    read = read_device_outputs(inputs, platform=platform)
    counts = _write(read, out, neighbors=neighbors)
    _tell(read, all_warnings=all_warnings)
    click.echo(
        f"{counts['devices']} devices, {counts['parts']} parts"
        + (f", {counts['neighbors']} neighbours" if neighbors else "")
        + f" from {read.files} files in {out}"
        f" ({read.parsed.total()} outputs read, {read.unparsed.total()} not)"
    )
    if read.unusable:
        context.exit(ExitStatus.PARTLY_DONE)


def _write(read: DeviceOutputs, out: Path, *, neighbors: bool) -> Counter[str]:
    from clearband.discover.device_output.devices import neighbor_records

    counts: Counter[str] = Counter()

    def records() -> Iterator[dict[str, Any]]:
        for device in read.devices:
            for record in device.records():
                counts["parts" if "parent_id" in record else "devices"] += 1
                yield record
        if neighbors:
            for record in neighbor_records(read.devices):
                counts["neighbors"] += 1
                yield record

    write_records(records(), out)
    return counts


def _tell(read: DeviceOutputs, *, all_warnings: bool) -> None:
    for line in read.unusable:
        click.echo(f"clearband: not read: {line}", err=True)
    shown = read.warnings if all_warnings else read.warnings[:_SHOWN]
    for line in shown:
        click.echo(f"clearband: warning: {line}", err=True)
    if len(read.warnings) > len(shown):
        click.echo(
            f"clearband: {len(read.warnings) - len(shown)} more warnings; see them with --all-warnings",
            err=True,
        )
    if read.passed_over:
        most = ", ".join(f"{command} ({count})" for command, count in read.passed_over.most_common(5))
        click.echo(f"clearband: passed over, as they do not list hardware: {most}", err=True)
