"""Names are looked for in the first 2,000 characters of a text; what follows changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from clearband.identify.long_texts import CUT, CUT_PARTS, LONGEST
from clearband.identify.model_forms import number_forms

Verdict = Callable[..., dict[str, Any]]
_FILLERS = ("华 ", "- ", "Huawei/", "?", "x", "Acme, ", "router ", ".a")


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """A verdict without the notes of its evidence and mentions, which say that a text was cut."""
    told = {**row, "evidence": None, "mentions": None}
    told["rules"] = [(piece["rule"], piece["maker"], piece["weight"]) for piece in row["evidence"]]
    told["mentioned"] = [piece["maker"] for piece in row["mentions"]]
    return told


@pytest.mark.parametrize("column", ["manufacturer", "brand", "model", "part_number", "description"])
@pytest.mark.parametrize("filler", _FILLERS)
def test_a_long_text_says_what_its_head_says(column: str, filler: str, verdict: Verdict) -> None:
    text = (f"Huawei {filler}" + filler * 30_000)[:29_990] + " Hikvision"
    assert _said(verdict(**{column: text})) == _said(verdict(**{column: text[:LONGEST]}))


def test_evidence_tells_that_its_text_was_cut(verdict: Verdict) -> None:
    row = verdict(description="Huawei router " + "x" * LONGEST)
    assert row["maker"] == "huawei" or row["runner_up"] == "huawei"
    assert all(piece["note"].endswith(CUT) for piece in row["evidence"])


def test_evidence_tells_that_not_every_part_was_read(verdict: Verdict) -> None:
    row = verdict(manufacturer="Huawei/" + "/".join(f"Acme{number}" for number in range(100)))
    assert any(CUT_PARTS in piece["note"] for piece in row["evidence"])


def test_a_model_number_is_found_before_a_long_tail_of_signs() -> None:
    assert number_forms("S5700" + "-" * 30_000 + "x")[0].startswith("S5700")
