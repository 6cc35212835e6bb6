"""Categories are those of the facts."""

from __future__ import annotations

from clearband.facts.equipment_words import category_ids
from clearband.identify.categories import category_of_family, category_of_text
from clearband.identify.families import family_index
from clearband.register import Register


def test_every_category_that_a_model_implies_is_one_of_the_facts(register: Register) -> None:
    implied = {category_of_family(hit.family) for hit in family_index(register).hits}
    assert implied - {None} <= category_ids()


def test_a_stated_type_is_understood_and_nonsense_is_not() -> None:
    assert category_of_text("LTE CPE") == "cpe"
    assert category_of_text("thing") is None
