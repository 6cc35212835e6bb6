"""``clearband match``: names against any list of organisations."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from clearband.errors import ExitStatus, MissingExtraError, OutputError, UsageError, install_extra
from clearband.sources.input_bytes import STDIN
from clearband.sources.names.options import LIST_FORMS, QUERY_FORMS, NameOptions

if TYPE_CHECKING:
    from clearband.matching.matcher import Matcher
    from clearband.sources.names import ListedNames

_REGISTER: Final = "register"


@click.command("match")
@click.argument("queries", metavar="QUERIES")
@click.option(
    "--against",
    required=True,
    metavar="LIST",
    help='The list: a file, or "register" for the organisations that Clearband itself knows.',
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .parquet, .jsonl or .csv file. Default: JSON Lines on standard output.",
)
@click.option(
    "--limit", type=click.IntRange(1, 10), default=10, show_default=True, help="Most organisations a name."
)
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Least score of a match. Default: that of the model, at which wrong and missed matches balance.",
)
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also write what is below the threshold, and names without any candidate.",
)
@click.option(
    "--explain",
    "features",
    is_flag=True,
    help="Also write what was seen of each pair and how it moved the score (slow).",
)
@click.option(
    "--format", "form", type=click.Choice(QUERY_FORMS), help="How QUERIES is read. Default: by its content."
)
@click.option("--name-column", metavar="COLUMN", help="The column of QUERIES with the names.")
@click.option(
    "--id-column", metavar="COLUMN", help="The column of QUERIES with ids. Without any: the row's number."
)
@click.option(
    "--list-format", type=click.Choice(LIST_FORMS), help="How LIST is read. Default: by its content."
)
@click.option("--list-name-column", metavar="COLUMN", help="The column of LIST with the names.")
@click.option(
    "--list-id-column",
    metavar="COLUMN",
    help="The column of LIST with the organisations' ids; without any each row is one.",
)
@click.option("--encoding", help="Character encoding of text inputs, instead of the detected one.")
@click.option("--delimiter", help="Column separator of text inputs, instead of the detected one.")
@click.option(
    "--fail-on",
    type=click.Choice(["match", "possible"]),
    help="Exit with status 1 when a name matches, or may.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON; needs --out.")
def command(
    queries: str,
    against: str,
    out: Path | None,
    limit: int,
    threshold: float | None,
    everything: bool,
    features: bool,
    form: str | None,
    name_column: str | None,
    id_column: str | None,
    list_format: str | None,
    list_name_column: str | None,
    list_id_column: str | None,
    encoding: str | None,
    delimiter: str | None,
    fail_on: str | None,
    as_json: bool,
) -> int:
    """Hold names against any list of organisations: which may be meant, how surely, and why.

    QUERIES and LIST are CSV, Excel, Parquet, JSON or JSON Lines tables, or text with one name a line; - is
    standard input. LIST may also be a file of entities of OpenSanctions or the Consolidated Screening List
    of the United States, of which persons and ships are left out.
    """
    from clearband.reports.matches import FORMS, summary_lines, write_matches

    if out is not None and out.suffix not in FORMS:
        raise UsageError(
            f'"{out.suffix}" is not a form of output', where="--out", remedy=f"use {', '.join(FORMS)}"
        )
    if as_json and out is None:
        raise UsageError("--json prints the summary, and the matches need a place", remedy="add --out FILE")
    if queries == against == STDIN:
        raise UsageError("both QUERIES and --against are standard input", remedy="name a file for one")
    if out is not None and out.resolve() in {
        Path(name).resolve() for name in (queries, against) if name != STDIN
    }:
        raise OutputError("it is an input", where=str(out), remedy="name another file")
    _require_extra()
    from clearband.matching.answers import Asking, answers
    from clearband.sources.names import read_asked

    begun = time.perf_counter()
    asked = read_asked(queries, NameOptions(form, name_column, id_column, encoding, delimiter))
    listed = _list(against, NameOptions(list_format, list_name_column, list_id_column, encoding, delimiter))
    _say_when_compiling()
    matcher = _indexed(listed)
    indexed = time.perf_counter()
    least = matcher.threshold if threshold is None else threshold
    rows, counts = answers(asked.table, matcher, Asking(limit, least, everything, features))
    matched = time.perf_counter()
    if out is None:
        rows.write_ndjson(sys.stdout.buffer)
    else:
        write_matches(rows, out)
    summary: dict[str, Any] = {
        "schema": "https://clearband.dev/schema/match-summary-1.json",
        "counts": counts.as_json(),
        "threshold": least,
        "list": {"form": listed.form, "left_out": listed.left_out, "blank": listed.blank},
        "read": {"queries": asdict(asked.taken), "list": asdict(listed.taken)},
        "seconds": {
            "read_and_index": round(indexed - begun, 3),
            "match": round(matched - indexed, 3),
            "all": round(time.perf_counter() - begun, 3),
        },
        "warnings": [*asked.warnings, *listed.warnings],
    }
    for line in () if as_json else summary_lines(summary):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False, indent=2))
    met = counts.matched > 0 or (fail_on == "possible" and counts.possible > 0)
    return ExitStatus.FAIL_ON_MET if fail_on and met else ExitStatus.DONE


def _require_extra() -> None:
    try:
        import numba  # noqa: F401
    except ImportError:
        raise MissingExtraError(
            "matching names against a list needs Numba, which is not installed",
            where="clearband match",
            remedy=install_extra("match"),
        ) from None


def _say_when_compiling() -> None:
    """Tell a person who waits why the run takes long: the first one, or each where nothing can be kept."""
    from clearband.matching.jit import kept_in
    from clearband.matching.tables import row_of

    if not sys.stderr.isatty():
        return
    kept = kept_in(row_of)
    if kept is None:
        click.echo(
            "Compiling for this machine, at each run: half a minute or more. "
            "Set NUMBA_CACHE_DIR to a folder that can be written, and once is enough.",
            err=True,
        )
    elif not any(kept.glob("*.nbi")):
        click.echo("Compiling for this machine, once: half a minute or more.", err=True)


def _list(against: str, options: NameOptions) -> ListedNames:
    from clearband.sources.names import ListedNames, Taken, read_listed

    if against != _REGISTER:
        return read_listed(against, options)
    from clearband.register.name_table import name_table
    from clearband.register.register import load_register

    return ListedNames(name_table(load_register()), Taken(_REGISTER, _REGISTER))


def _indexed(listed: ListedNames) -> Matcher:
    from clearband.matching.background import at_large
    from clearband.matching.matcher import Matcher

    return Matcher.of(listed.table["name"], listed.table["entity_id"], at_large())
