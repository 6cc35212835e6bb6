"""The learning loop: which signals were there where identification and a label differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearband.cli.identify import command
from clearband.errors import InputError
from clearband.identify.labels import Judge, Mistake
from clearband.model.label import Label
from clearband.register import Register

ON = date(2026, 11, 1)
INVENTORY = (
    "Asset,Manufacturer,Model,MAC,Notes\n"
    "A-1,Huawei,CE6820H-48S6CQ,,\n"
    "A-2,,X1,02:00:00:00:00:01,was ZTE\n"
    "A-3,Juniper,MX80,,\n"
    "A-4,ZTE,,,\n"
    "A-5,,,,\n"
)
TRUTH = (
    "row_id,maker,covered,why\n"
    "A-1,huawei,yes,plain\n"
    "A-2,zte,yes,only a note tells\n"
    "A-3,hpe,no,one house\n"
    "A-4,panduit,no,a wrong label\n"
    "A-5,unknown,unknown,nothing\n"
    "A-9,cisco,no,not in the inventory\n"
)


def explained(tmp_path: Path, truth: str = TRUTH, *more: str) -> str:
    inventory, labels = tmp_path / "inventory.csv", tmp_path / "truth.csv"
    inventory.write_text(INVENTORY, encoding="utf-8")
    labels.write_text(truth, encoding="utf-8")
    words = [str(inventory), "--on", "2026-11-01", "--explain-misses", str(labels), *more]
    result = CliRunner().invoke(command, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_each_mistake_is_shown_with_what_its_signals_say(tmp_path: Path) -> None:
    text = explained(tmp_path)
    assert text.startswith("3 of 5 labelled records agree with the labels\n")
    missed, false_alarm = text.split("A-2: ")[1], text.split("A-4: ")[1]
    assert missed.startswith("covered maker missed; label zte, verdict nobody")
    assert "says nothing: locally administered address" in missed
    assert "mention   zte in notes" in missed
    assert false_alarm.startswith("false alarm; label panduit, verdict zte")
    assert "zte: alias of the register: ZTE" in false_alarm
    assert "[stated-" in false_alarm
    assert "1 label has no record, such as A-9" in text


def test_signals_of_all_mistakes_are_counted(tmp_path: Path) -> None:
    table = explained(tmp_path).split("signal  ")[1].splitlines()
    counts = {line.split()[0]: line.split()[1:] for line in table[1:]}
    assert counts["manufacturer"] == ["1", "0", "1", "0"]  # there, for the label, for another, silent
    assert counts["macs"] == ["1", "0", "0", "1"]


def test_with_an_output_file_the_verdicts_are_written_too(tmp_path: Path) -> None:
    explained(tmp_path, TRUTH, "--out", str(tmp_path / "makers.jsonl"))
    assert len((tmp_path / "makers.jsonl").read_text(encoding="utf-8").splitlines()) == 5


def test_labels_of_another_inventory_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match='no record has an id of the labels, such as "B-1"'):
        explained(tmp_path, "row_id,maker,covered\nB-1,zte,yes\n")


@pytest.mark.parametrize(
    ("found", "label", "mistake"),
    [
        ("juniper", Label("", "hpe", covered=False), None),  # one house since July 2025
        ("ezviz", Label("", "hikvision", covered=True), None),
        ("palo-alto-networks", Label("", "palo-alto", covered=False), None),
        ("dahua-electronics-corporation", Label("", "dahuatech-limousine", covered=False), Mistake.WRONG),
        ("nokia", Label("", "ericsson", covered=False), Mistake.WRONG),
        ("huawei", Label("", "nokia", covered=False), Mistake.FALSE_ALARM),
        ("huawei", Label("", None), Mistake.FALSE_ALARM),
        ("cisco", Label("", "huawei", covered=True), Mistake.MISSED),
        (None, Label("", "cisco", covered=False), Mistake.NOT_FOUND),
        ("cisco", Label("", None), Mistake.GUESSED),
        (None, Label("", None), None),
    ],
)
def test_what_counts_as_a_mistake(
    register: Register, found: str | None, label: Label, mistake: Mistake | None
) -> None:
    assert Judge(register, ON).mistake(found, label) is mistake


def test_makers_of_one_family_of_the_labels_are_one(register: Register) -> None:
    labels = [Label("1", "cadant", family="arris"), Label("2", "arris", family="arris")]
    assert Judge(register, ON, labels).same("cadant", "arris")
    assert not Judge(register, ON).same("cadant", "arris")
