"""A run made with own directive files, screened again: with them, without them, and with other ones."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from tests.cli.conftest import Clearband
from tests.directives.conftest import POLICY

ASKED = ("--as", "any-us-person", "--action", "procure")
LIST = """\
asset,manufacturer,model,category
r1,Hytera,PD785,handheld radio
r2,Hytera,RD985,repeater
s1,Cisco,C9300,switch
"""


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "policy-7.yaml").write_text(POLICY, encoding="utf-8")
    return folder


@pytest.fixture
def run(clearband: Clearband, tmp_path: Path, policies: Path) -> Path:
    """Two records that nothing but the policy prohibits."""
    inventory = tmp_path / "list.csv"
    inventory.write_text(LIST, encoding="utf-8")
    out = tmp_path / "run"
    ended = clearband("screen", inventory, *ASKED, "--on", "2026-11-01", "--facts", policies, "--out", out)
    assert ended.status == 0, ended.err
    return out


def test_a_policy_that_is_not_named_again_is_missed_in_the_first_line(
    clearband: Clearband, tmp_path: Path, run: Path
) -> None:
    ended = clearband("screen", "--again", run, "--out", tmp_path / "new")
    first, second = ended.out.splitlines()[:2]
    assert first == (
        "Not asked this time: your own directive file policy-7.yaml, which the earlier run used. What "
        "only it prohibits is shown as not covered. "
        "To ask it again, add --facts with the folder that holds it."
    )
    assert second.endswith("screened again: without your own directive file policy-7.yaml.")
    assert "prohibited → not-covered: 2 records" in ended.out
    record = json.loads((tmp_path / "new" / "run.json").read_text("utf-8"))
    assert [one["file"] for one in record["again"]["own_facts"]] == ["policy-7.yaml"]
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(record)


def test_a_program_is_told_of_the_missing_policy_too(clearband: Clearband, run: Path) -> None:
    ended = clearband("screen", "--again", run, "--json")
    found = json.loads(ended.out)
    schema = json.loads((ROOT / "schemas" / "screen-changes.schema.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(found)
    assert (found["own_facts"], found["own_facts_left_out"]) == ([], ["policy-7.yaml"])
    assert [one["file"] for one in found["again"]["own_facts"]] == ["policy-7.yaml"]
    assert "policy-7.yaml" in ended.one_line


def test_the_same_policy_in_another_folder_is_the_same(
    clearband: Clearband, tmp_path: Path, run: Path, policies: Path
) -> None:
    moved = policies.rename(tmp_path / "elsewhere")
    (moved / "policy-7.yaml").rename(moved / "renamed.yaml")
    ended = clearband("screen", "--again", run, "--facts", moved)
    assert ended.out.splitlines()[0].endswith("screened again: the same facts, day and settings.")


def test_a_policy_with_another_text_or_a_new_one_is_named(
    clearband: Clearband, run: Path, policies: Path
) -> None:
    file = policies / "policy-7.yaml"
    file.write_text(POLICY.replace("policy 7", "policy seven"), encoding="utf-8")
    (policies / "policy-8.yaml").write_text(POLICY.replace("policy-7", "policy-8"), encoding="utf-8")
    ended = clearband("screen", "--again", run, "--facts", policies)
    assert ended.out.splitlines()[0].endswith(
        "screened again: other text of your own directive file policy-7.yaml; "
        "with your own directive file policy-8.yaml."
    )


WITH_AN_END = (
    POLICY
    + """\
    until: {date: 2028-06-01, known_from: 2026-06-01}
    exceptions:
      - id: existing-networks
        text: what networks in operation need
        when: {purposes: [existing-network-support]}
        through: {date: 2027-12-31, known_from: 2026-06-01}
