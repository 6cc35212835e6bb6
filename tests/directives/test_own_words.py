"""A directive file says what the vocabulary does not hold: an own actor, purpose or approval."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from clearband.cli.main import main
from clearband.directives.directive_files import read_own
from clearband.directives.law import law_of, load_law
from clearband.errors import UsageError
from clearband.facts.store import compiled
from clearband.register import load_register

from .conftest import POLICY
from .test_directive_files import lines

LAB = """\
id: acme-lab-rule
title: Acme laboratory rule
jurisdiction: US
issuer: Acme
citation: rule 3
kind: policy
force: binding
timeline:
  - {date: 2026-06-01, event: effective}
words:
  actors:
    - {id: acme, title: 'Acme, every site', is: [federal-contractor]}
  purposes:
    - {id: lab-use, title: Laboratory use, phrases: [lab bench, test bench]}
  approvals:
    - {id: acme-waiver, title: Waiver of the security office, phrases: [security office waiver]}
clauses:
  - id: buying
    cite: s. 1
    effect: prohibits
    says: nothing of Nokia is bought
    actors: [acme]
    actions: [procure]
    makers: {named: [{org: nokia}]}
    from: effective 2026-06-01
    exceptions:
      - {id: lab, text: what stands in a laboratory, when: {purposes: [lab-use]}}
      - {id: waived, text: what the office waived, when: {approvals: [acme-waiver]}}
cases:
  - {on: 2026-06-01, actor: acme, action: procure, maker: Nokia, equipment: router, answer: prohibited}
  - {on: 2026-05-31, actor: acme, action: procure, maker: Nokia, equipment: router, answer: not-yet}
  - {on: 2026-06-01, actor: acme, action: procure, maker: Nokia, purpose: lab bench, answer: exempt}
  - {on: 2026-06-01, actor: acme, action: procure, maker: Nokia, holding: acme-waiver, answer: exempt}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "lab.yaml").write_text(LAB, encoding="utf-8")
    return tmp_path / "own"


def run(*arguments: str) -> str:
    return CliRunner().invoke(main, [*arguments], catch_exceptions=False).stdout


def test_a_file_is_right_by_its_own_words(folder: Path) -> None:
    assert run("directives", "check", str(folder)) == "1 measure, 1 clause, 4 cases, 0 failed, 0 warnings\n"


@pytest.mark.parametrize(
    ("said", "answer", "read"),
    [
        ((), "prohibited", None),
        (("--purpose", "spare for the lab bench"), "exempt", ["lab-use"]),
        (("--purpose", "Test Bench"), "exempt", ["lab-use"]),
        (("--purpose", "not for the lab bench"), "prohibited", "not understood: counts as not known"),
        (("--purpose", "canteen"), "prohibited", "not understood: counts as not known"),
    ],
)
def test_its_plain_words_are_read_in_a_question(
    folder: Path, said: tuple[str, ...], answer: str, read: object
) -> None:
    question = "--maker Nokia --equipment router --actor Acme --action procure --on 2026-07-01"
    found = json.loads(run("ask", *question.split(), *said, "--facts", str(folder), "--json"))
    assert (found["answer"], found["read_as"].get("purpose")) == (answer, read)


def test_its_approval_is_read_in_a_question(folder: Path) -> None:
    question = "--maker Nokia --equipment router --actor acme --action procure --on 2026-07-01"
    held = ("--holding", "a security office waiver", "--facts", str(folder), "--json")
    assert json.loads(run("ask", *question.split(), *held))["answer"] == "exempt"


def test_its_purpose_is_read_in_an_inventory_and_its_actor_is_asked(folder: Path) -> None:
    inventory, out = folder.parent / "inventory.csv", folder.parent / "out"
    inventory.write_text(
        "id,manufacturer,model,type,purpose\n1,Nokia,7750 SR,router,lab bench\n2,Nokia,7750 SR,router,core\n",
        encoding="utf-8",
    )
    asked = ("--as", "acme", "--action", "procure", "--on", "2026-07-01", "--facts", str(folder))
    run("screen", str(inventory), *asked, "--out", str(out))
    found = pl.read_parquet(out / "findings.parquet").filter(pl.col("directive") == "acme-lab-rule")
    decided = set(found.select("record_id", "answer").iter_rows())
    assert decided == {("1", "exempt"), ("2", "prohibited")}


