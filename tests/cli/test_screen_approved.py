"""An inventory against approved lists: published ones, verified first, and an authority's own folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema_rs
import polars as pl
import pytest

from clearband.facts.store import ROOT
from clearband.listing.fetch import write_fetched
from clearband.listing.publish import begin
from clearband.listing.repository_files import RepositoryFiles
from clearband.listing.repository_roles import RootKeys
from clearband.listing.verify import verify
from clearband.model.assessment import Subject
from tests.cli.conftest import Clearband
from tests.cli.screened_lists import (
    PUBLISHED,
    SCREEN,
    THAT_DAY,
    TRUSTED,
    answers,
    listed,
    made,
    own_folder,
    said,
)
from tests.listing.made_list import AUTHORITY, MadeList, day
from tests.listing.made_repository import (
    LIVES,
    NOW,
    ONLINE,
    MadeRepository,
    served,
    signer,
)

__all__ = ["made"]


def test_a_published_list_is_verified_and_the_run_says_which_it_was(
    made: MadeRepository, clearband: Clearband
) -> None:
    ended = clearband(*TRUSTED)
    assert ended.status == 0, ended.err
    assert "Verified: version 1, published for 2026-06-01" in " ".join(ended.out.split())
    run = json.loads(Path("run/run.json").read_text())
    schema = json.loads((ROOT / "schemas" / "run.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(run)
    summary = json.loads(Path("run/summary.json").read_text())
    schema = json.loads((ROOT / "schemas" / "summary.schema.json").read_text())
    jsonschema_rs.validator_for(schema).validate(summary)
    (held,) = run["approved"]
    assert (held["authority"], held["on"], held["grants"]) == (
        "example-authority", "2026-06-01", "conditional-approval",
    )  # fmt: skip
    assert (held["events"], held["head"]) == (made.list.replay.count, made.list.replay.head)
    assert held["published"]["log"]["size"] == made.list.replay.count
    assert held["published"]["fresh_until"] == "2026-06-02T12:00:00Z"


def test_each_record_has_its_answer_and_what_would_decide_it(
    made: MadeRepository, clearband: Clearband
) -> None:
    assert clearband(*TRUSTED).status == 0
    rows = said()
    assert {number: row["list_says"] for number, row in rows.items()} == {
        "1": "buy", "2": "not-listed", "3": "keep", "4": "unknown", "5": "unknown",
    }  # fmt: skip
    assert rows["2"]["would_change"] == [
        "a model or part number that tells Archer AX55 (entry archer)",
        (
            "an assessment of TP-Link Technologies Co., Ltd. for consumer-router (tier not known) "
            "by Example Authority"
        ),
    ]
    assert rows["3"]["list_state"] == "suspended"
    assert rows["3"]["would_change"] == ["a new decision of Example Authority on zte"]
    assert rows["3"]["alternatives"] == ["archer: Archer AX55"]
    assert rows["4"]["would_change"] == ["who Nobody Radio Works is: the register does not have it"]
    assert rows["5"]["would_change"] == ["the manufacturer, the model number or a MAC address"]


def test_an_approval_of_the_list_excepts_what_it_lists_and_nothing_else(
    made: MadeRepository, clearband: Clearband
) -> None:
    assert clearband(*TRUSTED).status == 0
    assert answers() == {"1": "exempt", **dict.fromkeys("234", "prohibited"), "5": "unidentified"}
    equipment = pl.read_parquet("run/equipment.parquet")
    assert (
        "it holds conditional-approval by the approved list of Example Authority as of 2026-06-01"
        in (equipment["answer_ground"][0])
    )
    grounds = pl.read_parquet("run/findings.parquet").filter(answer="exempt")["ground"].to_list()
    assert grounds
    assert all(f"head {made.list.replay.head[:12]}; published version 1, verified" in one for one in grounds)
    # The listing is over: nothing of it is left.
    ended = clearband(*TRUSTED, "--on", "2028-06-01")
    assert ended.status == 0, ended.err
    assert (said()["1"]["list_says"], answers()["1"]) == ("decide", "prohibited")


@pytest.mark.parametrize(
    ("on", "answer"), [("2026-01-31", "prohibited"), ("2026-10-31", "exempt"), ("2026-11-01", "prohibited")]
)
def test_the_blue_uas_list_is_read_on_the_days_of_its_listing_alone(
    made: MadeRepository, clearband: Clearband, on: str, answer: str
) -> None:
    blue = MadeList(replace(AUTHORITY, grants="blue-uas"))
    anafi = Subject("product-line", "anafi", "Anafi USA", "parrot", "T3", "US", "drone")
    listed(blue, anafi, "2026-02-01", until="2026-10-31")
    own_folder(blue, "blue")
    drones = "id,Mfr,Model,Type,Made in\n1,Parrot,Anafi USA,drone,FR\n2,Parrot,Anafi Ai,drone,FR\n"
    Path("inventory.csv").write_text(drones)
    ended = clearband(*SCREEN, "--on", on, "--approved", "blue")
    assert ended.status == 0, ended.err
    assert answers() == {"1": answer, "2": "prohibited"}


def test_a_published_list_is_never_used_without_a_root(made: MadeRepository, clearband: Clearband) -> None:
    ended = clearband(*PUBLISHED)
    assert ended.status == 2
    assert "must be verified first; name the first trusted root with --approved-root" in ended.one_line
    assert not Path("run").exists()


def tampered(made: MadeRepository) -> tuple[str, ...]:
    path = next(Path("repository/targets/example-authority/log").iterdir())
    path.write_bytes(b"x" + path.read_bytes()[1:])
    return TRUSTED


def expired(made: MadeRepository) -> tuple[str, ...]:
    return (*TRUSTED, "--known-on", "2026-06-02", "--on", "2026-06-01")


def expired_by_now(made: MadeRepository) -> tuple[str, ...]:
    """All that is known is asked for, and a list of last month does not have it."""
    return (*SCREEN, "--on", "2026-06-01", *TRUSTED[len(SCREEN) + len(THAT_DAY) :])


def rolled_back(made: MadeRepository) -> tuple[str, ...]:
    shutil.copytree("repository", "before")
    made.list.step("suspend", "2026-06-01", entry="archer", reply_until=day("2026-06-30"))
    made.publish()
    verify("repository", made.root, Path("seen"), NOW)
    return tuple("before" if word == "repository" else word for word in TRUSTED)


def of_another_root(made: MadeRepository) -> tuple[str, ...]:
    keys = RootKeys([signer(n).public_key for n in (4, 5)], 2, ONLINE.public_key)
    other = begin(RepositoryFiles(Path("other")), keys, [AUTHORITY], [signer(4), signer(5)], LIVES, NOW)
    Path("root.json").write_bytes(other.read_bytes())
    return TRUSTED


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (tampered, "tampered with"),
        (expired, "expired"),
        (expired_by_now, "expired"),
        (rolled_back, "rolled back"),
        (of_another_root, "signatures"),
    ],
)
def test_what_is_not_to_be_trusted_stops_before_anything_is_written(
    made: MadeRepository, clearband: Clearband, done: Callable[[MadeRepository], tuple[str, ...]], why: str
) -> None:
    ended = clearband(*done(made))
    assert ended.status == 3
    assert why in ended.one_line
    assert ended.out == ""
    assert not Path("run").exists()


def test_an_address_and_what_was_fetched_are_verified_alike(
    made: MadeRepository, clearband: Clearband
) -> None:
    with served(Path("repository")) as address:
        words = [address if word == "repository" else word for word in TRUSTED]
        assert clearband(*words).status == 0
    at_once = said()
    client, lists = verify("repository", made.root, Path("seen"), NOW)
    write_fetched(client, lists, Path("seen"), Path("fetched"))
    words = ["fetched" if word == "repository" else word for word in TRUSTED]
    assert clearband(*words).status == 0
    assert said() == at_once
    without_root = [word for word in words if word not in ("--approved-root", "root.json")]
    assert "must be verified first" in clearband(*without_root).one_line


def test_a_folder_that_is_no_publication_is_marked_and_takes_no_root(
    made: MadeRepository, clearband: Clearband
) -> None:
    own_folder(made.list, "own")
    ended = clearband(*SCREEN, *THAT_DAY, "--approved", "own")
    assert ended.status == 0, ended.err
    assert "not verified as a publication" in " ".join(ended.out.split())
    assert json.loads(Path("run/run.json").read_text())["approved"][0]["published"] is None
    refused = clearband(*SCREEN, *THAT_DAY, "--approved", "own", "--approved-root", "root.json")
    assert refused.status == 2
    assert "a root is for a published list" in refused.one_line


def test_a_list_that_is_not_there_is_one_line(made: MadeRepository, clearband: Clearband) -> None:
    for more in ((), ("--approved-root", "root.json")):
        ended = clearband(*SCREEN, "--approved", "nowhere", *more)
        assert ended.status == 3
        assert "nowhere: there is no approved list" in ended.one_line
    assert "there is no --approved" in clearband(*SCREEN, "--approved-root", "root.json").one_line


def test_an_approval_that_the_law_does_not_know_is_refused(
    made: MadeRepository, clearband: Clearband
) -> None:
    own_folder(MadeList(replace(AUTHORITY, grants="blue-usa")), "own")
    ended = clearband(*SCREEN, *THAT_DAY, "--approved", "own")
    assert ended.status == 2
    assert "the law knows no approval blue-usa" in ended.one_line
