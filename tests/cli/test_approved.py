"""An approved list as its officers keep it, from keys to a revocation."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from clearband.cli.approved import STEPS
from clearband.cli.approved.authority_changed import CAUSES
from clearband.cli.approved.step import step_command
from clearband.facts import store
from clearband.listing.table import table
from tests.cli.conftest import Clearband

SCHEMAS = store.ROOT / "schemas"
HASH = "a" * 64
SUBJECT = "kind: product-line\nid: made-radio\nname: Made Radio\ntier: T2\nterritory: US\n"
CONDITION = """\
- id: rebuild
  text: Show that the release can be rebuilt
  criterion: ENG-01
  owner: Made Radio
  due: 2027-03-31
  proof: report of the laboratory
  if_late: suspended
"""
A_AND_B = ("--decider", "a=a.key.pub", "--decider", "b=b.key.pub")
BY_A_AND_B = ("--key", "a.key", "--key", "b.key")
CHANGE = ("approved", "authority-changed", "--cause", "rules-changed", "--text", "Cases wait no longer")
REASONS = ("--criterion", "ENG-01", "--evidence", "ev-1", "--assessment", HASH)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clearband: Clearband) -> Clearband:
    """A list of two of three offices, with an application that is being assessed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARBAND_PASSPHRASE", "four words of ours")
    deciders = []
    for name in ("a", "b", "c"):
        assert clearband("approved", "key", f"{name}.key").status == 0
        deciders += ["--decider", f"office-{name}={name}.key.pub"]
    named = ("--id", "example", "--title", "Example", "--reply-days", 0, "--since", "2026-01-01")
    begun = clearband("approved", "init", "approved-list", *named, *deciders)
    assert begun.out == "Example: 3 deciders, 2 must sign; the list is in approved-list\n"
    Path("radio.yaml").write_text(SUBJECT)
    Path("conditions.yaml").write_text(CONDITION)
    for words in (("submit", "--cause", "application", "--subject", "radio.yaml"), ("accept",), ("assess",)):
        assert clearband("approved", words[0], "radio", *words[1:]).status == 0
    return clearband


def test_a_subject_that_no_screening_can_find_is_told(office: Clearband) -> None:
    Path("known.yaml").write_text(f"{SUBJECT}maker: nokia\n")
    step = ("--cause", "application", "--subject")
    assert "no screening answers by it" in office("approved", "submit", "radio-2", *step, "radio.yaml").err
    assert office("approved", "submit", "known", *step, "known.yaml").err == ""


def conditional(clearband: Clearband, *more: object) -> list[object]:
    state = ("--cause", "conditions-needed", "--state", "listed-conditional", *REASONS)
    assert clearband("approved", "propose", "radio", *state).status == 0
    assert (
        clearband("approved", "reply", "radio", "--cause", "final", "--by", "Made", "--text", "Yes").status
        == 0
    )
    return ["approved", "decide", "radio", *state, "--until", "2029-12-31", "--condition", "conditions.yaml",
            "--effective", "2027-01-01", *more]  # fmt: skip


def test_a_decision_travels_from_office_to_office(office: Clearband) -> None:
    office(*conditional(office, "--draft", "decision.json"))
    assert "0 of 2 signatures" in office("approved", "record", "decision.json").one_line
    shown = office("approved", "sign", "decision.json", "--key", "a.key").out
    assert "decide listed-conditional" in shown
    assert "rebuild" in shown
    assert "1 of 2 signatures" in office("approved", "record", "decision.json").one_line
    office("approved", "sign", "decision.json", "--key", "c.key")
    done = office("approved", "record", "decision.json")
    assert done.out == "event 6: radio decide listed-conditional from 2027-01-01 (conditions-needed)\n"
    assert office("approved", "check").out.startswith("7 events, 1 entries")


def test_a_draft_that_was_changed_after_signing_decides_nothing(office: Clearband) -> None:
    office(*conditional(office, "--draft", "d.json", "--key", "a.key", "--key", "b.key"))
    draft = Path("d.json")
    draft.write_text(draft.read_text().replace("2029-12-31", "2039-12-31"))
    assert (
        "0 of 2 signatures (the signature of office-a is not valid"
        in office("approved", "record", draft).one_line
    )


