"""Deciders, keys and quorum change by a step that those before sign, and by nothing else."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Clearband
from tests.cli.test_approved import BY_A_AND_B, CHANGE, office

__all__ = ["office"]

FILE = Path("approved-list/authority.yaml")


def edit(old: str, new: str) -> str:
    before = FILE.read_text()
    assert old in before
    FILE.write_text(before.replace(old, new))
    return before


def test_an_edited_file_stops_every_command_until_it_is_recorded(office: Clearband) -> None:
    edit("quorum: '2'", "quorum: '3'")
    for words in (("asof",), ("show", "radio"), ("check",), ("accept", "radio"), ("due",)):
        told = office("approved", *words)
        assert told.status == 3
        assert (
            "authority.yaml is not what the log has: quorum 2 becomes 3; clearband approved" in told.one_line
        )
    assert "1 of 2 signatures" in office(*CHANGE, "--key", "a.key").one_line
    done = office(*CHANGE, *BY_A_AND_B)
    assert done.out.startswith("event 4: example authority-changed from ")
    assert office("approved", "check").out.startswith("5 events, 1 entries")
    assert "quorum: '3'" in FILE.read_text()


def test_what_was_not_to_be_changed_is_put_back(office: Clearband) -> None:
    before = edit("since: '2026-01-01'", "since: '2020-01-01'")
    assert "would decide from 2020-01-01" in office(*CHANGE, *BY_A_AND_B).one_line
    assert office("approved", "authority-changed", "--as-recorded").status == 0
    assert FILE.read_text() == before
    assert "nothing changes" in office(*CHANGE, *BY_A_AND_B).one_line
    assert office("approved", "authority-changed").status == 2


def test_a_change_travels_from_office_to_office_while_the_list_answers(office: Clearband) -> None:
    before = edit("reply_days: '0'", "reply_days: '14'")
    Path("new.yaml").write_text(FILE.read_text())
    FILE.write_text(before)
    office("approved", "authority-changed", "new.yaml", *CHANGE[2:], "--draft", "change.json")
    assert office("approved", "asof").status == 0
    shown = office("approved", "sign", "change.json", "--key", "a.key").out
    assert "reply_days 0 becomes 14" in shown
    office("approved", "sign", "change.json", "--key", "c.key")
    assert office("approved", "record", "change.json").status == 0
    told = office("approved", "authority").out.splitlines()
    assert told[1].strip() == "Example: 2 deciders must sign, 0 days for a reply"
    assert [line.split(", ")[0] for line in told if line.startswith("event")] == ["event 0", "event 4"]
    assert told[-2].endswith("rules-changed: Cases wait no longer")
    assert told[-1].strip() == "reply_days 0 becomes 14"
