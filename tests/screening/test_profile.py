"""Who we are."""

from datetime import date

import polars as pl
import pytest

from clearband.errors import ClearbandError
from clearband.screening.profile import apply_purposes, read_profile


def write(tmp_path, text):
    path = tmp_path / "profile.yaml"
    path.write_text(text)
    return path


def test_a_profile_says_who_asks_and_when(tmp_path):
    profile = read_profile(
        write(tmp_path, "name: Mesa Telephone\nactors: [usf-recipient]\nactions: [use]\non: 2026-11-22\n")
    )
    assert (profile.name, profile.actors, profile.actions, profile.on) == (
        "Mesa Telephone",
        ("usf-recipient",),
        ("use",),
        date(2026, 11, 22),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("actor: [x]\n", 'the key "actor" is not known'),
        ("on: soon\n", '"soon" is not a date'),
        ("- a\n", "keys and values"),
        ("actors: {a: b}\n", "must be a list"),
        ("purposes: [{site: x}]\n", "needs a purpose"),
        ("purposes: [{purpose: x, city: y}]\n", 'the key "city" is not known'),
    ],
)
def test_a_profile_that_does_not_fit_is_refused_in_one_line(tmp_path, text, says):
    with pytest.raises(ClearbandError, match=says) as refusal:
        read_profile(write(tmp_path, text))
    assert "profile.yaml" in str(refusal.value)


def test_the_first_rule_that_matches_gives_the_purpose_and_the_inventory_goes_before_it(tmp_path):
    rules = read_profile(
        write(
            tmp_path,
            """
purposes:
  - {site: "county*jail*", category: camera, purpose: public-safety}
  - {site: "*", purpose: own-use}
""",
        )
    ).purposes
    equipment = pl.DataFrame(
        {
            "site": ["County Jail 2", "Hut 7", "County Jail 1", None],
            "category": ["camera", "camera", "camera", "switch"],
            "purpose": [None, None, "private", None],
            "network": [None] * 4,
            "owner": [None] * 4,
        },
        schema_overrides={"purpose": pl.String},
    )
    assert apply_purposes(equipment, rules)["purpose"].to_list() == [
        "public-safety",
        "own-use",
        "private",
        "own-use",
    ]
