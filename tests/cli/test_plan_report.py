"""``clearband plan report`` as a user meets it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Clearband
from tests.planning.checking import by_hand, made_up


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    made = made_up.network()
    plan = made_up.plan(made)
    plan.claims = by_hand.claims(made, plan)
    return made.write(tmp_path / "net"), plan.write(tmp_path / "plan")


def test_it_says_what_was_written_and_what_the_plan_comes_to(
    clearband: Clearband, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    ended = clearband("plan", "report", *folders, "--out", tmp_path / "look")
    assert ended.status == 0
    first, *lines = ended.out.splitlines()
    assert first.endswith("look: plan.html, work-orders.xlsx, 8 charts in charts/")
    assert "  169 items (491 units) at 40 sites of 41 are replaced, in 23 units of work." in lines
    assert any(line.endswith("Net present cost: USD 3,189,791.") for line in lines)
    assert "  How far it is from the best is not known: its bound names no network." in lines


def test_a_folder_of_something_else_is_refused_in_one_line(
    clearband: Clearband, folders: tuple[Path, Path]
) -> None:
    ended = clearband("plan", "report", *folders, "--out", folders[0])
    assert ended.status != 0
    assert "the folder is not empty and is no earlier report of a plan" in ended.one_line
    assert (folders[0] / "sites.csv").exists()


def test_a_plan_that_cannot_be_read_is_one_line_and_writes_nothing(
    clearband: Clearband, folders: tuple[Path, Path], tmp_path: Path
) -> None:
    (folders[1] / "work.csv").write_text("item\nx\n", encoding="utf-8")
    ended = clearband("plan", "report", *folders, "--out", tmp_path / "look")
    assert "is missing" in ended.one_line
    assert not (tmp_path / "look").exists()
