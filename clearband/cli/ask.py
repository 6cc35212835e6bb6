"""``clearband ask``: one question to the law."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from clearband.cli.dates import Day, today
from clearband.cli.facts_option import facts_option, law_in_use
from clearband.identify.meant import register_ids
from clearband.reports.plain_text import OWN, visible

if TYPE_CHECKING:
    from clearband.directives.answer import AskAnswer, Reason
    from clearband.directives.outcome import Tried


@click.command("ask")
@click.option("--maker", required=True, help='A name in any spelling, "any", or a description.')
@click.option("--equipment", help="A category, or plain words: router, 5G RAN, backhaul service ...")
@click.option("--purpose", help="What it is for, or whose money it is, in plain words.")
@click.option("--made-in", metavar="CC|foreign", help="Country of production (ISO 3166-1, two letters).")
@click.option("--holding", metavar="APPROVAL", help="An approval that is held, such as conditional-approval.")
@click.option("--actor", required=True, help="Who acts: federal-agency, usf-recipient, importer ...")
@click.option("--action", required=True, help="What is done: procure, use, fund, authorise ...")
@click.option("--obtained", type=Day(), help="The day on which the item was bought or put to use.")
@click.option(
    "--found-on", type=Day(), help="The day it was found: clocks of duties run from it. Default: --on."
)
@click.option("--on", type=Day(), help="The day the question is about (YYYY-MM-DD). Default: today.")
@click.option(
    "--known-on", type=Day(), help="Use only what was known on this day. Default: all that the facts hold."
)
@facts_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(
    maker: str,
    equipment: str | None,
    purpose: str | None,
    made_in: str | None,
    holding: str | None,
    actor: str,
    action: str,
    obtained: date | None,
    found_on: date | None,
    on: date | None,
    known_on: date | None,
    facts: tuple[Path, ...],
    as_json: bool,
) -> None:
    """May this actor do this, with this maker's equipment, on this day?

    The answer names the clause, the event and the date that decide, and what would change it. Words are
    mapped to the vocabulary (`clearband directives list --vocabulary`) and shown.
    """
    from clearband.directives.ask import ask
    from clearband.directives.question_words import Question
    from clearband.facts.equipment_words import equipment_words

    use = law_in_use(facts)
    question = Question(
        maker,
        actor,
        action,
        on or today(),
        equipment,
        purpose,
        made_in,
        holding,
        known_on,
        obtained,
        found_on,
    )
    answer = ask(
        question, use.law, use.register, lambda name: register_ids(name, use.register), equipment_words()
    )
    if as_json:
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    for line in _lines(answer):
        words = line.lstrip(" ")
        click.echo(" " * (len(line) - len(words)) + visible(words))


def _lines(answer: AskAnswer) -> list[str]:
    lines = [answer.answer.value, *_reasons(answer)]
    for name, value in answer.read_as.items():
        lines.append(f"  read as     {name}: {value if isinstance(value, str) else ', '.join(value)}")
    for draft, title, said in answer.drafts:
        lines += [f"under the draft {draft} ({title}), which is no law: {said.answer.value}", *_reasons(said)]
    return lines


def _reasons(answer: AskAnswer) -> list[str]:
    lines = []
    if answer.question:
        lines.append(f"  question    {answer.question}")
    lines += [f"  because     {_plain(reason)}" for reason in answer.because[:6]]
    if len(answer.because) > 6:
        lines.append(f"              and {len(answer.because) - 6} more clauses (--json shows all)")
    # Those that the item cannot fall under are left to --json.
    tried = [one for one in (answer.because[0].tried if answer.because else ()) if one.holds != "no"]
    lines += [f"  exception   {_tried(one)}" for one in tried]
    lines += [f"  advice      {_plain(reason)}" for reason in answer.advice]
    said = tuple(f"the exception: {one.text}" for one in tried)
    lines += [f"  would change: {text}" for text in answer.would_change if not text.startswith(said)]
    lines += [f"  duty        {text}" for text in answer.duties]
    return lines


_HOLDS: Final = {
    "yes": "holds",
    "no": "does not hold here",
    "unknown": "not known to hold",
    "over": "over",
    "not-begun": "not begun",
}


def _tried(one: Tried) -> str:
    until = f" (until {one.until})" if one.until else ""
    return f"{_HOLDS[one.holds]}{until}: {one.text} [{one.directive} {one.id}]"


def _plain(reason: Reason) -> str:
    control = f" [{reason.control}]" if reason.control else ""
    own = f" [{OWN}]" if reason.own else ""
    mark = own if reason.verified else f"{own} [not verified]"
    return f"{reason.directive} {reason.clause}: {reason.note}{control}{mark}"
