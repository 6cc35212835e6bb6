"""``clearband criteria export``: the catalogue and a profile as OSCAL, held to NIST's schema."""

from __future__ import annotations

from pathlib import Path

import click

from clearband.cli.criteria.choosing import DEFAULT, chosen_profile
from clearband.errors import OutputError
from clearband.reports.whole_file import whole_file


@click.command("export")
@click.option(
    "--profile", "word", default=DEFAULT, show_default=True, metavar="PROFILE", help="Which profile."
)
@click.option(
    "--out",
    "out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for catalog.json and profile.json.",
)
def command(word: str, out: Path) -> None:
    """Write catalog.json and profile.json (OSCAL 1.2.3), checked against NIST's JSON Schema."""
    from clearband.assess.catalogue import catalogue
    from clearband.reports.oscal.catalog import LOST_OF_CATALOG, LOST_OF_PROFILE, catalog, profile
    from clearband.reports.oscal.check import held_to_schema
    from clearband.reports.oscal.parts import as_text

    held, chosen = catalogue(), chosen_profile(word)
    made = {
        "catalog.json": held_to_schema(catalog(held)),
        "profile.json": held_to_schema(profile(chosen, held)),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(error.strerror or "cannot be made", where=str(out)) from None
    for name, content in made.items():
        with whole_file(out / name) as staged:
            staged.write_text(as_text(content), encoding="utf-8")
        click.echo(f"{out / name}: valid OSCAL")
    for lost in (*LOST_OF_CATALOG, *LOST_OF_PROFILE):
        click.echo(f"not carried by OSCAL: {lost}")