def test_an_own_actor_is_bound_by_the_law_of_what_it_is(folder: Path) -> None:
    question = "--maker Huawei --equipment router --action procure --on 2026-07-01 --json"
    as_acme = json.loads(run("ask", *question.split(), "--actor", "acme", "--facts", str(folder)))
    as_contractor = json.loads(run("ask", *question.split(), "--actor", "federal-contractor"))
    assert as_acme["answer"] == as_contractor["answer"] == "prohibited"
    assert as_acme["because"][0]["directive"] == as_contractor["because"][0]["directive"]


def test_an_own_actor_without_its_file_is_told_what_is_missing() -> None:
    question = "--maker Nokia --equipment router --actor acme --action procure"
    with pytest.raises(UsageError) as caught:
        run("ask", *question.split())
    assert '"acme" is no actor the law knows' in caught.value.one_line()
    assert "one that a file of your own declares needs --facts" in caught.value.one_line()


@pytest.mark.parametrize("text", ["police lab bench", "lab bench of the own office", "test bench"])
def test_what_a_text_means_to_the_law_is_what_it_meant_without_the_file(folder: Path, text: str) -> None:
    (folder / "lab.yaml").write_text(LAB.replace("[lab bench,", "[police lab bench, lab bench,"), "utf-8")
    own = [file.raw for file in read_own([folder], compiled(), load_register())]
    before, after = load_law().purposes.read(text), law_of(compiled(), own).purposes.read(text)
    assert [one for one in after.stated if one != "lab-use"] == list(before.stated)
    assert "lab-use" in after.stated


def test_the_list_of_words_and_the_schema_for_editors_hold_them(folder: Path) -> None:
    listed = json.loads(run("directives", "list", "--vocabulary", "--facts", str(folder), "--json"))
    assert "lab-use" in [one["id"] for one in listed["purposes"]]
    schema = json.loads(run("directives", "schema", "--facts", str(folder)))
    assert "acme" in schema["$defs"]["Clause"]["properties"]["actors"]["items"]["enum"]


def test_a_comparison_with_the_packaged_law_asks_the_own_actor_of_both(folder: Path) -> None:
    asked = ("--maker", "nokia", "--as", "acme", "--action", "procure", "--on", "2026-07-01")
    said = run("directives", "diff", "packaged", str(folder), *asked)
    assert "measure acme-lab-rule: added" in said
    assert "prohibited" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "id: lab-use",
            "id: public-safety",
            (
                'error lab.yaml line 14: words.purposes[0].id: "public-safety" is the purpose of the '
                "vocabulary already; use that one, or name this otherwise"
            ),
        ),
        (
            "id: lab-use",
            "id: own-money-lab",
            (
                'error lab.yaml line 14: words.purposes[0].id: "own-money-lab" means "own-money" to the law, '
                "which reads it as words; name this otherwise"
            ),
        ),
        (
            "id: acme-waiver",
            "id: acme-agency-waiver",
            '"acme-agency-waiver" means "agency-waiver" to the law',
        ),
        (
            "test bench]}",
            "test bench]}\n    - {id: lab-use, title: Laboratory}",
            'error lab.yaml line 15: words.purposes[1].id: "lab-use" is the purpose of lab.yaml line 14 ',
        ),
        (
            "test bench]}",
            "test bench]}\n    - {id: bench, title: Bench, phrases: [Lab-Bench]}",
            (
                'error lab.yaml line 15: words.purposes[1].phrases[0]: "Lab-Bench" means "lab-use" already '
                "(lab.yaml line 14); take it out of one of them"
            ),
        ),
        (
            "is: [federal-contractor]",
            "is: [federal-contracter]",
            (
                'error lab.yaml line 12: words.actors[0].is[0]: "federal-contracter" is no actor of the '
                "vocabulary; nearest: federal-contractor"
            ),
        ),
        (
            "phrases: [security office waiver]",
            "implies: [export-licence]",
            (
                'error lab.yaml line 16: words.approvals[0].implies[0]: "export-licence" is a word of the '
                "law, which a declared one neither implies nor rules out;"
            ),
        ),
        (
            "purposes: [lab-use]",
            "purposes: [cleanroom]",
            (
                '"cleanroom" is no purpose of the vocabulary; clearband directives list --vocabulary '
                "shows all; or declare it under `words:`"
            ),
        ),
        (
            "purposes: [lab-use]",
            "purposes: [lab-uses]",
            '"lab-uses" is no purpose of the vocabulary; nearest: lab-use; or declare it under `words:`',
        ),
        ("title: Laboratory use, ", "", 'words.purposes[0]: the key "title" is missing'),
        ("phrases: [lab bench, test bench]", "phrases: ['—']", '"—" holds no word; write words'),
    ],
)
def test_a_declared_word_that_does_not_fit_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in LAB
    assert said in "\n".join(lines(tmp_path, lab=LAB.replace(old, new, 1)))


