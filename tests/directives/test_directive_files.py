"""Directive files are checked with file, line and remedy, against everything that they refer to."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearband.directives.directive_files import check_files, read_own
from clearband.errors import FactsError, InputError
from clearband.facts.store import compiled
from clearband.register import load_register

from .conftest import POLICY


def lines(folder: Path, **files: str) -> list[str]:
    """What is wrong with some files, without the folder's name."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    problems = check_files([folder], compiled(), load_register()).problems
    return [f"{one.severity} {one.one_line()}".replace(f"{folder}/", "") for one in problems]


def test_a_policy_of_ones_own_that_fits_has_no_problem(tmp_path: Path) -> None:
    assert lines(tmp_path, policy=POLICY) == []
    own = read_own([tmp_path], compiled(), load_register())
    assert [file.raw["id"] for file in own] == ["acme-policy-7"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: policy",
            "kind: polcy",
            'error policy.yaml line 6: kind: "polcy" is not allowed here; did you mean "policy"?',
        ),
        (
            "actors:",
            "actor:",
            'error policy.yaml line 15: clauses[0].actor: "actor" is no key here; did you mean "actors"?',
        ),
        (
            "[procure]",
            "[purchase]",
            'error policy.yaml line 16: clauses[0].actions[0]: "purchase" is no action of the vocabulary;',
        ),
        (
            "any-us-person",
            "any-us-persons",
            (
                'error policy.yaml line 15: clauses[0].actors[0]: "any-us-persons" is no actor of the'
                " vocabulary; nearest: any-us-person"
            ),
        ),
        (
            "org: hytera",
            "org: hyterra",
            (
                "warning policy.yaml line 17: clauses[0].makers.named[0].org: the register has no "
                'organisation "hyterra": its own name is recognised, no relative is; nearest: hytera'
            ),
        ),
        (
            "from: effective 2026-06-01",
            "from: effective 2026-06-02",
            'error policy.yaml line 18: clauses[0].from: "effective 2026-06-02" is no event of',
        ),
        (
            "from: effective 2026-06-01",
            "from: effective 2026-06-01\n    until: {date: 2026-05-01}",
            (
                'error policy.yaml line 11: clauses[0]: the clause "buying" ends before it begins; '
                "correct `from`, `until` or `through`"
            ),
        ),
        (
            "from: effective",
            "made_in: [CHN]\n    from: effective",
            'error policy.yaml line 18: clauses[0].made_in: "CHN" is no country code;',
        ),
        (
            "from: effective",
            "covers: us-fcc-coverd-list\n    from: effective",
            (
                'error policy.yaml line 18: clauses[0].covers: "us-fcc-coverd-list" is no measure; '
                "nearest: us-fcc-covered-list"
            ),
        ),
        (
            "from: effective",
            "equipment: [ran-5g]\n    from: effective",
            (
                'error policy.yaml line 18: clauses[0].equipment[0]: "ran-5g" is no class of equipment of '
                "the vocabulary; ran-5g does not tell the kind; name a class: telecom, telecom-network, ran,"
            ),
        ),
        (
            "id: acme-policy-7",
            "id: us-fcc-25-71",
            'error policy.yaml line 1: id: the id "us-fcc-25-71" is used by the packaged facts already;',
        ),
        (
            "title: Acme",
            "title: [",
            "error policy.yaml line 2: a bracket that opens here is not closed, or a comma is missing; write",
        ),
        (
            "date: 2026-06-01",
            "date: 2026-06-31",
            (
                'error policy.yaml line 9: timeline[0].date: "2026-06-31" is no day of the calendar; '
                "correct it"
            ),
        ),
        (
            "date: 2026-06-01",
            "date: 1 June 2026",
            'error policy.yaml line 9: timeline[0].date: "1 June 2026" is no date; write YYYY, YYYY-MM or',
        ),
        (
            "actors: [any-us-person]",
            "actors: any-us-person",
            (
                'error policy.yaml line 15: clauses[0].actors: "any-us-person" must be a list; '
                "write [any-us-person], or"
            ),
        ),
        (
            "actors: [any-us-person]",
            "actors: []",
            "error policy.yaml line 15: clauses[0].actors: the list is empty; write at least one",
        ),
        (
            "says: do not buy radios of Hytera",
            "says:",
            "error policy.yaml line 14: clauses[0].says: nothing stands here; write it, or take the key out",
        ),
        (
            "effect: prohibits",
            "effect: licenses",
            (
                "error policy.yaml line 11: clauses[0]: a clause that licenses must say what it relaxes; "
                "add relaxes: MEASURE"
            ),
        ),
        (
            "from: effective",
            "relaxes: us-fcc-25-71\n    from: effective",
            "error policy.yaml line 18: clauses[0].relaxes: relaxes needs effect: licenses, and this clause",
        ),
        (
            "effect: prohibits",
            "effect: licenses\n    relaxes: us-fcc-25-71",
            (
                'error policy.yaml line 14: clauses[0].relaxes: a policy permits nothing that "us-fcc-25-71" '
                "prohibits, which is law; relax a policy; "
            ),
        ),
        (
            "from: effective",
            "new_equipment: [use]\n    from: effective",
            (
                'error policy.yaml line 18: clauses[0].new_equipment[0]: "use" is no action of this clause; '
                "its actions are procure"
            ),
        ),
        (
            "from: effective",
            "covers: us-fcc-covered-list\n    added_through: 2020-01-01\n    from: effective",
            (
                "error policy.yaml line 19: clauses[0].added_through: no entry of us-fcc-covered-list was "
                "added by 2020-01-01: the clause never begins; correct the date"
            ),
        ),
        (
            "from: effective 2026-06-01",
            "from: effective 2026-06-01\n    until: effective 2026-06-01\n    through: {date: 2027}",
            "error policy.yaml line 20: clauses[0].through: until and through both say when it ends; until",
        ),
        (
            "from: effective 2026-06-01",
            (
                "from: effective 2026-06-01\n    exceptions:\n      - {id: old, text: old, when: {approvals: "
                "[agency-waiver]}, from: {date: 2026-07-01}, until: {date: 2026-07-01}}"
            ),
            (
                'error policy.yaml line 20: clauses[0].exceptions[0]: the exception "old" ends before it '
                "begins;"
            ),
        ),
        (
            "makers: {named: [{org: hytera, reach: [subsidiaries]}]}",
            "makers: {affiliates_by: far-2.101}",
            (
                "error policy.yaml line 17: clauses[0].makers: makers does not say whose products; write "
                "named, member_of or criterion"
            ),
        ),
        (
            "from: effective 2026-06-01",
            "from: effective 2026-06-01\n    exceptions: [{id: old, text: old, when: {}}]",
            (
                'error policy.yaml line 19: clauses[0].exceptions[0].when: the exception "old" asks nothing '
                "and would hold for everything; say what must be known:"
            ),
        ),
        (
            "from: effective 2026-06-01",
            (
                "from: effective 2026-06-01\n    exceptions: [{id: old, text: old, "
                "when: {purposes: [own-money]}, question: own money?}]"
            ),
            (
                "warning policy.yaml line 19: clauses[0].exceptions[0].question: "
                'the exception "old" is never asked for; add if_unknown: review'
            ),
        ),
        (
            "    makers: {named: [{org: hytera, reach: [subsidiaries]}]}\n",
            "",
            'warning policy.yaml line 11: clauses[0]: "buying" is about everything that anybody made; say of',
        ),
        (
            "event: effective}",
            "event: effective, known_from: 2026-07-01}",
            "warning policy.yaml line 9: timeline[0].known_from: known_from is later than the date",
        ),
        (
            "kind: policy",
            "kind: policy\nevaluation: pending",
            "error policy.yaml line 7: evaluation: evaluation: pending does not fit: ",
        ),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    found = lines(tmp_path, policy=POLICY.replace(old, new, 1))
    assert found, "nothing was found"
    assert found[0].startswith(said)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    found = lines(tmp_path, policy=POLICY.replace("kind: policy", "kind: x").replace("effect:", "efect:"))
    assert [line.partition(": ")[0] for line in found] == [
        "error policy.yaml line 6",
        "error policy.yaml line 13",
    ]


