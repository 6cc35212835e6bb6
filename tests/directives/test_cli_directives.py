"""``clearband directives``: the measures and the vocabulary, listed and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.errors import UsageError
from tests.directives.conftest import POLICY


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["directives", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_list_names_every_measure_with_its_force() -> None:
    lines = run("list").splitlines()
    assert len(lines) == 53
    assert any("us-eo-13873-icts" in line and "enabling" in line for line in lines)
    assert any("us-fcc-legacy-import-ban-2026" in line and "not verified" in line for line in lines)


def test_the_list_as_json_and_the_vocabulary() -> None:
    assert len(json.loads(run("list", "--json"))["directives"]) == 53
    words = json.loads(run("list", "--vocabulary", "--json"))
    assert "federal-agency" in {entry["id"] for entry in words["actors"]}
    assert len(words["equipment_categories"]) > 97
    assert "  procure" in run("list", "--vocabulary")


def test_a_measure_is_shown_with_its_life_its_clauses_and_what_is_not_verified() -> None:
    shown = run("show", "us-fcc-covered-list")
    assert "2021-03-12 published" in shown
    assert "entry digitalsystem (added 2026-07-07)" in shown
    assert "not verified: " in shown
    assert json.loads(run("show", "us-fcc-covered-list", "--json"))["id"] == "us-fcc-covered-list"


def test_a_clause_shows_its_makers_with_reach_its_equipment_and_where_exceptions_stand(
    tmp_path: Path,
) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(
        POLICY
        + """\
    equipment: [telecom]
    exceptions:
      - id: existing-networks
        text: what networks in operation need
        cite: s. 2
        when: {purposes: [existing-network-support]}
        through: {date: 2028-12-31, known_from: 2026-06-01}
""",
        encoding="utf-8",
    )
    lines = run("show", "acme-policy-7", "--facts", str(tmp_path)).splitlines()
    at = lines.index("clause buying (s. 1) prohibits: do not buy radios of Hytera")
    assert lines[at + 2 : at + 5] == [
        "  makers    hytera (with subsidiaries)",
        "  equipment telecom",
        "  exception existing-networks (s. 2): what networks in operation need, through 2028-12-31",
    ]


def test_a_clause_shows_the_list_and_the_test_by_which_makers_are_meant() -> None:
    assert "makers    whoever is on the list ndaa-1260h" in run("show", "us-ndaa-fy2024-805")
    assert "makers    by a test: an order names the maker" in run("show", "ca-bill-c26-c8")


def test_a_measure_shows_whom_it_calls_a_subsidiary_or_affiliate() -> None:
    assert "subsidiary or affiliate by FAR 2.101: concerns are affiliates when" in run(
        "show", "us-ndaa-fy2019-889-a1a"
    )
    assert "15 CFR part 744, supplement no. 4: only the entities" in run("show", "us-bis-entity-list-huawei")


def test_an_unknown_measure_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="us-eo-13873-icts"):
        run("show", "us-eo-13873")


def test_a_duty_with_a_clock_is_shown_in_words() -> None:
    shown = run("show", "far-52-204-24-25-26")
    assert "within 1 business day after it was found" in shown
    assert (
        "report what was done to mitigate (52.204-25(d)): within 10 business days after first-report" in shown
    )
    assert "{'" not in shown
