"""The catalogue of criteria and the profiles over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.assess.catalogue import catalogue
from clearband.assess.profiles import check_profile, read_profile, shipped_profiles
from clearband.errors import FactsError
from clearband.facts.store import ROOT
from clearband.model.criterion import Effect

EXAMPLE = ROOT / "criteria" / "profiles" / "example-us.yaml"


def test_every_word_of_a_criterion_is_one_of_the_terms() -> None:
    held = catalogue()
    for criterion in held.criteria.values():
        assert criterion.group in held.groups
        assert set(criterion.evidence_types) <= set(held.evidence_types), criterion.id
        assert set(criterion.measurable_from) <= set(held.measures), criterion.id
        assert set(criterion.threats) <= set(held.threats), criterion.id
        assert {pointer.framework for pointer in criterion.pointers} <= set(held.frameworks), criterion.id
        for gate in criterion.gates:
            assert set(gate.with_groups) <= set(held.groups), criterion.id
            assert set(gate.with_criteria) <= set(held.criteria), criterion.id


def test_the_shares_of_the_groups_are_a_whole() -> None:
    assert sum(group.suggested_share for group in catalogue().groups.values()) == 100


def test_the_catalogue_holds_all_criteria_and_is_pinned_by_one_hash() -> None:
    assert len(catalogue().criteria) == 140
    assert len(catalogue().sha256) == 64
    refusing = {
        name for name, one in catalogue().criteria.items() for g in one.gates if g.effect is Effect.REFUSE
    }
    assert {"ENG-10", "ENG-23", "LEG-05", "OWN-09"} <= refusing


def test_shipped_profiles_have_no_fault() -> None:
    assert shipped_profiles()["example-us"].illustration
    assert check_profile(EXAMPLE) == []


def changed(tmp_path: Path, criteria: str) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(f"{EXAMPLE.read_text()}criteria:\n{criteria}")
    return path


def test_political_legal_criteria_alone_refuse_no_low_tier_equipment(tmp_path: Path) -> None:
    refusal = "{effect: refuse, when: {answer: 'yes'}, text: no}"
    path = changed(tmp_path, f"- {{id: JUR-01, reason: policy, gates: [{refusal}]}}\n")
    with pytest.raises(FactsError, match="JUR-01 alone would refuse equipment of T4, T5"):
        read_profile(path)


@pytest.mark.parametrize("beside", ["with_criteria: [JUR-02, JUR-10]", "with_groups: [ownership]"])
def test_nor_do_several_of_them_together(tmp_path: Path, beside: str) -> None:
    refusal = f"{{effect: refuse, when: {{answer: 'yes'}}, text: no, {beside}}}"
    (problem,) = check_profile(changed(tmp_path, f"- {{id: JUR-01, reason: policy, gates: [{refusal}]}}\n"))
    assert (problem.severity, "political-legal too" in problem.what) == ("error", True)


@pytest.mark.parametrize("beside", ["with_criteria: [JUR-02, VUL-08]", "with_groups: [vulnerability]"])
def test_beside_a_finding_about_the_product_they_may(tmp_path: Path, beside: str) -> None:
    refusal = f"{{effect: refuse, when: {{answer: 'yes'}}, text: no, {beside}}}"
    assert not [
        one
        for one in check_profile(changed(tmp_path, f"- {{id: JUR-01, reason: policy, gates: [{refusal}]}}\n"))
        if one.severity == "error"
    ]


def test_nor_do_they_by_their_weight_in_the_score(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"{EXAMPLE.read_text()}groups:\n- {{group: jurisdiction, share: '90'}}\n")
    with pytest.raises(
        FactsError, match=r"alone would bring a \S+ of T4 to 0\.\d+, below refuse_below 0\.35"
    ):
        read_profile(path)


def test_a_criterion_that_does_not_exist_is_named(tmp_path: Path) -> None:
    (problem,) = check_profile(changed(tmp_path, "- {id: OWN-99, reason: policy}\n"))
    assert "OWN-99" in problem.one_line()


def test_a_gate_that_a_profile_drops_is_told(tmp_path: Path) -> None:
    (problem,) = check_profile(changed(tmp_path, "- {id: ENG-23, reason: policy, leave_out: 'true'}\n"))
    assert problem.severity == "warning"
    assert "ENG-23 no longer can refuse" in problem.what


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ("{effect: condition, when: {answer: 'no'}, text: t}", "ENG-01 is answered by a number"),
        ("{effect: condition, when: {below: '2', detail: afar}, text: t}", '"afar" is no detail of ENG-01'),
        ("{effect: condition, when: {below: '2'}, text: t, with_groups: [vulnerabilty]}", "is no group"),
        ("{effect: condition, when: {below: '2'}, text: t, with_criteria: [VUL-99]}", "is no criterion"),
    ],
)
def test_a_gate_that_no_answer_can_meet_is_refused(tmp_path: Path, choice: str, told: str) -> None:
    path = changed(tmp_path, f"- {{id: ENG-01, reason: policy, gates: [{choice}]}}\n")
    with pytest.raises(FactsError, match=told):
        read_profile(path)


@pytest.mark.parametrize(
    ("old", "new", "severity", "told"),
    [
        ("country: CN", "country: ZZ", "error", '"ZZ" is no country'),
        ("list: ndaa-889,", "list: ndaa-888,", "warning", 'is on a list "ndaa-888"'),
        ("quorum: '2'", "quorum: '1'", "warning", "two or more to sign"),
    ],
)
def test_a_word_that_would_silently_count_for_nothing_is_told(
    tmp_path: Path, old: str, new: str, severity: str, told: str
) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(EXAMPLE.read_text().replace(old, new))
    (problem,) = check_profile(path)
    assert (problem.severity, told in problem.what) == (severity, True)


def test_the_union_is_a_territory(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(EXAMPLE.read_text().replace("territory: US", "territory: EU"))
    assert check_profile(path) == []


def test_a_profile_that_designates_and_binds_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    kept = [
        line for line in EXAMPLE.read_text().splitlines() if not line.startswith(("- {country", "- {list"))
    ]
    path.write_text("\n".join(line for line in kept if line not in ("designated:", "binding:")))
    assert [problem.key for problem in check_profile(path)] == ["designated", "binding"]