def test_references_that_lead_nowhere_are_told_all_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = POLICY.replace("from: effective 2026-06-01", "from: [effective 2026-06-02, efective 2026-06-01]")
    said = "is no event of the timeline; write NAME DATE; nearest: effective 2026-06-01"
    assert lines(tmp_path, policy=text) == [
        f'error policy.yaml line 18: clauses[0].from[0]: "effective 2026-06-02" {said}',
        f'error policy.yaml line 18: clauses[0].from[1]: "efective 2026-06-01" {said}',
    ]


def test_a_file_without_clauses_must_say_who_is_asked_about_what(tmp_path: Path) -> None:
    found = lines(tmp_path, policy=POLICY[: POLICY.index("clauses:")])
    for key in ("actors", "actions"):
        what = f"there is no clause, and {key} are missing: nobody would be asked; write clauses"
        assert f"error policy.yaml line 1: {what}" in found


@pytest.mark.parametrize(
    ("duties", "said"),
    [
        ("[{text: report, days: 3, after: nothing}]", 'no duty before this one has the id "nothing"'),
        (
            "[{text: a, days: 1, after: b}, {text: b, id: b, days: 1}]",
            'no duty before this one has the id "b"',
        ),
        ("[{text: a, id: a, days: 1}, {text: b, id: a, days: 1}]", 'the id "a" stands twice'),
    ],
)
def test_a_duty_counts_from_the_finding_or_from_one_before_it(tmp_path: Path, duties: str, said: str) -> None:
    found = lines(tmp_path, policy=POLICY.replace("    from:", f"    duties: {duties}\n    from:"))
    assert said in next(line for line in found if line.startswith("error"))


