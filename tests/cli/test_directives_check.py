"""``clearband directives check``: what is wrong with a file, and which of its examples fail."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.facts.store import ROOT
from tests.directives.conftest import POLICY

WHAT = "actor: any-us-person, action: procure, equipment: handheld radio"
CASE = "  - {{on: {on}, " + WHAT + ", maker: {maker}, answer: {answer}}}\n"
CASES = "cases:\n" + "".join(
    CASE.format(on=on, maker=maker, answer=answer)
    for on, maker, answer in [
        ("2026-05-31", "Hytera", "not-yet"),
        ("2026-06-01", "Hytera", "prohibited"),
        ("2026-06-01", "Norsat", "prohibited"),
        ("2026-06-01", "Nokia", "not-covered"),
    ]
)


def check(folder: Path, text: str, *options: str) -> tuple[int, list[str]]:
    """Exit status and lines, without the folder's name."""
    (folder / "policy.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["directives", "check", str(folder), *options], standalone_mode=False, catch_exceptions=False
    )
    return int(done.return_value or 0), done.stdout.replace(f"{folder}/", "").splitlines()


def test_a_file_in_which_all_is_right_ends_with_0(tmp_path: Path) -> None:
    assert check(tmp_path, POLICY + CASES) == (0, ["1 measure, 1 clause, 4 cases, 0 failed, 0 warnings"])


def test_a_case_that_fails_shows_line_question_both_answers_and_the_ground_and_ends_with_1(
    tmp_path: Path,
) -> None:
    text = (POLICY + CASES).replace("maker: Nokia", "maker: Hytera")
    assert check(tmp_path, text) == (
        1,
        [
            (
                "case: policy.yaml line 23: on 2026-06-01 any-us-person procure Hytera handheld radio: "
                "expected not-covered, found prohibited"
            ),
            (
                "  because Acme purchasing policy 7 (s. 1) prohibits this since 2026-06-01 (effective): "
                "do not buy radios of Hytera"
            ),
            "  read as maker: hytera",
            "  read as equipment: dmr (Professional mobile radio)",
            "1 measure, 1 clause, 4 cases, 1 failed, 0 warnings",
        ],
    )


def test_a_case_with_a_word_that_nobody_knows_is_a_failed_case_or_an_error_never_a_pass(
    tmp_path: Path,
) -> None:
    status, lines = check(tmp_path, (POLICY + CASES).replace("actor: any-us-person", "actor: anybody", 1))
    assert status == 3
    assert 'cases[0].actor: "anybody" is no actor of the vocabulary' in lines[0]
    text = (POLICY + CASES).replace("answer: not-yet}", "answer: not-yet, holding: blessing}")
    assert check(tmp_path, text)[0] == 3


def test_a_file_that_cannot_be_used_ends_with_3_and_no_case_is_asked(tmp_path: Path) -> None:
    status, lines = check(tmp_path, (POLICY + CASES).replace("kind: policy", "kind: polcy"))
    assert status == 3
    assert lines == [
        'error: policy.yaml line 6: kind: "polcy" is not allowed here; did you mean "policy"?',
        "1 error, no case was asked",
    ]


def test_boundary_days_without_a_case_and_few_cases_are_warnings(tmp_path: Path) -> None:
    assert check(tmp_path, POLICY) == (
        0,
        [
            "warning: policy.yaml line 1: cases: no case; write at least 4",
            (
                "warning: policy.yaml line 11: clauses[0]: no case asks on 2026-06-01 and on the day before, "
                "where the answer of buying changes; add both under cases"
            ),
            (
                "warning: policy.yaml line 11: clauses[0]: no case asks about one of the subsidiaries that "
                "buying reaches; add one with its id as maker (clearband who NAME shows it); a brand's name "
                "may be read as its owner"
            ),
            "1 measure, 1 clause, 0 cases, 0 failed, 3 warnings",
        ],
    )


def test_a_reach_that_no_case_rests_on_is_a_warning(tmp_path: Path) -> None:
    others = POLICY + CASES.replace("Norsat", "Hytera")
    assert [line for line in check(tmp_path, others)[1] if "no case asks about one of the" in line]
    named_alone = others.replace(", reach: [subsidiaries]", "")
    assert check(tmp_path, named_alone) == (0, ["1 measure, 1 clause, 4 cases, 0 failed, 0 warnings"])


def test_an_exception_that_is_over_before_the_clause_begins_is_a_warning(tmp_path: Path) -> None:
    exception = "{id: lab, text: lab, through: extended 2026-03-31, when: {purposes: [security-research]}}"
    known = "event: effective}\n  - {date: 2026-03-31, event: extended}"
    text = POLICY.replace("event: effective}", known) + f"    exceptions:\n      - {exception}\n" + CASES
    said = 'clauses[0]: the exception "lab" ends before the clause begins, and never holds'
    assert any(said in line for line in check(tmp_path, text)[1])


def test_a_case_of_another_action_does_not_show_a_boundary_day(tmp_path: Path) -> None:
    text = POLICY.replace("actions: [procure]", "actions: [procure, use]") + CASES
    assert check(tmp_path, text)[1][:-1] == []
    only = text.replace("from: effective", "new_equipment: [procure]\n    from: effective")
    other = only.replace("action: procure", "action: report")
    assert any("no case asks on 2026-06-01" in line for line in check(tmp_path, other)[1])


def test_a_case_in_words_that_are_not_understood_is_a_warning(tmp_path: Path) -> None:
    status, lines = check(tmp_path, (POLICY + CASES).replace("handheld radio", "frobnicator", 1))
    assert status == 0
    assert 'line 20: cases[0].equipment: "frobnicator" is not understood' in lines[0]


def test_a_measure_without_clauses_yet_is_checked_too(tmp_path: Path) -> None:
    text = POLICY[: POLICY.index("clauses:")] + "actors: [any-us-person]\nactions: [procure]\n"
    status, lines = check(tmp_path, text)
    assert (status, lines[-1]) == (0, "1 measure, 0 clauses, 0 cases, 0 failed, 1 warning")


def test_the_same_as_json(tmp_path: Path) -> None:
    status, lines = check(tmp_path, POLICY + CASES.replace("prohibited", "exempt", 1), "--json")
    found = json.loads("\n".join(lines))
    failed = [case for case in found["cases"] if case["wrong"]]
    assert status == 1
    assert [(case["expected"], case["found"], case["measure"]) for case in failed] == [
        ("exempt", "prohibited", "acme-policy-7")
    ]
    assert failed[0]["line"] == 21
    assert found["problems"] == []
    schema = json.loads((ROOT / "schemas" / "directives-check.schema.json").read_text(encoding="utf-8"))
    with_problems = check(tmp_path, POLICY + "kin: x\n", "--json")[1]
    for result in (found, json.loads("\n".join(with_problems))):
        jsonschema_rs.validator_for(schema).validate(result)


@pytest.mark.parametrize("hidden", ["\\u202e", "\\e[31m"])
def test_what_a_file_says_cannot_repaint_the_terminal(tmp_path: Path, hidden: str) -> None:
    text = POLICY.replace("kind: policy", f'kind: "{hidden}policy"')
    status, lines = check(tmp_path, text)
    assert status == 3
    assert "[U+" in lines[0]
