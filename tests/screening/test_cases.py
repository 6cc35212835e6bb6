"""Cases do not depend on how records are batched, in which order they come, or on hashes."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from clearband.directives.evaluate import evaluate
from clearband.directives.law import Law, load_law
from clearband.identify.memory import Memory
from clearband.identify.numbering import row_hashes
from clearband.register import Register, load_register
from clearband.screening.answered import answered_cases
from clearband.screening.cases import Cases
from clearband.screening.combos import sorted_combos
from clearband.screening.settings import Settings, settings_for
from clearband.sources import read_inventory

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@cache
def asked() -> tuple[pl.DataFrame, Settings, Register, Law]:
    equipment = read_inventory([EXAMPLES / "rural-carrier.csv", EXAMPLES / "agency.xlsx"]).equipment
    law = load_law()
    settings_ = settings_for(law, profile=EXAMPLES / "profile.yaml", today=date(2026, 11, 26))
    return equipment, settings_, load_register(), law


def answers(batches: list[pl.DataFrame], memory: Memory | None = None) -> pl.DataFrame:
    """What is said of each record, the batches put to one `Cases` one after the other."""
    _, settings_, register, law = asked()
    cases = Cases(settings_, register, law, memory=memory)
    numbers = pl.concat([cases.batch(batch).numbers for batch in batches])
    places, combos = sorted_combos(cases.combos)
    evaluation = evaluate(combos, settings_.questions, law, register)
    told = answered_cases(cases.table, places, evaluation.answers, register)
    return told.drop("combo_came")[numbers]


@cache
def whole() -> pl.DataFrame:
    return answers([asked()[0]])


@settings(max_examples=6, deadline=None)
@given(cuts=st.lists(st.integers(0, 400), max_size=5), turned=st.booleans())
def test_batches_and_order_change_nothing(cuts: list[int], turned: bool) -> None:
    equipment, expected = asked()[0], whole()
    if turned:
        equipment, expected = equipment.reverse(), expected.reverse()
    ends = [0, *sorted(min(cut, equipment.height) for cut in cuts), equipment.height]
    batches = [equipment[begin:end] for begin, end in pairwise(ends)]
    assert answers(batches).equals(expected)


def test_hashes_that_are_nearly_all_alike_change_nothing() -> None:
    equipment = asked()[0]
    memory = Memory(lambda rows: row_hashes(rows) % 3)
    assert answers([equipment[:100], equipment[100:]], memory).equals(whole())