def test_the_same_id_in_two_files_is_refused(tmp_path: Path) -> None:
    found = lines(tmp_path, one=POLICY, two=POLICY)
    assert len(found) == 1
    assert "one.yaml already" in found[0]


def test_using_files_with_mistakes_is_refused_with_the_first_and_their_number(tmp_path: Path) -> None:
    text = POLICY.replace("kind: policy", "kind: x").replace("force: binding", "force: y")
    (tmp_path / "policy.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FactsError, match=r"line 6: kind: .* 1 more"):
        read_own([tmp_path], compiled(), load_register())


def test_a_folder_without_files_and_a_path_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError):
            check_files([path], compiled(), load_register())


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("not: [a directive", encoding="utf-8")
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(outside)
    assert lines(folder, policy=POLICY) == []


def test_the_packaged_files_have_no_mistake_and_no_warning() -> None:
    reading = check_files([], compiled(), load_register())
    assert [problem.one_line() for problem in reading.problems] == []
    assert len(reading.files) == 53


@pytest.mark.parametrize(
    ("jurisdiction", "clock", "warned"),
    [("Prairie", "business_days: 2", True), ("Prairie", "days: 2", False), ("UK", "business_days: 2", False)],
)
def test_business_days_without_a_calendar_of_the_jurisdiction_are_told(
    tmp_path: Path, jurisdiction: str, clock: str, warned: bool
) -> None:
    duty = f"    duties: [{{text: report it, {clock}}}]\n    from:"
    policy = POLICY.replace("    from:", duty).replace("jurisdiction: US", f"jurisdiction: {jurisdiction}")
    told = (
        'warning policy.yaml line 18: clauses[0].duties[0].business_days: there is no calendar of "Prairie":'
        " only Saturdays and Sundays are left out; expect a later day, or write days; calendars:"
        " US, UK, DE, SE, AU, NZ, JP, CA, IN"
    )
    assert lines(tmp_path, policy=policy) == ([told] if warned else [])
