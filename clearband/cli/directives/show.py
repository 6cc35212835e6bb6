"""``clearband directives show``: one measure, whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from clearband.cli.facts_option import facts_option, own_files
from clearband.reports.clause_words import definitions_used, duty_words, exception_words, whose_and_what
from clearband.reports.plain_text import visible


@click.command("show")
@click.argument("directive_id", metavar="ID")
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the whole file as compiled.")
def command(directive_id: str, facts: tuple[Path, ...], as_json: bool) -> None:
    """Show one measure: its dated life, its clauses, its sources and what is not verified."""
    from clearband.facts.store import compiled

    directives = {
        raw["id"]: raw for raw in [*compiled().read("directives"), *(file.raw for file in own_files(facts))]
    }
    if directive_id not in directives:
        raise unknown_measure(directive_id, list(directives))
    raw = directives[directive_id]
    if as_json:
        click.echo(json.dumps(raw, ensure_ascii=False, indent=2))
        return
    for line in _lines(raw, compiled().read("control_definitions")["definitions"]):
        click.echo(f"{' ' * (len(line) - len(line.lstrip(' ')))}{visible(line)}")


def _lines(raw: dict[str, Any], definitions: list[dict[str, Any]]) -> list[str]:
    lines = [
        raw["title"],
        f"  {raw['id']}: {raw['jurisdiction']}, {raw['kind']}, {raw['force']}; {raw['citation']}",
        *(["  a draft: it is no law, and is evaluated beside it"] if raw["status"] == "draft" else []),
        f"  issued by {raw['issuer']}",
        f"  actors    {', '.join(raw['actors'])}",
        f"  actions   {', '.join(raw['actions'])}",
        "timeline",
    ]
    for event in raw["timeline"]:
        known = f", known from {event['known_from']}" if "known_from" in event else ""
        note = f": {event['note']}" if "note" in event else ""
        mark = "" if event["verified"] else " [not verified]"
        lines.append(f"  {event['date']:<10} {event['event']}{known}{note}{mark}")
    if raw["evaluation"] == "pending":
        lines.append("clauses: not evaluated yet; where it may reach, the answer is review")
    for entry in raw.get("entries", ()):
        added = f" (added {entry['added']})" if "added" in entry else ""
        lines.append(f"  entry {entry['id']}{added}: {entry.get('says') or 'see ' + entry.get('see', '')}")
        lines += [f"    {line}" for line in whose_and_what(entry)]
    for clause in raw.get("clauses", ()):
        lines.append(f"clause {clause['id']} ({clause['cite']}) {clause['effect']}: {clause['says']}")
        lines.append(f"  {', '.join(clause['actors'])} / {', '.join(clause['actions'])}")
        if "ask_only_when_named" in clause:
            lines.append(f"  asked only of an actor that is named: {clause['ask_only_when_named']}")
        lines += [f"  {line}" for line in whose_and_what(clause)]
        lines += [f"  exception {exception_words(item)}" for item in clause.get("exceptions", ())]
        lines += [f"  duty: {duty_words(duty)}" for duty in clause.get("duties", ())]
    lines += map(_definition, definitions_used(raw, definitions))
    lines += [f"disputed: {text}" for text in raw.get("disputes", ())]
    lines += [f"not verified: {text}" for text in raw.get("unverified_parts", ())]
    lines += [
        f"source: {entry['title']}, {entry['citation_or_url']}: {entry['supports']}"
        for entry in raw["sources"]
    ]
    if not raw["verified"]:
        lines.append("This measure is not verified: it rests wholly or partly on general knowledge.")
    return lines


def _definition(entry: dict[str, Any]) -> str:
    mark = "" if entry["verified"] else " [not verified]"
    return f"subsidiary or affiliate by {entry['cite']}: {entry['says']}{mark}"


def unknown_measure(directive_id: str, known: list[str]) -> Exception:
    """The error for an id that no measure has; names the nearest."""
    from clearband.directives.vocabulary import nearest
    from clearband.errors import UsageError

    remedy = nearest(directive_id, known) or "clearband directives list shows all"
    return UsageError(f'"{directive_id}" is no measure', remedy=remedy)