def test_the_list_answers_for_a_day_and_says_what_changed(office: Clearband) -> None:
    office(*conditional(office, "--key", "a.key", "--key", "b.key"))
    before = json.loads(office("approved", "asof", "--on", "2027-03-31", "--json").out)
    jsonschema_rs.validator_for(json.loads((SCHEMAS / "approved-list.schema.json").read_text())).validate(
        before
    )
    assert before["listings"][0]["uses"]["buy"] == {"say": "conditions"}
    found = json.loads(office("approved", "diff", "2027-03-31", "2027-04-01", "--json").out)
    jsonschema_rs.validator_for(json.loads((SCHEMAS / "approved-diff.schema.json").read_text())).validate(
        found
    )
    assert [(one["entry"], one["after"]["state"]) for one in found["changes"]] == [("radio", "suspended")]
    due = json.loads(office("approved", "due", "--on", "2027-01-01", "--json").out)
    jsonschema_rs.validator_for(json.loads((SCHEMAS / "approved-due.schema.json").read_text())).validate(due)
    condition = {"what": "condition", "about": "rebuild", "then": "suspended"}
    assert due["due"] == [{"day": "2027-03-31", "entry": "radio", **condition}]
    unknown = json.loads(office("approved", "asof", "--known-on", "2020-01-01", "--json").out)
    assert unknown["listings"] == []


def test_a_step_rests_on_what_there_is_and_on_an_assessment_of_its_own_subject(office: Clearband) -> None:
    made = ("assess", "new", "Made Radio", "--kind", "product-line", "--on", "2026-11-22")
    assert office(*made, "--tier", "T2", "--out", "made.json").status == 0
    assert office(*made, "--tier", "T3", "--id", "low", "--out", "low.json").status == 0
    assert (
        office("assess", "new", "Other", "--tier", "T2", "--on", "2026-11-22", "--out", "other.json").status
        == 0
    )
    Path("deep.json").write_text("[" * 100_000)
    propose = ("approved", "propose", "radio", "--cause", "evidence-outstanding", "--state", "listed-interim")
    told = {
        ("--criterion", "ENG-99", "--assessment", HASH): '"ENG-99" is no criterion of the catalogue',
        ("--criterion", "ENG-01", "--assessment", "deep.json"): "nested deeper than",
        ("--criterion", "ENG-01", "--assessment", "other.json"): "its kind is manufacturer, not product-line",
        ("--criterion", "ENG-01", "--assessment", "low.json"): "it is of tier T3, and the entry of T2",
        ("--evidence", "ev-9", "--assessment", "made.json"): '"ev-9" is no evidence of the assessment',
    }
    for words, what in told.items():
        assert what in office(*propose, *words).one_line
    assert office(*propose, "--criterion", "ENG-01", "--assessment", "made.json").status == 0
    named = json.loads(Path("approved-list/log.jsonl").read_text().splitlines()[-1])["ground"]["assessment"]
    import hashlib

    assert named == hashlib.sha256(Path("made.json").read_bytes().rstrip(b"\n")).hexdigest()


@pytest.mark.parametrize(
    ("maker", "state", "cause", "told"),
    [
        ("Huawei", "listed", "assessment-passed", "comes to refused, which does not allow listed"),
        ("Huawei", "listed-interim", "evidence-outstanding", "comes to refused, which does not allow"),
        ("Huawei", "refused", "gate-met", ""),
        ("Nokia", "listed", "assessment-passed", "comes to undetermined, which does not allow listed"),
        ("Nokia", "refused", "score-too-low", "comes to undetermined, which does not allow refused"),
        ("Nokia", "listed-interim", "evidence-outstanding", ""),
        ("Nokia", "listed-conditional", "conditions-needed", ""),
    ],
)
def test_a_state_against_the_outcome_of_its_assessment_needs_a_reason(
    office: Clearband, maker: str, state: str, cause: str, told: str
) -> None:
    assert office("assess", "new", maker, "--tier", "T2", "--on", "2026-11-22", "--out", "m.json").status == 0
    for words in (("submit", "--cause", "application", "--subject", "m.json"), ("accept",), ("assess",)):
        assert office("approved", words[0], "one", *words[1:]).err == ""
    words = ("--state", state, "--cause", cause, "--criterion", "OWN-09", "--assessment", "m.json")
    ended = office("approved", "propose", "one", *words)
    assert (ended.status, ended.err == "") == ((3, False) if told else (0, True))
    if told:
        assert told in ended.one_line
        assert (
            office("approved", "propose", "one", *words, "--against-outcome", "Ordered by a court").err == ""
        )
        shown = office("approved", "show", "one").out
        assert "against the outcome of its assessment: Ordered by a court" in " ".join(shown.split())


def test_no_person_is_named_in_the_log(office: Clearband) -> None:
    said = ("--cause", "evidence-missing", "--text", "ask jane.doe@example.com")
    assert "an e-mail address stands here" in office("approved", "return", "radio", *said).one_line


