"""The log: what was tampered with is told with its line, and a writer never leaves half a line."""

from __future__ import annotations

import fcntl
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clearband.errors import ClearbandError, InputError, OutputError
from clearband.listing.authority import authority_text
from clearband.listing.checked import checked_before
from clearband.listing.log import MAX_LINE, append, read_log, sha256_of
from clearband.listing.record import ListFolder, check_forms, draft, record
from clearband.model.canonical import canonical
from clearband.model.listing import State
from tests.listing.made_list import AUTHORITY, GROUND, SUBJECT, MadeList, day, signed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ListFolder:
    monkeypatch.setattr("clearband.listing.checked.cache_home", lambda: tmp_path / "cache")
    return kept(tmp_path / "list", MadeList())


def kept(folder: Path, made: MadeList) -> ListFolder:
    """A list in a folder, with an entry that is listed."""
    made.listed()
    folder.mkdir()
    (folder / "authority.yaml").write_text(authority_text(made.replay.authority))
    (folder / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in made.lines))
    return ListFolder(folder)


def lines(place: ListFolder) -> list[bytes]:
    return place.log.read_bytes().splitlines(keepends=True)


def lengthen(place: ListFolder) -> None:
    """Change the last line, which no later line has the hash of."""
    raw = json.loads(lines(place)[-1])
    raw["until"] = "2099-12-31"
    place.log.write_bytes(b"".join(lines(place)[:-1]) + canonical(raw) + b"\n")


def suspended(place: ListFolder, *by: str) -> None:
    event = draft(place.replayed(), "suspend", "radio", effective=NOW.date(), cause="exploited-defect",
                  ground=GROUND, reply_until=day("2026-03-31"))  # fmt: skip
    record(place, signed(event, *by), now=NOW)


def test_what_was_recorded_is_read_again(place: ListFolder) -> None:
    suspended(place, "officer-1", "officer-3")
    assert [line.event.kind for line in read_log(place.log)] == [
        "authority", "submit", "accept", "assess", "propose", "decide", "suspend"]  # fmt: skip
    standing = place.replayed().entries["radio"].standing
    assert standing is not None
    assert standing.state == State.SUSPENDED
    assert list(check_forms(place.log))[-1] == place.replayed().head


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (
            lambda log: [*log[:1], log[1].replace(b"words", b"Words"), *log[2:]],
            "line 3: .*line 2 was changed",
        ),
        (
            lambda log: [*log[:1], *log[2:]],
            "line 2: event 2 stands where event 1 belongs: lines were removed",
        ),
        (lambda log: [log[1], log[0], *log[2:]], "line 1: event 1 stands where event 0 belongs"),
        (
            lambda log: [*log[:2], log[1], *log[2:]],
            "line 3: event 1 stands where event 2 belongs: lines were added",
        ),
        (lambda log: [*log[:2], b"{}\n", *log[2:]], "line 3: no event"),
        (lambda log: [*log[:2], b"[" * 100_000 + b"\n", *log[2:]], "line 3: no event"),
        (lambda log: [*log[:2], b" " * (MAX_LINE + 5), *log[2:]], "line 3: more than"),
        (lambda log: [*log[:2], b"\xff\n", *log[2:]], "line 3: no event"),
    ],
)
def test_tampering_is_told_with_its_line(place: ListFolder, break_it: object, told: str) -> None:
    place.log.write_bytes(b"".join(break_it(lines(place))))  # type: ignore[operator]
    with pytest.raises(InputError, match=told):
        place.replayed()


def test_a_changed_decision_is_told_even_in_the_last_line(place: ListFolder) -> None:
    """The chain cannot see the last line; the signatures do."""
    lengthen(place)
    with pytest.raises(InputError, match=r"line 6: decide has 0 of 2 signatures .*officer-1 is not valid"):
        place.replayed()


def test_signatures_are_checked_once_and_again_when_the_log_is_another(place: ListFolder) -> None:
    assert place.replayed().count == 6
    kept = checked_before(place.log)
    assert kept is not None
    assert kept.head == sha256_of(lines(place)[-1][:-1])
    lengthen(place)
    with pytest.raises(InputError, match="signatures"):
        place.replayed()
    with pytest.raises(InputError, match="signatures"):
        place.replayed(day("2026-12-31"))


