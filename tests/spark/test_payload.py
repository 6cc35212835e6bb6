"""What a worker is told travels as text and loses nothing; no Spark is needed for it."""

from __future__ import annotations

import json

import pytest

from clearband.cli.facts_option import own_files
from clearband.directives.law import Law, load_law
from clearband.errors import InputError
from clearband.register.enterprise_file import EnterpriseList
from clearband.spark.payload import OwnFacts, Told, told_by
from tests.runs.made_runs import CARRIER, EXAMPLES, job


def told(own: OwnFacts = OwnFacts()) -> Told:  # noqa: B008
    wanted = job([CARRIER])
    return Told(wanted.dataset.layout, wanted.settings, wanted.dataset.options, own, {"kept": ["Asset #"]})


def test_a_worker_is_told_all_that_decides_an_answer() -> None:
    said = told()
    again = told_by(said.payload())
    assert again.settings.questions == said.settings.questions
    assert again.settings.purposes == said.settings.purposes
    assert again.layout.as_json() == said.layout.as_json()
    assert (again.options, again.work) == (said.options, said.work)


def test_a_list_of_enterprise_numbers_of_the_users_own_travels() -> None:
    listed = EnterpriseList("numbers.txt", "0" * 64, {99_999: "Huawei Technologies"})
    again = told_by(told(OwnFacts(enterprise=listed)).payload())
    assert again.own.enterprise == listed


def test_directives_of_the_users_own_are_the_law_of_a_worker() -> None:
    own = [file.raw for file in own_files((EXAMPLES / "draft-ban.yaml",))]
    again = told_by(told(OwnFacts(own)).payload())
    assert own[0]["id"] in ids(again.own.law())
    assert own[0]["id"] not in ids(load_law())


def ids(law: Law) -> set[str]:
    return {*law.measures, *(draft.measure.id for draft in law.drafts)}


def test_another_version_is_refused() -> None:
    said = json.loads(told().payload())
    said["versions"][0] = "0.0.1"
    with pytest.raises(InputError, match="another version of Clearband"):
        told_by(json.dumps(said))
