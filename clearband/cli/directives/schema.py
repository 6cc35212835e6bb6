"""``clearband directives schema``: the JSON Schema that lets an editor complete and check directive files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from clearband.cli.facts_option import facts_option, own_files
from clearband.reports.whole_file import whole_file


@click.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it to this file. Default: standard output.",
)
@facts_option
def command(out: Path | None, facts: tuple[Path, ...]) -> None:
    """Print the JSON Schema of a directive file, with every word of the vocabulary and help on every key.

    With `--facts`, the words that those files declare are in it, too.

    An editor with a YAML language server reads it where a file begins with
    `# yaml-language-server: $schema=directive.schema.json`.
    """
    from clearband.directives.editor_schema import editor_schema
    from clearband.facts.store import compiled
    from clearband.register.register import load_register

    own = [file.raw for file in own_files(facts)]
    text = json.dumps(editor_schema(compiled(), load_register(), own), ensure_ascii=False, indent=1)
    if out is None:
        click.echo(text)
        return
    with whole_file(out) as staged:
        staged.write_text(f"{text}\n", encoding="utf-8")
