"""A verdict in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clearband.identify import explain_record
from clearband.register import Register


def test_every_piece_of_evidence_is_told_with_its_source(
    verdict: Callable[..., dict[str, Any]], register: Register
) -> None:
    row = verdict(manufacturer="Fortinet", model="ZXHN F660", macs=["74:4a:a4:1f:f3:80"], notes="was Huawei")
    lines = explain_record(row, register)
    assert lines[0].startswith("Made by ZTE Corporation (zte, in the register)")
    assert sum("source:" in line for line in lines) == len(row["evidence"])
    assert any("contradict" in line for line in lines)
    assert any(line.startswith("Mention in notes: Huawei") for line in lines)
