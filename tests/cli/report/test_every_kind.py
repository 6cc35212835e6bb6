"""What holds for every kind of draft that is a document."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from tests.cli.conftest import Clearband
from tests.cli.report.conftest import pages_of

SCHEMA = Path(__file__).resolve().parents[3] / "clearband" / "facts" / "schemas" / "filing.schema.json"
KINDS = ("board", "country", "section-889", "section-889-report", "fcc-annual", "reimbursement")
TABULAR = KINDS[2:]


def arguments(kind: str, run: Path) -> tuple[object, ...]:
    more = ("--country", "US") if kind == "country" else ()
    return (kind, "--run", run, *more)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_a_draft_of_a_day_with_the_hashes_and_the_bytes_are_the_same(
    kind: str, clearband: Clearband, carrier: Path, tmp_path: Path
) -> None:
    made = []
    for name in ("one.pdf", "two.pdf"):
        ended = clearband("report", *arguments(kind, carrier), "--out", tmp_path / name)
        assert ended.status == 0, ended.err
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    facts = json.loads((carrier / "run.json").read_bytes())["facts_sha256"]
    for page in pages_of(tmp_path / "one.pdf"):
        assert "DRAFT — not a filing" in page
        assert f"As of 2026-11-24 · facts {facts[:16]} · run " in page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("run", ["hostile", "empty"])
def test_the_data_is_of_the_published_form_and_the_page_runs_nothing(
    kind: str, run: str, request: pytest.FixtureRequest, clearband: Clearband, tmp_path: Path
) -> None:
    folder = request.getfixturevalue(run)
    assert clearband("report", *arguments(kind, folder), "--out", tmp_path / "made.json").status == 0
    made = json.loads((tmp_path / "made.json").read_bytes())
    jsonschema_rs.validator_for(json.loads(SCHEMA.read_bytes())).validate(made)
    assert made["kind"] == kind
    assert clearband("report", *arguments(kind, folder), "--out", tmp_path / "made.html").status == 0
    text = (tmp_path / "made.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "script-src" not in text
    assert "default-src &#39;none&#39;" in text
    ended = clearband("report", *arguments(kind, folder), "--out", tmp_path / "made.xlsx")
    assert ended.status == (0 if kind in TABULAR else 2)


@pytest.mark.parametrize("kind", [*KINDS, "evidence"])
def test_what_cannot_be_written_leaves_nothing(
    kind: str, clearband: Clearband, carrier: Path, tmp_path: Path
) -> None:
    ending = "zip" if kind == "evidence" else "html"
    ended = clearband("report", *arguments(kind, carrier), "--out", tmp_path / "none" / f"made.{ending}")
    assert ended.status == 3
    assert "No such file" in ended.one_line
    ended = clearband("report", *arguments(kind, tmp_path), "--out", tmp_path / f"made.{ending}")
    assert ended.status == 3
    assert "holds no run.json" in ended.one_line
    assert not list(tmp_path.iterdir())
