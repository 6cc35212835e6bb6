"""The whole brief: the draft, then each part that was asked for, then the sources."""

from __future__ import annotations

from clearband.impact.form import DraftTold, ImpactTold
from clearband.reports.impact.of_inventory import inventory_sections
from clearband.reports.impact.of_market import country_section, market_section
from clearband.reports.impact.sections import Section, row


def sections(told: ImpactTold) -> list[Section]:
    """The parts in order."""
    found = [_draft(told.draft)]
    if told.inventory is not None:
        found += inventory_sections(told.inventory)
    if told.market is not None:
        found.append(market_section(told.market))
    if told.country is not None:
        found.append(country_section(told.country))
    return found


def _draft(told: DraftTold) -> Section:
    sure = [one.name for one in told.makers if one.meant == "yes"]
    possible = [one.name for one in told.makers if one.meant == "open"]
    section = Section("The draft")
    section.say(f"{told.title}. {told.issuer}, {told.jurisdiction}; {told.file}.", told.sources)
    section.say(f"It names: {(', '.join(sure) or 'no maker').rstrip('.')}.", told.sources)
    if possible:
        section.say(f"It may mean: {', '.join(possible)}.", told.sources)
    section.table(
        "Its clauses",
        ("clause", "does", "from", "until", "says"),
        [
            row(
                told, one.cite, f"{one.effect} {', '.join(one.actions)}", one.begins or "no settled day",
                one.ends or "-", one.says or one.clause,
            )
            for one in told.clauses
        ],
    )  # fmt: skip
    return section
