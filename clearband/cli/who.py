"""``clearband who``: look one thing up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from clearband.cli.dates import Day, today
from clearband.cli.enterprise_option import enterprise_option, register_with

_SHOWN = 6
"""Organisations held that are named; the others are counted."""


@click.command("who")
@click.argument("texts", nargs=-1, required=True, metavar="TEXT|MAC|OID|FCC-ID...")
@click.option("--on", type=Day(), help="The day the question is about (YYYY-MM-DD). Default: today.")
@click.option("--known-on", type=Day(), help="Use only what was known on this day.")
@enterprise_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
def command(
    texts: tuple[str, ...],
    on: date | None,
    known_on: date | None,
    enterprise_numbers: Path | None,
    as_json: bool,
) -> None:
    """Say who this is, who controls it, on which lists it stands, and which measures name it.

    TEXT is a name in any spelling or script, a MAC address, an SNMP sysObjectID or an FCC ID.
    """
    from clearband.directives.law import load_law
    from clearband.screening.lookup import look_up

    (register, _), law = register_with(enterprise_numbers), load_law()
    for number, text in enumerate(texts):
        answer = look_up(text, register, law, on=on or today(), known_on=known_on)
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
            continue
        if number:
            click.echo("")
        for line in _lines(answer):
            click.echo(line)


def _lines(answer: dict[str, Any]) -> list[str]:
    how, card = answer["how"], answer.get("organisation")
    head = f"{_plain(answer['query'])}: {card['name'] if card else how.get('registrant') or 'not known'}"
    lines = [head, f"  found by   {_how(how)}"]
    if not card:
        return [
            *lines,
            "  This is not clearance: an unknown maker can still be owned by, or buy from, a covered one.",
        ]
    country = f"{card['country'] or 'country not known'}{_mark(card['country_verified'])}"
    return [
        *lines,
        f"  register   {card['id']} ({card['group']}), {country}",
        *_control(card),
        *map(_listed, card["lists"]),
        *map(_measure, card["measures"]),
        *(line for event in card["events"] for line in _event(event)),
        *(f"  note       {note}" for note in card["notes"]),
    ]


def _control(card: dict[str, Any]) -> list[str]:
    beside = [path for path in card["control"] if path["links"][-1]["owner"] != path["to"]]
    lines = [
        f"  control    {path['relation']} of {path['to']}: {_chain(path)}{_mark(path['verified'])}"
        for path in card["control"]
        if path not in beside
    ]
    if beside:
        lines.append(f"  beside     {_some(path['to'] for path in beside)} (under one owner)")
    lines += [
        f"  held       {share['share']} by {share['id']} ({_holding(share)})" for share in card["held_by"]
    ]
    if card["holds_total"]:
        lines.append(f"  parent of  {_some((e['id'] for e in card['holds']), card['holds_total'])}")
    lines += [
        f"  holds      {share['share']} of {share['id']} ({_holding(share)})" for share in card["shares"]
    ]
    return lines


def _some(ids: Iterable[str], total: int | None = None) -> str:
    named = list(ids)
    more = (total or len(named)) - _SHOWN
    return f"{', '.join(named[:_SHOWN])}{f' and {more} more' if more > 0 else ''}"


def _holding(share: dict[str, Any]) -> str:
    return f"{share['relation']}{', from ' + share['from'] if share['from'] else ''}"


def _listed(entry: dict[str, Any]) -> str:
    since = f" from {entry['from']}" if entry["from"] else ""
    editions = f", editions {', '.join(entry['editions'])}" if entry["editions"] else ""
    return f"  listed     {entry['list']}{since}{editions} as {entry['as']}{_mark(entry['verified'])}"


def _measure(measure: dict[str, Any]) -> str:
    force = "" if measure["force"] == "binding" else f" ({measure['force']})"
    unsure = "" if measure["certain"] else f"; open: {measure['question']}"
    mark = _mark(measure["verified"])
    return f"  measure    {measure['title']}{force}: {measure['state']} {measure['date']}{unsure}{mark}"


def _event(event: dict[str, Any]) -> list[str]:
    lines = [f"  {event['status']:<10} {event['date']} {event['summary']}{_mark(event['verified'])}"]
    if event["company_response"]:
        lines.append(f"             the maker's answer: {event['company_response']}")
    return lines


def _how(how: dict[str, Any]) -> str:
    parts = [how["rule"], *(str(how[key]) for key in ("value", "means", "note") if how.get(key))]
    text = ": ".join(map(_plain, parts))
    return f"{text} (caution: {how['caution']})" if how.get("caution") else text


def _chain(path: dict[str, Any]) -> str:
    steps = []
    for link in path["links"]:
        share = f" {link['share_pct']} %" if link["share_pct"] else ""
        dates = "".join(
            [f" from {link['from']}" if link["from"] else "", f" to {link['to']}" if link["to"] else ""]
        )
        steps.append(f"{link['owned']} - {link['relation']}{share}{dates} - {link['owner']}")
    return "; ".join(steps)


def _mark(verified: bool) -> str:
    return "" if verified else " [not verified]"


def _plain(text: str) -> str:
    """Text of a user or a device without what could steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)
