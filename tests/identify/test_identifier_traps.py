"""Identifiers that point to the wrong maker: each with its cases, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from clearband.facts.store import compiled
from clearband.identify import identify
from clearband.model.equipment import EQUIPMENT_SCHEMA
from clearband.register import load_register

REGISTER = load_register()
TRAPS = compiled().read("identifier_traps")["identifier_traps"]


def record(given: dict[str, Any]) -> dict[str, Any]:
    """The row of the equipment table that a case describes."""
    row = {key: text for key, text in given.items() if text and key not in ("mac", "http_server")}
    if given.get("mac"):
        row["macs"] = [given["mac"]]
    if given.get("http_server"):
        row["banners"] = [{"protocol": "http-server", "text": given["http_server"]}]
    return row


def verdicts(given: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = [{"record_id": str(number), **record(one)} for number, one in enumerate(given)]
    return identify(pl.DataFrame(rows, schema=EQUIPMENT_SCHEMA), REGISTER).to_dicts()


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for trap in TRAPS:
        for case in trap["cases"]:
            yield trap["identifier"], case


def test_every_case_finds_the_maker_that_it_names_or_nobody() -> None:
    told = list(cases())
    found = verdicts([case["given"] for _, case in told])
    wrong = [
        (identifier, case["given"], got["maker"], got["brand"])
        for (identifier, case), got in zip(told, found, strict=True)
        if got["maker"] != case.get("maker") or (case.get("brand") and got["brand"] != case["brand"])
    ]
    assert wrong == []


def test_every_trap_has_a_case_or_says_nothing_of_the_maker() -> None:
    assert [trap["identifier"] for trap in TRAPS if not trap["cases"] and trap["speaks_for"]] == []


def test_a_number_that_says_nothing_names_nobody() -> None:
    silent = [
        trap["identifier"].removeprefix("sysObjectID ")
        for trap in TRAPS
        if trap["identifier"].startswith("sysObjectID") and not trap["speaks_for"]
    ]
    assert len(silent) > 20
    found = verdicts([{"sys_object_id": f"{number}.1"} for number in silent])
    assert [n for n, got in zip(silent, found, strict=True) if got["maker"] or got["runner_up"]] == []
