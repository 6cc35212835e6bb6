"""What must hold of the law whatever is asked: of many makers, every actor and every action at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearband.directives.evaluate import Evaluation, evaluate
from clearband.directives.law import Law, law_of, load_law
from clearband.directives.question import Questions
from clearband.facts.store import compiled
from clearband.model.finding import Answer
from clearband.register import load_register
from clearband.register.from_facts import read_link
from clearband.register.ownership import first_day, last_day
from tests.laws import examples

from .test_language import clause, compiled_form, measure

LAW, REGISTER = load_law(), load_register()
ACTORS, ACTIONS = tuple(LAW.vocabulary.actors), tuple(LAW.vocabulary.actions)
DAY = timedelta(days=1)
FIRST, LAST = date(2011, 1, 1), date(2030, 12, 31)
KINDS = ("core-router", "camera", "handset", "gnb", "consumer-router", "security-software", "drone", "olt",
         "unspecified-equipment", None)  # fmt: skip

slow = settings(max_examples=examples(4, 40), suppress_health_check=[HealthCheck.too_slow])


def situations(makers: list[str]) -> pl.DataFrame:
    """Every maker with every kind, each stating a purpose or none, and nobody known."""
    who = pl.DataFrame({"maker": [*makers, None]}).with_columns(
        maker_status=pl.when(pl.col("maker").is_null())
        .then(pl.lit("unidentified"))
        .otherwise(pl.lit("identified"))
    )
    kinds = pl.DataFrame({"category": KINDS}, schema={"category": pl.String})
    purposes = pl.DataFrame({"purpose": [None, "public-safety"]}, schema={"purpose": pl.String})
    return who.join(kinds, how="cross").join(purposes, how="cross").with_row_index("combo")


def asked(inputs: pl.DataFrame, on: date, law: Law = LAW, known_on: date | None = None) -> Evaluation:
    return evaluate(inputs, Questions(ACTORS, ACTIONS, on, known_on), law, REGISTER)


@lru_cache(maxsize=1)
def tied_makers() -> list[str]:
    """Makers that the law names, and all that are tied to them in any way."""
    return sorted(org for org in REGISTER.organisations if is_tied(org))


def is_tied(org: str) -> bool:
    if org in LAW.named_makers or REGISTER.designations(org) or org in in_an_ownership():
        return True
    return any(org == label.brand_id for one in REGISTER.organisations.values() for label in one.white_label)


@lru_cache(maxsize=1)
def in_an_ownership() -> frozenset[str]:
    """Every organisation that owns a part of another or of which another owns a part."""
    files = compiled().read("organisations")
    links = [
        read_link(org["id"], fact)
        for file in files
        for org in file["organisations"]
        for fact in org.get("ownership", ())
    ]
    return frozenset(one for link in links for one in (link.owner, link.owned))


def dates_named() -> Iterator[date]:
    """Every day that an event, a clause, an exception, an ownership edge or a list names."""
    for limb in LAW.limbs:
        for clock in (*limb.starts, *(rule.start for rule in limb.exemptions)):
            for moment in clock:
                yield from (moment.earliest, moment.latest)
        for end in (*limb.ends, *(rule.end for rule in limb.exemptions if rule.end)):
            for moment in end.clock:
                after = DAY if end.last_day_included else timedelta(0)
                yield from (moment.earliest + after, moment.latest + after)
        yield from (moment.earliest for moment in LAW.measures[limb.directive].timeline)
    for organisation in compiled().read("organisations"):
        for one in organisation["organisations"]:
            for fact in (*one.get("ownership", ()), *one.get("designations", ())):
                texts = [fact.get(key) for key in ("from", "to", "act_of", "effective")]
                for text in filter(None, [*texts, *fact.get("editions", ()), *removed(fact)]):
                    yield from (first_day(text), last_day(text))


def removed(fact: dict[str, Any]) -> list[str]:
    return list(fact.get("removed_or_superseded", ()))


NAMED_DAYS = frozenset(dates_named())
UNNAMED_DAYS = [
    FIRST + number * DAY for number in range((LAST - FIRST).days) if FIRST + number * DAY not in NAMED_DAYS
]


def said(found: Evaluation) -> pl.DataFrame:
    return found.findings.select("combo", "directive", "clause", "answer", "actors", "actions", "question")


@slow
@given(
    st.sampled_from(UNNAMED_DAYS),
    st.lists(st.sampled_from(tied_makers()), min_size=10, max_size=10, unique=True),
)
def test_an_answer_changes_only_on_a_day_that_an_event_an_ownership_edge_or_an_exception_names(
    day: date, makers: list[str]
) -> None:
    inputs = situations(makers)
    before, after = asked(inputs, day - DAY), asked(inputs, day)
    assert said(before).equals(said(after))
    assert before.answers_by_actor.equals(after.answers_by_actor)


def test_answers_do_change_on_days_that_are_named() -> None:
    """Or the test above would compare nothing."""
    inputs = situations(["huawei", "lorex"])
    for day in (date(2019, 8, 13), date(2020, 8, 13), date(2022, 10, 13)):
        assert day in NAMED_DAYS
        assert not said(asked(inputs, day - DAY)).equals(said(asked(inputs, day)))


own_clauses = st.fixed_dictionaries(
    {
        "effect": st.sampled_from(["prohibits", "requires", "advises", "enables"]),
        "actors": st.lists(st.sampled_from(ACTORS), min_size=1, max_size=5, unique=True),
        "actions": st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=5, unique=True),
        "equipment": st.lists(st.sampled_from(["telecom", "switches", "software"]), max_size=2, unique=True),
        "makers": st.sampled_from(
            [{"named": [{"org": org, "reach": ["subsidiaries"]}]} for org in ("huawei", "cisco", "lorex")]
        ),
    }
)
days = st.dates(FIRST, LAST)


@slow
@given(own_clauses, days)
def test_another_measure_takes_nothing_back_that_the_law_prohibits(own: dict[str, Any], on: date) -> None:
    raw = compiled_form(measure(id="xx-own", evaluation="clauses", clauses=[clause(**own)]))
    inputs = situations(["huawei", "hikvision", "cisco", "lorex", "kaspersky"])
    without, with_it = asked(inputs, on), asked(inputs, on, law_of(compiled(), [raw]))
    prohibited = pl.col("answer") == Answer.PROHIBITED
    kept = with_it.answers_by_actor.filter(prohibited)
    lost = without.answers_by_actor.filter(prohibited).join(kept, on=["combo", "actor"], how="anti")
    assert lost.is_empty()
    known_makers = inputs.filter(pl.col("maker").is_not_null())["combo"].cast(pl.Int64)
    of_law = said(with_it).filter(pl.col("directive") != "xx-own", pl.col("combo").is_in(known_makers))
    assert of_law.equals(said(without).filter(pl.col("combo").is_in(known_makers)))


@slow
@given(own_clauses, days)
def test_a_draft_changes_no_answer_of_the_law(own: dict[str, Any], on: date) -> None:
    draft = measure(id="xx-draft", evaluation="clauses", status="draft", clauses=[clause(**own)])
    law = law_of(compiled(), [compiled_form(draft)])
    inputs = situations(["huawei", "cisco", "lorex"])
    without, beside = asked(inputs, on), asked(inputs, on, law)
    assert [one.measure.id for one in law.drafts] == ["xx-draft"]
    assert beside.findings.equals(without.findings)
    assert beside.answers.equals(without.answers)
    assert beside.answers_by_actor.equals(without.answers_by_actor)


@slow
@given(days)
def test_with_the_knowledge_of_a_day_before_every_event_nothing_is_prohibited(on: date) -> None:
    known = [moment.known_from for one in LAW.measures.values() for moment in one.timeline]
    found = asked(situations(tied_makers()[::5]), on, known_on=min(known) - DAY)
    assert found.findings.is_empty()
    assert set(found.answers["answer"]) == {Answer.NOT_COVERED}


@lru_cache(maxsize=1)
def strangers() -> list[str]:
    """Makers that are tied to nobody."""
    return [org for org in REGISTER.organisations if not is_tied(org)]


@slow
@given(days, st.integers(0, 4))
def test_a_maker_tied_to_nobody_is_never_prohibited_by_a_clause_that_names_makers(on: date, of: int) -> None:
    assert len(strangers()) > 50
    inputs = situations(strangers()[of::5]).filter(pl.col("maker").is_not_null())
    reached = asked(inputs, on).findings.filter(pl.col("answer") == Answer.PROHIBITED)
    for directive, clause_id in reached.select("directive", "clause").unique().rows():
        rules = [
            rule
            for limb in LAW.limbs
            if (limb.directive, limb.clause) == (directive, clause_id)
            for rule in limb.makers
        ]
        assert not any(rule.named or rule.list_id for rule in rules), (directive, clause_id)