def test_statistics_fit_their_schema_and_say_the_same_in_lines(office: Clearband) -> None:
    file = Path("approved-list/authority.yaml")
    file.write_text(file.read_text() + "clocks:\n- {case: assessing, days: '90', silence: lapses}\n")
    assert office(*CHANGE, *BY_A_AND_B).status == 0
    told = json.loads(office("approved", "statistics", "--json").out)
    schema = json.loads((SCHEMAS / "approved-statistics.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(told)
    assert told["waiting"]["assessing"] == {"count": 1, "mean": 0, "median": 0, "longest": 0}
    lines = office("approved", "statistics").out
    assert "waiting   assessing    1: 0 days on average, median 0, longest 0, of 90 allowed" in lines
    assert office("approved", "due").out.count("silence: lapses") == 1
    assert office("approved", "statistics", "--since", "2099-01-01").status == 2


def test_a_correction_leaves_the_day_from_which_the_event_holds(office: Clearband) -> None:
    office(*conditional(office, "--key", "a.key", "--key", "b.key"))
    told = ("--cause", "clerical-error", "--text", "the year was mistyped", "--until", "2028-12-31")
    done = office("approved", "correct", "radio", "--refers", 6, *told, "--key", "a.key", "--key", "b.key")
    assert done.out == "event 7: radio correct from 2027-01-01 (clerical-error)\n"


def test_an_entry_shows_its_reasons(office: Clearband) -> None:
    office(*conditional(office, "--key", "a.key", "--key", "b.key"))
    out = office("approved", "show", "radio", "--on", "2027-04-01").out
    assert "condition-late rebuild, by its date" in " ".join(out.split())
    assert "criteria ENG-01" in " ".join(out.split())


def test_lines_of_the_log_fit_their_schema(office: Clearband) -> None:
    office(*conditional(office, "--key", "a.key", "--key", "b.key"))
    schema = jsonschema_rs.validator_for(json.loads((SCHEMAS / "listing-event.schema.json").read_text()))
    for line in Path("approved-list/log.jsonl").read_text().splitlines():
        schema.validate(json.loads(line))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("decide", "radio", "--cause", "gate-met", "--state", "refused", *REASONS),
            "decide has 0 of 2 signatures",
        ),
        (("submit", "radio", "--cause", "renewal"), "radio submit: submit finds the case assessing"),
        (("submit", "new", "--cause", "renewal"), "new submit: new is not on the list"),
        (("propose", "radio", "--state", "refused"), "Missing option '--cause'"),
        (("accept", "Radio one"), "Radio one accept: entry: "),
        (("show", "nowhere"), "nowhere: it is not on the list"),
        (("asof", "--list", "nowhere"), "nowhere: there is no list here"),
        (("check", "--head", HASH), "no line has the hash"),
        (("sign", "radio.yaml", "--key", "a.key"), "radio.yaml: Invalid JSON"),
        (
            ("propose", "radio", "--cause", "gate-met", "--state", "refused", "--assessment", HASH),
            "propose needs grounds",
        ),
        (
            ("propose", "radio", "--cause", "evidence-false", "--state", "refused", *REASONS),
            "is no cause of propose",
        ),
        (
            ("init", "approved-list", "--id", "x", "--title", "X", *A_AND_B),
            "a list is there already",
        ),
        (("init", "other", "--id", "x", "--title", "X", "--decider", "a=a.key.pub"), "fewer deciders"),
        (("key", "a.key"), "it exists already"),
    ],
)
def test_what_cannot_be_is_one_line(office: Clearband, words: tuple[str, ...], told: str) -> None:
    before = Path("approved-list/log.jsonl").read_bytes()
    ended = office("approved", *words)
    assert told in ended.one_line
    assert ended.status in (2, 3)
    assert Path("approved-list/log.jsonl").read_bytes() == before


def test_a_wrong_passphrase_and_a_foreign_key_are_told(
    office: Clearband, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(*conditional(office, "--draft", "d.json"))
    Path("words").write_text("other words\n")
    told = office("approved", "sign", "d.json", "--key", "a.key", "--passphrase-file", "words").one_line
    assert "a.key: wrong passphrase" in told
    office("approved", "key", "z.key")
    assert "z.key: it is no key of Example" in office("approved", "sign", "d.json", "--key", "z.key").one_line


def test_a_key_is_kept_from_others_and_encrypted(office: Clearband) -> None:
    key = Path("a.key")
    assert (key.stat().st_mode & 0o077, b"ENCRYPTED PRIVATE KEY" in key.read_bytes()) == (0, True)
    assert Path("a.key.pub").stat().st_size < 300


def test_each_step_of_the_table_has_a_command() -> None:
    of_itself = {one.id for one in table().steps.values() if one.about == "authority"}
    assert set(STEPS) | {"propose-revocation"} | of_itself == set(table().steps)
    assert table().steps["authority-changed"].causes == CAUSES


def test_a_step_that_decides_can_name_the_assessment_that_its_proposal_rests_on() -> None:
    """Else what was proposed on an assessment could not be decided."""
    for name, step in table().steps.items():
        if step.to and step.about == "entry" and name in STEPS:
            options = {option for made in step_command(name, "").params for option in made.opts}
            assert "--assessment" in options, name
