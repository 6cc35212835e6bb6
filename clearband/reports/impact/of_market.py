"""What a draft does to markets and countries, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from clearband.impact.form import CountryTold, MarketTold, Range, RankTold, StudyTold, TableTold
from clearband.reports.figure_words import number, span
from clearband.reports.impact.sections import Row, Section, row

_TAKERS: Final = {
    "proportional": "all others grow alike",
    "largest": "the largest other takes it",
    "newcomers": "makers without a published share take it",
    "any": "whoever takes it",
}

_ASSUMED: Final = (
    "Nobody knows how much of their shares banned makers would lose, or who would take it.",
    (
        "Whom the draft binds does not tell it: the parts lost are assumed, and each way to share them out "
        "is bounded. Shares are ranges, because published figures are rounded."
    ),
)
_BANNED: Final = {"yes": " (banned)", "in part": " (banned in part)", "no": ""}


def market_section(told: MarketTold) -> Section:
    """The part about markets."""
    section = Section("The market")
    for line in _ASSUMED:
        section.say(line)
    for table in told.tables:
        _table(section, table)
    _ranks(section, told.ranks)
    section.table(
        "Whether the others could supply",
        ("who says so", "year", "region", "claim"),
        [row(one, one.by, one.year, one.region, one.claim) for one in told.claims],
    )
    _studies(section, told.studies)
    for gap in told.gaps:
        section.say(f"A gap of these facts: {gap.what}", gap.sources)
    return section


def country_section(told: CountryTold) -> Section:
    """The part about a country."""
    section = Section(f"The country: {told.country}")
    if not told.is_home:
        section.say(
            f"The draft is not of {' or '.join(told.jurisdictions)}: this is what it would add if it were."
        )
    section.table(
        f"In force on {told.on}",
        ("measure", "of", "does", "since", "force", "means the maker, too"),
        [
            row(
                one, one.title, one.jurisdiction, ", ".join(one.does), one.since, one.force,
                ", ".join(one.means) or "-",
            )
            for one in told.in_force
        ],
    )  # fmt: skip
    if not told.in_force:
        section.say(f"No measure held here is in force in {told.country} on {told.on}.")
    section.table(
        f"What the draft adds, asked on {told.asked_on}",
        ("maker", "action", "who", "as it is", "with the draft", "kinds of equipment"),
        [row(one, one.maker, one.action, one.actor, one.before, one.after, one.kinds) for one in told.added],
    )
    if not told.added:
        section.say("The draft changes no answer about a maker that it names.")
    section.table(
        "Days to come",
        ("day", "measure", "what"),
        [row(one, one.day, f"{one.measure}{' (this draft)' if one.draft else ''}", one.what)
         for one in told.coming],
    )  # fmt: skip
    for table in told.exposure:
        _table(section, table)
    _ranks(section, told.ranks)
    if told.no_exposure:
        sources = tuple(dict.fromkeys(one for table in told.exposure for one in table.sources))
        section.say(f"Exposure is not known as a share: {told.no_exposure}.", sources)
    _studies(section, told.studies)
    if not told.studies:
        section.say(f"No estimate of what a ban costs is held here for {told.country}.")
    return section


def _table(section: Section, table: TableTold) -> None:
    period = "" if table.period == "year" else f" {table.period}"
    where = f"{table.market} {table.year}{period}, {table.region}"
    rest = Row(("all others", _span(table.rest), "what is left"), table.sources)
    section.table(
        f"{where}: shares in percent",
        ("maker", "share", "estimate by"),
        [
            *(
                row(one, " + ".join(one.makers) + _BANNED[one.banned], _span(one), one.estimate_by or "-")
                for one in table.shares
            ),
            rest,
        ],
    )
    before = row(table, "none", "as it is", _span(table.before))
    if table.not_computed:
        section.say(f"{where}: {table.not_computed}.", table.sources)
    section.table(
        f"{where}: concentration (HHI) when the banned lose a part of their shares",
        ("lost", "who takes it", "HHI"),
        [
            before,
            *(row(one, f"{one.erosion} %", _TAKERS[one.takers], _span(one)) for one in table.outcomes),
        ],
    )
    section.table(
        f"{where}: how many times as much the others would have to supply",
        ("lost", "maker", "when all grow alike", "when it takes all"),
        [
            row(one, f"{one.erosion} %", " + ".join(one.makers), _span(one.together), _span(one.alone))
            for one in table.growth
        ],
    )


def _ranks(section: Section, ranks: Iterable[RankTold]) -> None:
    section.table(
        "Places by revenue",
        ("market", "year", "region", "maker", "place", "estimate by"),
        [
            row(
                one, one.market, f"{one.year}{'' if one.period == 'year' else f' {one.period}'}", one.region,
                one.maker, f"not among the first {one.not_among}" if one.place is None else one.place,
                one.estimate_by or "-",
            )
            for one in ranks
        ],
    )  # fmt: skip


def _studies(section: Section, studies: Iterable[StudyTold]) -> None:
    section.table(
        "What is said of costs and prices, by whom, and who paid for it",
        ("figure", "what", "year", "region", "by", "paid by"),
        [
            row(
                one, f"{_span(one)} {one.unit}{f' {one.per}' if one.per else ''}", one.what, one.year,
                one.region, one.by,
                (one.funded_by or "not known") + (" (has an interest)" if one.interested else ""),
            )
            for one in studies
        ],
    )  # fmt: skip


def _span(told: Range) -> str:
    if told.low is not None and told.low == 0 and told.high is None:
        return "not bounded"
    if told.low is not None and told.low == told.high:
        return number(told.low)
    return span(told.low, told.high)
