"""Keys of a list: whatever is asked for is proved to be there, or not to be, and never the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearband.listing.absence import BinHead, KeyLeaf, bin_head, keys_of, name_key, place_of, prove, proved
from clearband.listing.as_of import as_of
from clearband.listing.listing_form import listing_json
from clearband.listing.merkle import EMPTY_ROOT
from clearband.model.canonical import plain
from tests.listing.made_list import MadeList, condition, day

KEYS = st.lists(st.text(max_size=8), unique=True, max_size=40)
ENTRIES = (("radio", "a" * 64),)


def leaves_of(keys: list[str], prefix: str = "") -> list[KeyLeaf]:
    wanted = [KeyLeaf(key, ENTRIES) for key in keys if place_of(key).startswith(prefix)]
    return sorted(wanted, key=lambda one: place_of(one.key))


@given(KEYS, st.text(max_size=8))
def test_every_key_is_proved_to_be_there_or_not(keys: list[str], key: str) -> None:
    leaves = leaves_of(keys)
    head = bin_head("", [one.raw() for one in leaves])
    for one in (key, *keys[:3]):
        assert proved(prove("", leaves, one), head) == (ENTRIES if one in keys else ())


@given(KEYS.filter(bool), st.data())
def test_no_key_that_is_there_can_be_proved_absent(keys: list[str], data: st.DataObject) -> None:
    """Whatever leaves a liar shows, with proofs that hold: the key's place is never between neighbours."""
    leaves = leaves_of(keys)
    head = bin_head("", [one.raw() for one in leaves])
    key = data.draw(st.sampled_from(keys))
    shown = [prove("", leaves, one.key)["leaves"][0] for one in leaves if one.key != key]
    pair = data.draw(st.lists(st.sampled_from(shown), max_size=3)) if shown else []
    proof = {**prove("", leaves, key), "leaves": pair}
    with pytest.raises(ValueError, match="no neighbours"):
        proved(proof, head)


def test_a_proof_holds_for_its_own_tree_only() -> None:
    leaves = leaves_of([str(n) for n in range(20)])
    head = bin_head("", [one.raw() for one in leaves])
    absent = prove("", leaves, "none")
    assert proved(absent, head) == ()
    fewer = bin_head("", [one.raw() for one in leaves[:-1]])
    with pytest.raises(ValueError, match="not in the signed tree"):
        proved(absent, fewer)
    changed = absent["leaves"][0] | {"entries": [["other", "b" * 64]]}
    with pytest.raises(ValueError, match="not in the signed tree"):
        proved({**absent, "leaves": [changed, *absent["leaves"][1:]]}, head)


def test_an_empty_bin_proves_absence_and_only_its_own() -> None:
    head = bin_head("", [])
    assert head == BinHead("", 0, EMPTY_ROOT.hex())
    assert proved(prove("", [], "x"), head) == ()
    with pytest.raises(ValueError, match="another bin"):
        proved(prove("0", [], "x"), replace(head, prefix="z"))
    with pytest.raises(ValueError, match="not empty"):
        proved(prove("", [], "x"), replace(head, root="0" * 64))


def _example() -> Any:
    made = MadeList()
    made.listed(conditions=(condition("rebuild", "2026-12-31"),), depends=("certificate:c-1",))
    made.step("review-opened", "2026-03-01")
    return as_of(made.replay, day("2026-06-01"))[0]


def test_a_listing_is_written_as_the_canonical_form_would() -> None:
    listing = _example()
    raw = plain(listing)
    raw["uses"] = {
        use.value: {"say": say, **({"date": when.isoformat()} if when else {})}
        for use, (say, when) in listing.uses.items()
    }
    assert listing_json(listing) == raw


def test_a_listing_has_a_key_for_whatever_it_may_be_asked_by() -> None:
    listing = _example()
    subject = replace(
        listing.subject, name="Made \t RADIO", maker="made", identifiers=(("cage", "1ABC2"), ("entry", "x"))
    )
    assert keys_of(replace(listing, subject=subject)) == [
        "entry:radio", "id:cage:1ABC2", "id:entry:x", "maker:made", "name:made radio", "subject:made-radio",
    ]  # fmt: skip


def test_jsonschema_knows_a_proof() -> None:
    import json

    from clearband.facts import store

    schema = json.loads((store.ROOT / "schemas" / "published-proof.schema.json").read_text(encoding="utf-8"))
    leaves = leaves_of([f"entry:{n}" for n in range(9)])
    for key in ("entry:1", "entry:none"):
        jsonschema_rs.validator_for(schema).validate(prove("", leaves, key))


def test_a_name_is_one_name_however_its_letters_are_encoded() -> None:
    composed, taken_apart, wide = "Soci\u00e9t\u00e9 Radio", "Socie\u0301te\u0301  radio", "\uff32adio"
    assert name_key(composed) == name_key(taken_apart)
    assert name_key(wide) == "radio"
