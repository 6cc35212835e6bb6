"""Why two names are held to be one, as a person reads it."""

from __future__ import annotations

import polars as pl
import pytest

from clearband.matching.alignment import Alignment, align
from clearband.matching.reasons import reasons
from clearband.matching.written_words import written_words


def aligned(query: str, name: str) -> Alignment:
    left, right = written_words(pl.Series([query, name]))
    return align(left, right)


def common(query: str, name: str) -> list[tuple[str, str, str]]:
    return [tuple(pair) for pair in aligned(query, name).common]


@pytest.mark.parametrize(
    ("query", "name", "pairs"),
    [
        ("Vostokradio", "VOSTOKRADIO", [("vostokradio", "vostokradio", "exact")]),
        ("Востокрадио", "Vostokradio", [("vostokradio", "vostokradio", "exact")]),
        (
            "Lumenara Technologies",
            "Lumenara Tech",
            [
                ("lumenara", "lumenara", "exact"),
                ("technologies", "tech", "another spelling"),
            ],
        ),
        ("Vostokraido", "Vostokradio", [("vostokraido", "vostokradio", "misspelt")]),
        ("Zhong Yuan", "Zhongyuan", [("zhong yuan", "zhongyuan", "written as one")]),
        ("Starlinkoptics", "Starlink Optics", [("starlinkoptics", "starlink optics", "written as one")]),
        ("Lumen", "Lumenara", [("lumen", "lumenara", "shortened")]),
        ("Krdlng", "Kardeling", [("krdlng", "kardeling", "shortened")]),
        ("KRM", "Kestrel Ridge Meridian", [("krm", "kestrel ridge meridian", "initials")]),
        ("Kestrel", "Meridian", []),
        ("Baker", "Acer", []),
    ],
)
def test_words_in_common_say_how_they_meet(query: str, name: str, pairs: list[tuple[str, str, str]]) -> None:
    assert common(query, name) == pairs


def test_numbers_are_never_misspelt_into_each_other() -> None:
    assert aligned("Plant 5069", "Plant 5068").query_left == ("5069",)


def test_what_only_one_side_has_is_left_over() -> None:
    one = aligned("Qalandar Carpets and Rugs", "Qalandar Telecom")
    assert (one.query_left, one.name_left) == (("carpets", "rugs"), ("telecom",))


@pytest.mark.parametrize(
    ("query", "name", "said"),
    [
        ("Meridian Ltd", "Meridian Limited", "alike"),
        ("Meridian GmbH", "OOO Meridian", "alike"),
        ("Meridian GmbH", "Meridian Plc AG", "different"),
        ("Meridian Ltd", "Meridian", "only in the query"),
        ("Meridian", "Meridian Ltd", "only in the listed name"),
        ("The Meridian", "Meridian", "none"),
    ],
)
def test_legal_forms_are_compared_by_what_they_are(query: str, name: str, said: str) -> None:
    assert aligned(query, name).legal == said


def test_a_name_of_legal_forms_alone_is_laid_side_by_side_all_the_same() -> None:
    assert common("Limited", "The Ltd") == [("limited", "ltd", "another spelling")]


def test_the_sentence_tells_all_parts() -> None:
    told = reasons(
        pl.Series(["Lumenar Photonics Ltd Kestrel", "Lumenara Photonics", ""]),
        pl.Series(["Lumenara Photonics Optic AG", "Lumenara Photonics", "Meridian"]),
    )
    first = (
        "in common: lumenar = lumenara (misspelt), photonics; only in the query: kestrel; "
        "only in the listed name: optic; legal form different: ltd / ag"
    )
    assert told["why"].to_list() == [
        first,
        "in common: lumenara, photonics",
        "no whole word in common; only in the listed name: meridian",
    ]
    assert told["query_words_left"].to_list() == [["kestrel"], [], []]