"""
)


def why(clearband: Clearband, run: Path, on: str, policies: Path) -> dict[str, list[str]]:
    ended = clearband("screen", "--again", run, "--on", on, "--facts", policies, "--json")
    assert ended.status == 0, ended.err
    return {row["record_id"]: row["why"] for row in json.loads(ended.out)["changes"]}


def test_the_end_of_an_exception_is_told_only_where_it_decided(
    clearband: Clearband, tmp_path: Path, policies: Path
) -> None:
    (policies / "policy-7.yaml").write_text(WITH_AN_END, encoding="utf-8")
    inventory = tmp_path / "list.csv"
    inventory.write_text(
        "asset,manufacturer,model,category,purpose\n"
        "spare,Hytera,RD985,repeater,existing network\n"
        "new,Hytera,RD985,repeater,\n",
        encoding="utf-8",
    )
    run = tmp_path / "run"
    clearband("screen", inventory, *ASKED, "--on", "2027-12-31", "--facts", policies, "--out", run)
    assert why(clearband, run, "2028-01-01", policies) == {
        "spare": [
            "acme-policy-7 exception existing-networks ends 2027-12-31",
            "day 2027-12-31 → 2028-01-01",
        ]
    }
    later = why(clearband, run, "2028-06-01", policies)
    assert later["spare"][0] == "acme-policy-7 exception existing-networks ends 2027-12-31"
    assert later["new"] == ["acme-policy-7 expired 2028-06-01", "day 2027-12-31 → 2028-06-01"]


def test_an_event_of_the_timeline_that_ends_an_exception_is_no_reason_elsewhere(
    clearband: Clearband, tmp_path: Path, policies: Path
) -> None:
    policy = WITH_AN_END.replace(
        "clauses:", "  - {date: 2027-12-31, event: expired, known_from: 2026-06-01}\nclauses:"
    ).replace("through: {date: 2027-12-31, known_from: 2026-06-01}", "through: expired 2027-12-31")
    (policies / "policy-7.yaml").write_text(policy, encoding="utf-8")
    inventory = tmp_path / "list.csv"
    inventory.write_text(
        "asset,manufacturer,category,purpose\nspare,Hytera,repeater,existing network\nnew,Hytera,repeater,\n",
        encoding="utf-8",
    )
    run = tmp_path / "run"
    clearband("screen", inventory, *ASKED, "--on", "2027-01-01", "--facts", policies, "--out", run)
    found = why(clearband, run, "2028-06-01", policies)
    assert found["new"] == ["acme-policy-7 expired 2028-06-01", "day 2027-01-01 → 2028-06-01"]
    assert found["spare"][0] == "acme-policy-7 exception existing-networks ends 2027-12-31"


DRAFT = POLICY.replace("clauses:", "status: draft\nclauses:")


@pytest.fixture
def run_with_draft(clearband: Clearband, tmp_path: Path, policies: Path) -> Path:
    """The policy as a draft, asked on the day before it would begin."""
    (policies / "policy-7.yaml").write_text(DRAFT, encoding="utf-8")
    inventory = tmp_path / "list.csv"
    inventory.write_text(LIST, encoding="utf-8")
    out = tmp_path / "run"
    ended = clearband("screen", inventory, *ASKED, "--on", "2026-05-31", "--facts", policies, "--out", out)
    assert ended.status == 0, ended.err
    return out


def test_answers_under_a_draft_are_compared_apart_from_the_law(
    clearband: Clearband, run_with_draft: Path, policies: Path
) -> None:
    words = ("screen", "--again", run_with_draft, "--on", "2026-06-01", "--facts", policies)
    lines = clearband(*words).out.splitlines()
    assert "No answer of the law changes." in lines
    at = lines.index(
        "Under the draft Acme purchasing policy 7 (acme-policy-7), which is no law, "
        "2 records have another answer (drafts.csv):"
    )
    assert lines[at + 1] == "  not-yet → prohibited: 2 records"
    found = json.loads(clearband(*words, "--json").out)
    schema = json.loads((ROOT / "schemas" / "screen-changes.schema.json").read_text("utf-8"))
    jsonschema_rs.validator_for(schema).validate(found)
    assert found["answers_changed"] == 0
    assert found["drafts"] == [
        {
            "draft": "acme-policy-7",
            "title": "Acme purchasing policy 7",
            "asked": "both",
            "answers_changed": 2,
            "counts": [{"before": "not-yet", "after": "prohibited", "records": 2, "units": 2}],
        }
    ]


def test_a_draft_that_does_not_change_or_was_not_asked_again_is_told(
    clearband: Clearband, run_with_draft: Path, policies: Path
) -> None:
    same = clearband("screen", "--again", run_with_draft, "--facts", policies).out
    assert "(acme-policy-7), which is no law: nothing changes." in same
    without = clearband("screen", "--again", run_with_draft).out
    assert "(acme-policy-7), which is no law: asked in the earlier run only, not compared." in without


def test_the_explanation_of_a_record_says_what_drafts_would(
    clearband: Clearband, run_with_draft: Path
) -> None:
    told = clearband("explain", run_with_draft, "r1").out
    step = told[told.index("Under drafts") : told.index("Sources")]
    assert "A draft is no law: none of this is in the answer above." in step
    assert "Acme purchasing policy 7: ▲ not yet (beside not covered by the law)" in step
    assert "Clause: acme-policy-7 buying, 2026-06-01" in step


def test_without_drafts_the_explanation_has_no_step_for_them(clearband: Clearband, run: Path) -> None:
    assert "Under drafts" not in clearband("explain", run, "r1").out


def test_what_only_a_policy_prohibits_is_told_from_law(
    clearband: Clearband, tmp_path: Path, policies: Path, run: Path
) -> None:
    inventory = tmp_path / "list.csv"
    asked = ("screen", inventory, *ASKED, "--on", "2026-11-01", "--facts", policies)
    shown = clearband(*asked).out
    assert "2 records are prohibited, all of them only by your own directives, not by law." in shown
    assert "Acme purchasing policy 7 [own directive, not law]" in " ".join(shown.split())
    page = (run / "report.html").read_text("utf-8")
    assert "all of them only by your own directives, not by law." in page
    measures = page[page.index('id="measures-h"') : page.index("</table>", page.index('id="measures-h"'))]
    assert '<span class="own">own directive, not law</span>' in measures
    assert "<td>your own file</td>" in measures
    assert "<td>verified</td>" not in measures
    told = clearband("explain", run, "r1").out
    assert "Acme purchasing policy 7 [own directive, not law]" in " ".join(told.split())
    listed = clearband("directives", "list", "--facts", policies).out
    assert "Acme purchasing policy 7 (own directive, not law, binding)" in listed
    assert listed.count("own directive") == 1
    assert "true" in (run / "findings.csv").read_text("utf-8-sig").splitlines()[1].split(",")[-1]


def test_law_and_policy_together_are_told_apart_in_the_headline(
    clearband: Clearband, tmp_path: Path, policies: Path
) -> None:
    inventory = tmp_path / "both.csv"
    inventory.write_text(
        "asset,manufacturer,category\nlaw,Huawei,base station\nown,Cisco,switch\n", encoding="utf-8"
    )
    everything = POLICY.replace("org: hytera", "org: cisco").replace("any-us-person", "federal-agency")
    (policies / "policy-7.yaml").write_text(everything, encoding="utf-8")
    shown = clearband(
        "screen", inventory, "--as", "federal-agency", "--action", "procure", "--on", "2026-11-01",
        "--facts", policies,
    ).out  # fmt: skip
    assert "2 records are prohibited, 1 of them only by your own directives, not by law." in shown
    without = clearband(
        "screen", inventory, "--as", "federal-agency", "--action", "procure", "--on", "2026-11-01"
    ).out
    assert "1 record is prohibited." in without