@pytest.mark.parametrize("by", [(), ("officer-1",), ("officer-1", "officer-1")])
def test_fewer_than_the_quorum_decide_nothing(place: ListFolder, by: tuple[str, ...]) -> None:
    before = place.log.read_bytes()
    with pytest.raises(InputError, match=rf"suspend has {len(set(by))} of 2 signatures"):
        suspended(place, *by)
    assert place.log.read_bytes() == before


def test_one_decider_with_two_signatures_is_one_decider(place: ListFolder) -> None:
    with pytest.raises(InputError, match=r"1 of 2 signatures \(officer-1 signed twice\)"):
        suspended(place, "officer-1", "officer-1")


def test_a_key_that_is_unknown_or_over_does_not_count(place: ListFolder) -> None:
    first, *others = AUTHORITY.deciders
    ended = replace(AUTHORITY, deciders=(replace(first, until=day("2026-02-28")), *others))
    place = kept(place.folder / "other", MadeList(ended))
    with pytest.raises(
        InputError, match=r"1 of 2 signatures .the key of officer-1 does not decide on 2026-03-01"
    ):
        suspended(place, "officer-1", "officer-2")
    suspended(place, "officer-3", "officer-2")


def test_a_signed_decision_cannot_be_used_a_second_time(place: ListFolder) -> None:
    event = draft(place.replayed(), "suspend", "radio", effective=NOW.date(), cause="exploited-defect",
                  ground=GROUND, reply_until=day("2026-03-31"))  # fmt: skip
    once = signed(event, "officer-1", "officer-2")
    record(place, once, now=NOW)
    with pytest.raises(InputError, match="signed for another place"):
        record(place, once, now=NOW)


def test_a_second_writer_waits_and_is_told(place: ListFolder) -> None:
    event = draft(
        place.replayed(), "submit", "chip", effective=NOW.date(), cause="application", subject=SUBJECT
    )
    with place.log.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another command is writing to the log"):
            record(place, event, now=NOW, wait=0.1)
    assert record(place, event, now=NOW).line.event.number == 6


def test_a_last_line_that_was_cut_off_does_not_count_and_is_set_aside(place: ListFolder) -> None:
    whole = place.log.read_bytes()
    place.log.write_bytes(whole + b'{"authority":"exam')
    assert place.replayed().count == 6
    event = draft(
        place.replayed(), "submit", "chip", effective=NOW.date(), cause="application", subject=SUBJECT
    )
    done = record(place, event, now=NOW)
    assert done.torn is not None
    assert done.torn.read_bytes() == b'{"authority":"exam'
    assert place.log.read_bytes().startswith(whole)
    assert place.replayed().count == 7


def test_a_full_disk_leaves_the_log_as_it_was(place: ListFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.log.read_bytes()
    write = __import__("os").write
    monkeypatch.setattr("os.write", lambda handle, data: write(handle, data[:7]))
    with pytest.raises(OutputError, match="nothing was recorded"):
        append(place.log, b'{"number":5}')
    assert place.log.read_bytes() == before


def test_an_event_that_breaks_the_form_is_not_recorded(place: ListFolder) -> None:
    event = draft(place.replayed(), "submit", "chip", effective=NOW.date(), cause="application",
                  subject=replace(SUBJECT, tier="T9"))  # fmt: skip
    with pytest.raises(InputError, match=r"subject\.tier"):
        record(place, event, now=NOW)


def test_a_log_that_is_none_and_a_folder_without_a_list(tmp_path: Path) -> None:
    with pytest.raises(ClearbandError, match="there is no list here"):
        ListFolder(tmp_path).replayed()


@pytest.mark.parametrize("moment", ["2026-03-01T12:00:00", "2026-03-01T12:00:00+05:00"])
def test_a_moment_that_is_not_in_utc_is_one_line(place: ListFolder, moment: str) -> None:
    raw = json.loads(lines(place)[-1])
    raw["recorded"] = moment
    place.log.write_bytes(b"".join(lines(place)[:-1]) + canonical(raw) + b"\n")
    with pytest.raises(InputError, match=r"line 6: recorded is no moment in UTC"):
        list(read_log(place.log))
