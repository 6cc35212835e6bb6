"""Texts that differ only in numbers claim and mention the same: they are read once, and none is mixed up."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.identify.families import family_index
from clearband.identify.free_text import observe_description
from clearband.identify.memory import Memory
from clearband.identify.mentions import mentions_in
from clearband.identify.model_columns import ModelForms, with_leading_words
from clearband.identify.model_forms import from_first_number, number_forms, plain_forms
from clearband.identify.model_text import model_number_forms, observe_combined, observe_model
from clearband.identify.name_index import name_index
from clearband.identify.number_words import with_numbers_alike
from clearband.identify.observation import Observation
from clearband.identify.traps import trap_phrases
from clearband.register import Register, load_register

REGISTER = load_register()
_MEMORY = Memory()
_SIGNS = st.sampled_from([*" -_/.,;:?'()[]+#\"", "  ", "\n", "\t", "\x1f", "疑似", "é", "华为", " - "])
_NAMES = sorted({" ".join(words) for words in name_index(REGISTER).in_texts})
_TRAPS = trap_phrases(REGISTER)
_PHRASES = sorted({" ".join(words) for words in (*_TRAPS.before, *_TRAPS.after)})
_NUMBERS = st.one_of(
    st.from_regex(r"[A-Za-z]{0,4}[0-9]{1,4}[A-Z]{0,2}[0-9]{0,2}", fullmatch=True),
    st.sampled_from(
        ["0", "1", "00", "000", "3com", "H3C", "A10", "F5", "NE40E", "S5720-28P", "MA5608T", "7q7"]
    ),
    st.sampled_from(["HuaweiNE40E", "ZTEMF286", "DahuaIPC-1", "Huawei1", "Z.T.E.", "hua-wei5", "h3-c"]),
    st.sampled_from(["z t e", "h u a wei 5", "e n5", "hua 5 wei"]),
)
_WORDS = st.one_of(
    st.sampled_from(_NAMES),
    st.sampled_from(_PHRASES),
    st.sampled_from(
        ["or", "maybe", "tbc", "and", "switch", "Rack", "Hua", "wei", "unknown", "n", "a", "xxx"]
    ),
    _NUMBERS,
    _NUMBERS.map(str.upper),
)
TEXTS = st.lists(st.tuples(_WORDS, _SIGNS), min_size=1, max_size=7).map(
    lambda parts: "".join(word + sign for word, sign in parts)
)


def said(observation: Observation) -> tuple[object, ...]:
    """What counts of an observation for verdicts and mentions."""
    claims = _MEMORY.claim_sets.number_of(observation)
    return claims, tuple(mention.maker for mention in observation.mentions)


def alike(text: str) -> str:
    """The text with its numbers made alike."""
    return str(with_numbers_alike(pl.Series([text]), REGISTER)[0])


@given(TEXTS)
def test_descriptions_say_what_they_say_with_numbers_made_alike(text: str) -> None:
    assert said(observe_description(alike(text), REGISTER)) == said(observe_description(text, REGISTER))


@given(TEXTS)
def test_notes_mention_what_they_mention_with_numbers_made_alike(text: str) -> None:
    def makers(text: str) -> list[str]:
        return [mention.maker for mention in mentions_in("notes", text, REGISTER)]

    assert makers(alike(text)) == makers(text)


def with_schemes(texts: Iterable[str]) -> list[Observation]:
    """What model texts say, each read by itself."""
    index = family_index(REGISTER)
    met = ((text, index.match(model_number_forms(text, REGISTER))) for text in texts)
    return [observe_model("model", text, hits, REGISTER) for text, hits in met]


@given(st.lists(TEXTS | _NUMBERS, min_size=1, max_size=6))
def test_forms_of_models_say_what_the_models_say(texts: list[str]) -> None:
    models = ModelForms(REGISTER)
    forms = models.of(pl.Series(texts, dtype=pl.String)).to_list()
    assert [said(one) for one in models.observe("model", forms)] == [said(one) for one in with_schemes(texts)]


@given(TEXTS | _NUMBERS)
def test_a_text_without_leading_words_says_nothing_combined(text: str) -> None:
    index = family_index(REGISTER)
    left = with_leading_words(pl.Series([text]))[0]
    hits = index.match(model_number_forms(text, REGISTER))
    if not left:
        assert not observe_combined("model", text, hits, REGISTER).evidence
    else:
        assert left == text


@given(st.from_regex(r"[\x20-\x7e]{1,30}", fullmatch=True))
def test_forms_of_plain_texts_in_bulk_are_those_of_each_text(text: str) -> None:
    found = plain_forms(pl.DataFrame({"at": [0], "text": [text]}))["form"].to_list()
    assert set(found) == {*number_forms(text), *number_forms(from_first_number(text))}


def test_thousands_of_numbers_of_one_series_are_one_form() -> None:
    texts = pl.Series([f"ISR4{number:03}/K9 spare {number}" for number in range(1000)])
    assert with_numbers_alike(texts, REGISTER).n_unique() <= 20
    assert ModelForms(REGISTER).of(texts).n_unique() <= 20


@pytest.mark.parametrize("text", ["H3C S5130", "3com 4200", "Z.T.E.5 box", "O'2 x1", "0", "00", "A10 1"])
def test_words_that_something_asks_for_stay(text: str) -> None:
    assert alike(text) == text


def test_a_text_that_only_its_tail_tells_apart_is_cut_as_it_is_read() -> None:
    register: Register = REGISTER
    long = "x" * 1995 + " ZTE "
    cut = "x" * 1999 + " ZTE"
    found = [said(observe_description(text, register)) for text in (long, cut, alike(long), alike(cut))]
    assert found[0] == found[2]
    assert found[1] == found[3]
    assert found[0] != found[1]
