"""An inventory against approved lists: published ones, verified first, and an authority's own folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

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
from tests.listing.made_list import AUTHORITY, MadeList, day
from tests.listing.made_repository import (
    LIVES,
    NOW,
    ONLINE,
    MadeRepository,
    authority_text,
    served,
    signer,
)
from tests.reports.reading_pages import read_page

INVENTORY = """\
id,Mfr,Model,Type,Made in
1,TP-Link,Archer AX55,consumer router,CN
2,TP-Link,Archer AX5500,consumer router,CN
3,ZTE,MF286,consumer router,CN
4,Nobody Radio Works,X1,consumer router,CN
5,,,camera,
"""
ARCHER = Subject(
    "product-line", "archer", "Archer AX55", "tp-link-technologies", "T3", "US", "consumer-router"
)
ZTE = Subject("manufacturer", "zte", "ZTE", "zte", "T2", "US")
SCREEN = ("screen", "inventory.csv", "--as", "equipment-applicant", "--action", "authorise", "--out", "run")
THAT_DAY = ("--on", "2026-06-01", "--known-on", "2026-06-01")
PUBLISHED = (*SCREEN, *THAT_DAY, "--approved", "repository", "--approved-state", "seen")
TRUSTED = (*PUBLISHED, "--approved-root", "root.json")


def listed(made: MadeList, subject: Subject, on: str, **parts: Any) -> None:
    made.step("draft", str(day(on) - timedelta(20)), entry=subject.id, subject=subject)
    made.listed(entry=subject.id, on=on, **parts)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MadeRepository:
    """A router that may be bought, and a maker that is suspended; published, and fresh for a day."""
    monkeypatch.chdir(tmp_path)
    Path("inventory.csv").write_text(INVENTORY)
    repository = MadeRepository(tmp_path / "repository")
    Path("root.json").write_bytes(repository.root)
    listed(repository.list, ARCHER, "2026-02-01")
    listed(repository.list, ZTE, "2026-03-01")
    repository.list.step("suspend", "2026-04-01", entry="zte", reply_until=day("2026-04-30"))
    Path("granting.yaml").write_text(authority_text() + "grants: conditional-approval\n")
    repository.publish(beside={"authority.yaml": Path("granting.yaml")})
    return repository


def said() -> dict[str, dict[str, Any]]:
    rows = pl.read_parquet("run/approved.parquet")
    return {row["record_id"]: row for row in rows.iter_rows(named=True)}


def answers() -> dict[str, str]:
    return dict(pl.read_parquet("run/equipment.parquet").select("record_id", "answer").iter_rows())


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
    made.publish(beside={"authority.yaml": Path("granting.yaml")})
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


def own_folder(made: MadeList, name: str, text: str) -> None:
    Path(name).mkdir()
    Path(name, "authority.yaml").write_text(text)
    Path(name, "log.jsonl").write_bytes(b"".join(line + b"\n" for line in made.lines))


def test_a_folder_that_is_no_publication_is_marked_and_takes_no_root(
    made: MadeRepository, clearband: Clearband
) -> None:
    own_folder(made.list, "own", authority_text())
    ended = clearband(*SCREEN, *THAT_DAY, "--approved", "own")
    assert ended.status == 0, ended.err
    assert "not verified as a publication" in " ".join(ended.out.split())
    assert json.loads(Path("run/run.json").read_text())["approved"][0]["published"] is None
    refused = clearband(*SCREEN, *THAT_DAY, "--approved", "own", "--approved-root", "root.json")
    assert refused.status == 2
    assert "a root is for a published list" in refused.one_line


def test_an_earlier_run_screened_again_without_its_list_says_so(
    made: MadeRepository, clearband: Clearband
) -> None:
    assert clearband(*TRUSTED).status == 0
    again = clearband("screen", "--again", "run")
    assert again.status == 0, again.err
    assert "exempt → prohibited: 1 record" in again.out
    assert "without the approved list of example-authority" in " ".join(again.out.split())


def test_one_record_is_explained_with_its_list(made: MadeRepository, clearband: Clearband) -> None:
    assert clearband(*TRUSTED).status == 0
    told = " ".join(clearband("explain", "run", "3").out.split())
    assert (
        "8. What approved lists say Example Authority: keep, buy no more entry zte: manufacturer ZTE" in told
    )
    assert "keep in use: controls" in told
    assert "would decide: a new decision of Example Authority on zte" in told
    assert "listed alternative: archer: Archer AX55" in told
    assert "Verified: version 1, published for 2026-06-01" in told
    assert clearband(*SCREEN, *THAT_DAY).status == 0
    assert "approved lists" not in clearband("explain", "run", "3").out


def test_a_list_that_is_not_there_is_one_line(made: MadeRepository, clearband: Clearband) -> None:
    for more in ((), ("--approved-root", "root.json")):
        ended = clearband(*SCREEN, "--approved", "nowhere", *more)
        assert ended.status == 3
        assert "nowhere: there is no approved list" in ended.one_line
    assert "there is no --approved" in clearband(*SCREEN, "--approved-root", "root.json").one_line


def test_an_approval_that_the_law_does_not_know_is_refused(
    made: MadeRepository, clearband: Clearband
) -> None:
    own_folder(made.list, "own", authority_text() + "grants: blue-usa\n")
    ended = clearband(*SCREEN, *THAT_DAY, "--approved", "own")
    assert ended.status == 2
    assert "the law knows no approval blue-usa" in ended.one_line


def test_several_authorities_stand_side_by_side_and_none_outvotes_another(
    made: MadeRepository, clearband: Clearband
) -> None:
    other = MadeList(replace(AUTHORITY, id="other", title="Other Authority"))
    listed(other, ARCHER, "2026-02-01")
    other.step("suspend", "2026-04-01", entry="archer", reply_until=day("2026-04-30"))
    text = authority_text().replace("example-authority", "other").replace("Example", "Other")
    own_folder(other, "other", text + "grants: conditional-approval\n")
    ended = clearband(*TRUSTED, "--approved", "other")
    assert ended.status == 0, ended.err
    table = pl.read_parquet("run/approved.parquet").filter(record_id="1")
    assert table.select("list", "list_says").rows() == [("example-authority", "buy"), ("other", "keep")]
    summary = json.loads(Path("run/summary.json").read_text())["approved"]
    assert (len(summary["lists"]), summary["differing"]) == (2, 1)
    assert answers()["1"] == "prohibited"  # one that grants the same approval is against it
    assert "same authority" in clearband(*TRUSTED, "--approved", "other", "--approved", "other").one_line


def test_the_page_says_what_has_to_go_by_when_and_nothing_in_it_runs(
    made: MadeRepository, clearband: Clearband
) -> None:
    other = MadeList()
    listed(other, replace(ZTE, name="<b>ZTE</b>"), "2026-02-01")
    other.step("propose-revocation", "2026-03-01", entry="zte", reply_until=day("2026-03-31"))
    other.step("revoke", "2026-04-01", entry="zte", remove_by=day("2027-06-30"))
    own_folder(other, "own", authority_text().replace("Example", "<i>Example</i>"))
    assert clearband(*SCREEN, *THAT_DAY, "--approved", "own").status == 0
    text = Path("run/report.html").read_text(encoding="utf-8")
    section = read_page(text).by_id("approved").words()
    assert "replace: it has to go 1" in section
    assert "2027-06-30 ZTE Corporation MF286 1" in section
    assert "none is listed" in section
    assert "an assessment of TP-Link Technologies Co., Ltd." in section
    assert "unknown: the maker is not identified; no approval" in section
    assert "&lt;b&gt;ZTE" in text
    assert "<b>ZTE" not in text
    assert "<i>Example" not in text
    assert clearband(*SCREEN, *THAT_DAY).status == 0
    assert 'id="approved"' not in Path("run/report.html").read_text(encoding="utf-8")
