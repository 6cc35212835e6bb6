"""``clearband directives diff``: days, versions, own files, JSON, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.errors import FactsError, InputError, UsageError
from clearband.facts.store import ROOT, compiled
from tests.directives.conftest import POLICY
from tests.facts.changed import read_packaged_once

SCHEMA = json.loads((ROOT / "schemas" / "directives-diff.schema.json").read_text(encoding="utf-8"))


BUYS_HYTERA = ("--as", "any-us-person", "--action", "procure", "--maker", "hytera")


@pytest.fixture(autouse=True)
def _files_that_stay_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read_packaged_once(monkeypatch)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["directives", "diff", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def as_json(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    jsonschema_rs.validator_for(SCHEMA).validate(found)
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the facts in which Part B and the FAR begin a month later, with a measure less."""
    folder = tmp_path_factory.mktemp("version") / "facts"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns("__pycache__", "schema*", "*.py"))
    for name in ("us-ndaa-fy2019-889-a1b", "far-52-204-24-25-26"):
        file = folder / "directives" / "us" / f"{name}.yaml"
        file.write_text(file.read_text("utf-8").replace("2020-08-13", "2020-09-13"), "utf-8")
    (folder / "directives" / "us" / "us-eo-13873-icts.yaml").unlink()
    return folder


def test_two_days_by_the_measure_that_decides() -> None:
    shown = run(
        "2020-08-12", "2020-08-13", "--as", "federal-contractor", "--action", "use", "--maker", "Huawei"
    )
    lines = shown.splitlines()
    assert lines[0].endswith("situations are answered otherwise, by 1 measure.")
    assert lines[1] == "us-ndaa-fy2019-889-a1b  Section 889 Part B"
    assert lines[2] == "  because 2020-08-13 effective"
    assert re.search(r"federal-contractor · use · huawei · \d+ kinds of equipment", shown)
    assert "not-yet → prohibited  (own-use, effective 2020-08-13)" in shown


def test_the_same_day_twice_changes_nothing() -> None:
    assert run("2021-01-01", "2021-01-01", "--as", "federal-agency", "--maker", "zte") == (
        "From 2021-01-01 to 2021-01-01: no answer changes.\n"
    )


def test_knowledge_of_two_days() -> None:
    found = as_json(
        "known:2018-01-01",
        "known:2019-01-01",
        "--on",
        "2019-09-01",
        "--maker",
        "zte",
        "--as",
        "federal-agency",
    )
    assert found["a"]["known_on"] == "2018-01-01"
    assert found["b"]["on"] == "2019-09-01"
    assert found["changes"]
    both = as_json(
        "2019-09-01,known:2018-01-01",
        "2019-09-01,known:2019-01-01",
        "--maker",
        "zte",
        "--as",
        "federal-agency",
    )
    assert both == found


def test_another_version_of_the_facts(copy: Path) -> None:
    before = sorted(path.name for path in compiled().folder.parent.iterdir())  # type: ignore[union-attr]
    found = as_json(
        "packaged", str(copy), "--on", "2020-08-20", "--as", "federal-contractor", "--maker", "zte"
    )
    assert before == sorted(path.name for path in compiled().folder.parent.iterdir())  # type: ignore[union-attr]
    assert {(one["before"]["answer"], one["after"]["answer"]) for one in found["changes"]} == {
        ("prohibited", "not-yet"), ("review", "not-yet"),
    }  # fmt: skip
    edited = {(edit["id"], edit["change"]) for edit in found["edits"]}
    assert edited == {
        ("us-eo-13873-icts", "removed"),
        ("us-ndaa-fy2019-889-a1b", "edited"),
        ("far-52-204-24-25-26", "edited"),
    }
    assert [edit["id"] for edit in found["changes"][0]["edited"]] == ["us-ndaa-fy2019-889-a1b"]


def test_an_edit_is_listed_though_no_answer_changes(copy: Path) -> None:
    shown = run("packaged", str(copy), "--on", "2024-01-01", "--as", "federal-contractor", "--maker", "zte")
    assert "no answer changes" in shown
    assert "  measure us-eo-13873-icts: removed" in shown
    assert "    timeline effective 2020-09-13 added" in shown


def test_ones_own_files_against_the_packaged_law(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    found = as_json("packaged", str(tmp_path), "--on", "2026-07-01", *BUYS_HYTERA)
    assert [edit["id"] for edit in found["edits"]] == ["acme-policy-7"]
    assert {one["after"]["directive"] for one in found["changes"]} == {"acme-policy-7"}
    days = run("2026-05-31", "2026-06-01", "--facts", str(tmp_path), *BUYS_HYTERA)
    assert "acme-policy-7" in days


def test_a_draft_is_not_counted_and_said_so(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY.replace("clauses:", "status: draft\nclauses:"), "utf-8")
    words = ("packaged", str(tmp_path), "--on", "2026-07-01", *BUYS_HYTERA)
    assert run(*words).splitlines()[:2] == [
        f"From packaged on 2026-07-01 to {tmp_path} on 2026-07-01: no answer changes.",
        "1 draft is not counted, being no law: acme-policy-7. --adopted shows what it would change.",
    ]
    found = as_json(*words)
    assert (found["changes"], found["b"]["drafts_not_counted"]) == ([], ["acme-policy-7"])
    assert "drafts_not_counted" not in found["a"]


def test_a_draft_as_if_adopted_shows_what_it_would_change(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(POLICY, "utf-8")
    words = ("packaged", str(tmp_path), "--on", "2026-07-01", *BUYS_HYTERA)
    law = as_json(*words)
    file.write_text(POLICY.replace("clauses:", "status: draft\nclauses:"), "utf-8")
    draft = as_json(*words, "--adopted")
    assert draft["changes"] == law["changes"] != []
    assert draft["b"]["drafts_as_adopted"] == ["acme-policy-7"]
    assert "1 draft is judged as if adopted: acme-policy-7." in run(*words, "--adopted")


def test_the_limit_counts_what_it_leaves_out() -> None:
    words = (
        "2019-08-12",
        "2019-08-13",
        "--as",
        "federal-agency",
        "--maker",
        "hikvision",
        "--maker",
        "huawei",
    )
    every = run(*words, "--limit", "0").splitlines()
    short = run(*words, "--limit", "1").splitlines()
    assert short[-1].startswith("and ")
    assert len(short) < len(every)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("2020-01-01", "packaged"), "a day and a version of the facts cannot be compared"),
        (("2020-01-01", "nowhere"), "nowhere: is no day and no folder"),
        (("2020-01-01", "2020-01-02", "--on", "2020-01-01"), "--on: both sides name a day"),
        (("2020-01-01", "2020-01-02", "--as", "federal-agancy"), "federal-agency"),
    ],
)
def test_what_cannot_be_compared_is_refused(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises((UsageError, InputError), match=said):
        run(*arguments)


def test_a_version_with_an_error_is_refused_with_folder_file_and_line(copy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "facts"
    shutil.copytree(copy, broken)
    file = broken / "directives" / "us" / "us-fcc-covered-list.yaml"
    file.write_text(file.read_text("utf-8").replace("force: binding", "force: hard"), "utf-8")
    with pytest.raises(FactsError, match=r"facts: directives/us/us-fcc-covered-list.yaml line \d+: force"):
        run("packaged", str(broken))
    (broken / "vocabulary.yaml").unlink()
    with pytest.raises(InputError, match="holds no vocabulary"):
        run("packaged", str(broken))
