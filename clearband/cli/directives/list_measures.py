"""``clearband directives list``: every measure, or the words questions are asked in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from clearband.cli.facts_option import facts_option, own_files
from clearband.reports.plain_text import visible


@click.command("list")
@click.option("--vocabulary", is_flag=True, help="Show the words questions are asked in instead.")
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(vocabulary: bool, facts: tuple[Path, ...], as_json: bool) -> None:
    """List every measure, or the vocabulary of actors, actions, purposes, approvals and equipment."""
    from clearband.facts.store import compiled

    packaged = compiled()
    own = [file.raw for file in own_files(facts)]
    if vocabulary:
        found = _vocabulary(packaged.read("vocabulary"), packaged.read("equipment"), own)
    else:
        every = _sorted([*packaged.read("directives"), *({**raw, "own": True} for raw in own)])
        found = {"directives": [_short(raw) for raw in every]}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for name, entries in found.items():
        if vocabulary:
            click.echo(f"{name}:")
        for entry in entries:
            click.echo(_entry(entry) if vocabulary else visible(_row(entry)))


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
        "status",
        "citation",
        "evaluation",
        "verified",
    )
    return {**{key: raw[key] for key in keys}, "own": raw.get("own", False)}


def _row(entry: dict[str, Any]) -> str:
    from clearband.reports.plain_text import OWN

    marks = [OWN] if entry["own"] else []
    marks += ["draft"] if entry["status"] == "draft" else []
    marks += [entry["force"]] + ([] if entry["verified"] else ["not verified"])
    if entry["evaluation"] == "pending":
        marks.append("clauses not evaluated yet")
    return f"{entry['jurisdiction']:<4} {entry['id']:<44} {entry['short_title']} ({', '.join(marks)})"


def _vocabulary(
    vocabulary: dict[str, Any], equipment: dict[str, Any], own: list[dict[str, Any]]
) -> dict[str, Any]:
    from clearband.directives.own_words import own_words

    declared = own_words(own, vocabulary)
    return {
        **{
            name: [*vocabulary[name], *declared.get(name, ())]
            for name in ("actors", "actions", "purposes", "approvals")
        },
        "equipment_categories": [
            {"id": entry["id"], "title": entry["title"], "words": entry.get("words", [])}
            for entry in equipment["categories"]
        ],
        "equipment_classes": [{"id": entry["id"], "title": entry["title"]} for entry in equipment["classes"]],
    }


def _entry(entry: dict[str, Any]) -> str:
    wider = f" (also {', '.join(entry['is'])})" if entry.get("is") else ""
    return f"  {entry['id']:<34} {entry['title']}{wider}"
