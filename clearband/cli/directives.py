"""``clearband directives``: list and show the measures, and the words questions are asked in."""

from __future__ import annotations

import json
from typing import Any

import click


@click.group("directives")
def command() -> None:
    """The measures: statutes, orders, rules, designations, directions and guidance."""


@command.command("list")
@click.option("--vocabulary", is_flag=True, help="Show the words questions are asked in instead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_measures(vocabulary: bool, as_json: bool) -> None:
    """List every measure, or the vocabulary of actors, actions, purposes, approvals and equipment."""
    from clearband.facts.store import compiled

    facts = compiled()
    found = _vocabulary(facts.read("vocabulary"), facts.read("equipment")) if vocabulary else None
    if found is None:
        found = {"directives": [_short(raw) for raw in _sorted(facts.read("directives"))]}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, entries in found.items():
        if vocabulary:
            click.echo(f"{name}:")
        for entry in entries:
            click.echo(_entry(entry) if vocabulary else _row(entry))


@command.command("show")
@click.argument("directive_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: the whole file as compiled.")
def show(directive_id: str, as_json: bool) -> None:
    """Show one measure: its dated life, its clauses, its sources and what is not verified."""
    from clearband.facts.store import compiled

    directives = {raw["id"]: raw for raw in compiled().read("directives")}
    if directive_id not in directives:
        raise _unknown(directive_id, list(directives))
    raw = directives[directive_id]
    if as_json:
        click.echo(json.dumps(raw, ensure_ascii=False, indent=2))
        return
    for line in _lines(raw):
        click.echo(line)


def _unknown(directive_id: str, known: list[str]) -> Exception:
    from clearband.directives.vocabulary import nearest
    from clearband.errors import UsageError

    remedy = nearest(directive_id, known) or "clearband directives list shows all"
    return UsageError(f'"{directive_id}" is no measure', remedy=remedy)


def _sorted(directives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(directives, key=lambda raw: (raw["jurisdiction"], raw["id"]))


def _short(raw: dict[str, Any]) -> dict[str, Any]:
    keys = (
        "id",
        "short_title",
        "title",
        "jurisdiction",
        "kind",
        "force",
        "citation",
        "evaluation",
        "verified",
    )
    return {key: raw[key] for key in keys}


def _row(entry: dict[str, Any]) -> str:
    marks = [entry["force"]] + ([] if entry["verified"] else ["not verified"])
    if entry["evaluation"] == "pending":
        marks.append("clauses not evaluated yet")
    return f"{entry['jurisdiction']:<4} {entry['id']:<44} {entry['short_title']} ({', '.join(marks)})"


def _vocabulary(vocabulary: dict[str, Any], equipment: dict[str, Any]) -> dict[str, Any]:
    return {
        "actors": vocabulary["actors"],
        "actions": vocabulary["actions"],
        "purposes": vocabulary["purposes"],
        "approvals": vocabulary["approvals"],
        "equipment_categories": [
            {"id": entry["id"], "title": entry["title"], "words": entry.get("words", [])}
            for entry in equipment["categories"]
        ],
        "equipment_classes": [{"id": entry["id"], "title": entry["title"]} for entry in equipment["classes"]],
    }


def _entry(entry: dict[str, Any]) -> str:
    wider = f" (also {', '.join(entry['is'])})" if entry.get("is") else ""
    return f"  {entry['id']:<34} {entry['title']}{wider}"


def _lines(raw: dict[str, Any]) -> list[str]:
    lines = [
        raw["title"],
        f"  {raw['id']}: {raw['jurisdiction']}, {raw['kind']}, {raw['force']}; {raw['citation']}",
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
    for clause in raw.get("clauses", ()):
        lines.append(f"clause {clause['id']} ({clause['cite']}) {clause['effect']}: {clause['says']}")
        lines.append(f"  {', '.join(clause['actors'])} / {', '.join(clause['actions'])}")
        if "ask_only_when_named" in clause:
            lines.append(f"  asked only of an actor that is named: {clause['ask_only_when_named']}")
        lines += [f"  exception: {item['text']}" for item in clause.get("exceptions", ())]
        lines += [f"  duty: {text}" for text in clause.get("duties", ())]
    lines += [f"disputed: {text}" for text in raw.get("disputes", ())]
    lines += [f"not verified: {text}" for text in raw.get("unverified_parts", ())]
    lines += [
        f"source: {entry['title']}, {entry['citation_or_url']}: {entry['supports']}"
        for entry in raw["sources"]
    ]
    if not raw["verified"]:
        lines.append("This measure is not verified: it rests wholly or partly on general knowledge.")
    return lines
