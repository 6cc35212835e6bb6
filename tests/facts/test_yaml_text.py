"""YAML in which every scalar is text."""

import pytest

from clearband.errors import FactsError
from clearband.facts import yaml_text


def test_norway_versions_and_leading_zeros_stay_as_written():
    assert yaml_text.parse("{country: NO, version: 1.10, serial: 010, on: 2020-08-13}", where="x") == {
        "country": "NO",
        "version": "1.10",
        "serial": "010",
        "on": "2020-08-13",
    }


def test_nothing_and_null_are_none():
    assert yaml_text.parse("{a: , b: null, c: ~}", where="x") == {"a": None, "b": None, "c": None}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: &x [1]\nb: *x\n", "line 2: a YAML alias is not allowed"),
        ("a: 1\na: 2\n", 'line 2: the key "a" stands twice'),
        ("a: [1\n", "line 1: a bracket that opens here"),
        ("a: {b: 1\nc: 2\n", "line 1: a bracket that opens here"),
        ('a: 1\nb: "x\nc: 2\n', "line 2: a quotation mark or bracket that opens here is never closed"),
        ("a: b: c\n", "line 1: a second colon stands in one line; put a text"),
        ("a: 1\n  b:\n    - c\n", "line 2: the line is indented deeper than the one above, which holds"),
        ("a:\n\tb: 1\n", "line 2: a tab is used to indent; indent with blanks"),
        ("a: 1\n---\nb: 1\n", "line 2: a second document begins here"),
        ("a: 1\nb\nc: 1\n", "line 2: a key without a colon; write KEY: VALUE"),
        ("a:\n  - b: 1\n   c: 1\n", "line 3: "),
        ("a: @b\n", "line 1: a text begins with a sign that has a meaning of its own"),
        ("? [a]\n: b\n", "a key must be plain text"),
        ("[" * 500 + "]" * 500, "nested too deeply"),
    ],
)
def test_what_cannot_be_trusted_is_refused_in_one_line(text, says):
    with pytest.raises(FactsError) as refusal:
        yaml_text.parse(text, where="facts.yaml")
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_tag_that_would_run_a_program_is_only_text():
    text = "a: !!python/object/apply:os.system [echo obeyed]\n"
    assert yaml_text.parse(text, where="x") == {"a": ["echo obeyed"]}


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(FactsError, match="No such file"):
        yaml_text.load(tmp_path / "none.yaml")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_text, "MAX_BYTES", 10)
    path = tmp_path / "big.yaml"
    path.write_text("a: " + "b" * 20)
    with pytest.raises(FactsError, match="larger than 10 bytes"):
        yaml_text.load(path)