def test_two_files_do_not_declare_one_word_but_share_it(tmp_path: Path) -> None:
    second = LAB.replace("acme-lab-rule", "acme-other-rule")
    [first, *_] = lines(tmp_path, a=LAB, b=second)
    assert first.startswith(
        'error b.yaml line 12: words.actors[0].id: "acme" is the actor of a.yaml line 12 already'
    )
    head, _, rest = second.partition("words:")
    assert lines(tmp_path, a=LAB, b=head + "clauses:" + rest.partition("clauses:")[2]) == []


def test_an_answer_that_rests_on_a_file_of_ones_own_says_that_it_is_no_law(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    asked = ["ask", "--maker", "Norsat", "--equipment", "radio", "--actor", "any-us-person",
             "--action", "procure", "--on", "2026-06-01", "--facts", str(tmp_path)]  # fmt: skip
    said = CliRunner().invoke(main, asked, catch_exceptions=False).stdout
    own = [line for line in said.splitlines() if line.startswith("  because     acme-policy-7")]
    assert own
    assert all(line.endswith("[own directive, not law]") for line in own)
    found = json.loads(CliRunner().invoke(main, [*asked, "--json"], catch_exceptions=False).stdout)
    assert {one["directive"] for one in found["because"] if one.get("own")} == {"acme-policy-7"}


def test_what_an_act_in_a_file_of_ones_own_permits_is_said_to_rest_on_it(tmp_path: Path) -> None:
    act = LAB.replace("kind: policy", "kind: agency-rule").partition("cases:")[0]
    act = act.replace("effect: prohibits", "effect: licenses\n    relaxes: us-ndaa-fy2019-889-a1b")
    act = act.replace("org: nokia", "org: huawei").partition("    exceptions:")[0]
    act = act.replace("actions: [procure]", "actions: [use]")
    (tmp_path / "act.yaml").write_text(act, encoding="utf-8")
    question = "--maker Huawei --equipment router --actor acme --action use --on 2026-07-01"
    said = run("ask", *question.split(), "--facts", str(tmp_path))
    own = [line for line in said.splitlines() if line.startswith("  because     acme-lab-rule")]
    assert own
    assert all(line.endswith("[own directive, not law]") for line in own)


def test_signs_that_steer_a_terminal_are_written_out_in_an_answer(folder: Path) -> None:
    says = 'says: "nothing of \\e[2J Nokia is bought\\u202e"'
    (folder / "lab.yaml").write_text(LAB.replace("says: nothing of Nokia is bought", says), encoding="utf-8")
    question = "--maker Nokia --equipment router --actor acme --action procure --on 2026-07-01"
    asked = ["ask", *question.split(), "--facts", str(folder)]
    said = CliRunner().invoke(main, asked, catch_exceptions=False, color=True).stdout
    assert "nothing of" in said
    assert not {"\x1b", "\u202e"} & set(said)


CAMERAS = """\
id: acme-cameras
title: Acme camera policy
jurisdiction: US
issuer: Acme
citation: policy 9
kind: policy
force: binding
timeline:
  - {date: 2026-06-01, event: effective}
clauses:
  - id: cameras
    cite: s. 1
    effect: prohibits
    says: cameras of Hikvision are not used
    actors: [advanced-communications-provider]
    actions: [use]
    makers: {named: [{org: hikvision}]}
    equipment: [camera]
    from: effective 2026-06-01
    exceptions:
      - {id: lab, text: in the laboratory, when: {purposes: [security-research]}}
"""


@pytest.mark.parametrize("maker", ["Hikvision", "unknown"])
@pytest.mark.parametrize("on", ["2026-05-31", "2026-06-02"])
def test_what_a_law_leaves_open_no_exception_of_ones_own_closes(tmp_path: Path, maker: str, on: str) -> None:
    (tmp_path / "policy.yaml").write_text(CAMERAS, encoding="utf-8")
    question = ["ask", "--json", "--maker", maker, "--equipment", "camera", "--purpose", "security research",
                "--actor", "advanced-communications-provider", "--action", "use", "--on", on]  # fmt: skip
    by_law = json.loads(CliRunner().invoke(main, question, catch_exceptions=False).stdout)
    with_own = [*question, "--facts", str(tmp_path)]
    said = json.loads(CliRunner().invoke(main, with_own, catch_exceptions=False).stdout)
    assert said["answer"] == by_law["answer"]
    assert said["answer"] in ("review", "unidentified")
    assert said["question"] == by_law["question"]
