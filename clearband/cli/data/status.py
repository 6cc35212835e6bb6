"""``clearband data status``: the version, date and known gaps of the packaged facts."""

from __future__ import annotations

import json

import click

from clearband.facts.kinds import KINDS
from clearband.facts.store import compiled


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(as_json: bool) -> None:
    """Say which facts answers rest on: version, sources and counts."""
    facts = compiled()
    manifest = facts.read("manifest")
    sources = facts.read("sources")
    organisations = [entry for file in facts.read("organisations") for entry in file["organisations"]]
    value = {
        "facts_sha256": manifest["content_sha256"],
        "files": manifest["files"],
        "as_of": sources["as_of"],
        "organisations": len(organisations),
        "directives": len(facts.read("directives")),
        "ieee_registrants": len(facts.read("mac_blocks")["registrants"]),
        "kinds": [kind.name for kind in KINDS],
        "known_gaps": sources.get("known_gaps", []),
    }
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    click.echo(
        f"facts {value['facts_sha256'][:16]} as of {value['as_of']}: {value['organisations']} organisations, "
        f"{value['directives']} measures, {value['ieee_registrants']:,} IEEE registrants, "
        f"from {value['files']} files"
    )
    click.echo("Known gaps:")
    for gap in value["known_gaps"]:
        click.echo(f"  - {gap}")
