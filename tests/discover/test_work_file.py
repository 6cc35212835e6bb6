"""Pages that are kept while a reading goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.discover.netbox.work_file import WorkFile
from clearband.errors import InputError, UsageError

ABOUT = {"url": "https://netbox.example.net", "filters": {}}


def test_pages_are_taken_up_again_but_not_half_of_one(tmp_path: Path) -> None:
    path = tmp_path / "x.reading"
    first = WorkFile(path, ABOUT, resume=False)
    first.add("devices", [{"id": 1}], last=False)
    first.add("devices", [{"id": 2}], last=True)
    first.add("modules", [{"id": 7, "name": "né"}], last=False)
    first.close()
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:-5])
    again = WorkFile(path, ABOUT, resume=True)
    assert {name: (one.results, one.last) for name, one in again.streams.items()} == {
        "devices": ([{"id": 1}, {"id": 2}], True)
    }
    again.add("modules", [{"id": 7}], last=True)
    again.close()
    third = WorkFile(path, ABOUT, resume=True)
    assert third.streams["modules"].results == [{"id": 7}]
    third.remove()
    assert not path.exists()


def test_another_reading_is_not_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "x.reading"
    first = WorkFile(path, ABOUT, resume=False)
    first.add("devices", [{"id": 1}], last=False)
    first.close()
    with pytest.raises(UsageError, match="another address, version or filter"):
        WorkFile(path, {**ABOUT, "filters": {"site": ["a"]}}, resume=True)
    anew = WorkFile(path, ABOUT, resume=False)
    assert not anew.holds_pages
    anew.close()
    assert not path.exists(), "nothing to go on with is not left behind"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\n", b"[]\n", b'{"form": "x"}\n', b"not ours\n"])
def test_what_is_no_work_file_is_not_taken_for_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.reading"
    path.write_bytes(content)
    try:
        work = WorkFile(path, ABOUT, resume=True)
    except UsageError:
        return
    assert not work.holds_pages
    work.close()


def test_two_readings_do_not_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "x.reading"
    first = WorkFile(path, ABOUT, resume=False)
    with pytest.raises(InputError, match="another reading"):
        WorkFile(path, ABOUT, resume=True)
    first.close()
