"""A list from keys to consumers: begun, published, verified, fetched, carried offline, refused."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.cli.dates import today
from clearband.facts import store
from tests.cli.conftest import Clearband
from tests.cli.test_approved import REASONS, office
from tests.listing.made_repository import served

__all__ = ["office"]
SCHEMAS = store.ROOT / "schemas"
TODAY = str(today())
LATER = str(today() + timedelta(days=17))
BEGIN = (
    "approved", "keys", "begin", "repository", "--list", "approved-list",
    "--root-key", "a.key.pub", "--root-key", "b.key.pub", "--root-key", "c.key.pub",
    "--online-key", "online.key.pub", "--copy-root", "root.json",
)  # fmt: skip
PUBLISH = ("approved", "publish", "repository", "--online-key", "online.key", "--on", TODAY)
A_AND_C = ("--key", "a.key", "--key", "c.key")
VERIFY = ("approved", "verify", "repository", "--root", "root.json", "--state", "state")


@pytest.fixture
def published(office: Clearband) -> Clearband:
    """One entry that is listed, one whose name is hostile, one case; published once."""
    radio = Path("radio.yaml").read_text()
    Path("radio.yaml").write_text(radio + "maker: ericsson\nidentifiers: [[cage, 1ABC2]]\n")
    Path("hostile.yaml").write_text(radio.replace("name: Made Radio", "name: '=cmd|x <b>bold</b>'"))
    state = ("--cause", "assessment-passed", "--state", "listed", *REASONS)
    for entry, file in (("first", "radio.yaml"), ("second", "hostile.yaml"), ("third", "radio.yaml")):
        office("approved", "submit", entry, "--cause", "application", "--subject", file)
        office("approved", "accept", entry)
        office("approved", "assess", entry)
        if entry == "third":
            break
        office("approved", "propose", entry, *state)
        office("approved", "reply", entry, "--cause", "final", "--by", "Made", "--text", "Yes")
        day = ("--effective", "2026-02-01", "--until", "2029-12-31")
        assert office("approved", "decide", entry, *state, *day, *A_AND_C).status == 0
    assert office("approved", "key", "online.key").status == 0
    begun = office(*BEGIN, *A_AND_C)
    assert begun.out.startswith(
        "repository: root of 3 keys, 2 must sign; Example may publish; the first root"
    )
    done = office(*PUBLISH, *A_AND_C)
    assert done.out.startswith(f"repository: Example on {TODAY}, version 1: ")
    return office


def test_a_published_list_is_verified_and_says_what_is_on_it(published: Clearband) -> None:
    asked = ("entry:first", "name:made  RADIO", "id:cage:1ABC2", "maker:x")
    keys = [word for key in asked for word in ("--listed", key)]
    shown = published(*VERIFY, *keys, "--proof", "proof.json")
    assert shown.status == 0
    assert f"Example (example) on {TODAY}: 2 entries, 7 keys" in shown.out
    assert "made anew from its log" in shown.out
    assert shown.out.count("on the list, proved\n  first: listed since 2026-02-01; buy yes") == 3
    assert "holds until the day before 2029-10-02" in shown.out
    assert "maker:x, example: not on the list, proved among 7 keys" in shown.out
    assert "third" not in shown.out


def test_what_is_published_and_printed_fits_its_schema(published: Clearband) -> None:
    told = json.loads(published(*VERIFY, "--json", "--listed", "entry:first", "--listed", "entry:none").out)
    registry = jsonschema_rs.Registry(
        [(schema["$id"], schema) for schema in map(_schema, ("approved-list", "published-proof"))]
    )

    def fits(name: str, value: Any) -> None:
        jsonschema_rs.validator_for(_schema(name), registry=registry).validate(value)

    fits("approved-verified", told)
    folder = Path("state/targets/example")
    for name, schema in (("list.json", "published-list"), ("head.json", "published-head")):
        fits(schema, json.loads((folder / name).read_text()))
    fits("published-authorities", json.loads(Path("state/targets/authorities.json").read_text()))
    import gzip

    for name, schema in (
        ("entries", "published-record"),
        ("keys", "published-key"),
        ("log", "listing-event"),
    ):
        for path in (folder / name).iterdir():
            for line in gzip.decompress(path.read_bytes()).splitlines():
                fits(schema, json.loads(line))


def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def test_fetched_it_can_be_asked_like_a_list_and_carried_offline(published: Clearband) -> None:
    with served(Path("repository")) as address:
        fetched = published("approved", "fetch", address, "out", "--root", "root.json", "--state", "state")
        again = published("approved", "fetch", address, "out", "--root", "root.json", "--state", "state")
    assert (fetched.status, again.status) == (0, 0)
    assert "first: Made Radio" in published("approved", "show", "first", "--list", "out/example").out
    carried = published("approved", "verify", "out/repository", "--root", "root.json", "--state", "elsewhere")
    assert carried.status == 0
    with Path("out/example/list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["entry"], row["state"], row["buy"]) for row in rows] == [
        ("first", "listed", "yes"),
        ("second", "listed", "yes"),
    ]
    assert rows[1]["name"] == "'=cmd|x <b>bold</b>"
    page = Path("out/example/index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;bold" in page
    assert "<b>bold" not in page
    Path("other").mkdir()
    Path("other/file").touch()
    refused = published("approved", "fetch", "repository", "other", "--root", "root.json", "--state", "state")
    assert "not empty" in refused.one_line


def test_tampering_is_one_line_and_status_3(published: Clearband) -> None:
    path = next(Path("repository/targets/example").glob("*.list.json"))
    path.write_bytes(path.read_bytes().replace(b'on":"2', b'on":"3'))
    refused = published(*VERIFY)
    assert refused.status == 3
    assert "tampered with" in refused.one_line


def test_a_list_of_a_day_that_has_not_come_is_not_published(published: Clearband) -> None:
    refused = published(*PUBLISH[:-1], "2099-01-01", *A_AND_C)
    assert (refused.status, "2099-01-01 has not come" in refused.one_line) == (2, True)


def test_fewer_deciders_than_the_quorum_publish_nothing(published: Clearband) -> None:
    before = sorted(Path("repository/metadata").iterdir())
    refused = published(*PUBLISH, "--key", "a.key", "--key", "a.key")
    assert refused.status == 3
    assert "the list of Example: example was signed by 1/2 keys" in refused.one_line
    assert sorted(Path("repository/metadata").iterdir()) == before


def test_the_online_key_alone_keeps_it_fresh_and_changes_nothing(published: Clearband) -> None:
    assert "snapshot 2" in published(*PUBLISH, "--refresh").out
    assert "version 1," in published(*VERIFY).out
    assert "1 of 1" in published("approved", "keys", "show", "repository").out


def test_roots_are_renewed_by_a_quorum(published: Clearband) -> None:
    published(*VERIFY)
    renew = ("approved", "keys", "renew", "repository", "--online-key", "online.key")
    assert "by the keys before" in published(*renew, "--key", "b.key").one_line
    assert published(*renew, "--list", "approved-list", *A_AND_C).out == (
        "repository: root 2, 3 keys, 2 must sign\n"
    )
    assert published(*VERIFY).status == 0


def test_a_log_is_never_taken_back(published: Clearband) -> None:
    log = Path("approved-list/log.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:-1]))
    assert "were published before" in published(*PUBLISH, *A_AND_C).one_line


class Alone:
    """The program that is published with the list, run with nothing of ours to import."""

    def __init__(self, published: Clearband) -> None:
        fetched = published(
            "approved", "fetch", "repository", "out", "--root", "root.json", "--state", "state"
        )
        assert fetched.status == 0
        self.program = Path("out/example/verify_list.py").resolve()

    def __call__(self, source: str, key: str, *more: str) -> subprocess.CompletedProcess[str]:
        words = [source, key, "--root", "root.json", "--authority", "example", "--state", "alone", *more]
        # Isolated, and blocked from importing the package even where it is installed.
        block = "import sys, runpy; sys.modules['clearband'] = None; sys.argv[:] = sys.argv[1:]; "
        run = "runpy.run_path(sys.argv[0], run_name='__main__')"
        return subprocess.run(
            [sys.executable, "-I", "-c", block + run, str(self.program), *words],
            capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip


def test_the_program_for_one_sitting_answers_alone(published: Clearband) -> None:
    alone = Alone(published)
    with served(Path("repository")) as address:
        found = alone(address, "entry:first", "--on", LATER, "--log")
    assert found.returncode == 0, found.stderr
    assert f"entry:first: ON the list of Example of {TODAY}" in found.stdout
    assert f"first: listed on {LATER}, since 2026-02-01; buy yes" in found.stdout
    missing = alone("repository", "entry:third", "--log")
    assert missing.returncode == 1, missing.stderr
    assert "NOT ON" in missing.stdout
    assert "it would stand between" in missing.stdout
    later = alone("repository", "entry:first", "--on", "2029-12-01")
    assert later.returncode == 4
    assert "nothing is known for 2029-12-01" in later.stdout
    assert alone("repository", "entry:first", "--on", "2026-01-15").returncode == 4


def test_the_program_for_one_sitting_refuses_what_was_tampered_with(published: Clearband) -> None:
    alone = Alone(published)
    shutil.copytree("repository", "before")
    published(*PUBLISH, *A_AND_C)
    alone("repository", "entry:first")
    rolled = alone("before", "entry:first")
    assert (rolled.returncode, rolled.stdout) == (3, "")
    assert rolled.stderr.startswith("REFUSED: BadVersionNumberError")
    for path in Path("repository/targets/example/keys").iterdir():
        path.write_bytes(b"")
    shutil.rmtree("alone/targets")
    assert alone("repository", "entry:first").stderr.startswith("REFUSED: ")


def test_the_program_for_one_sitting_is_that_short_and_imports_nothing_of_ours() -> None:
    from clearband.listing import standalone_verifier

    text = Path(standalone_verifier.__file__).read_text(encoding="utf-8")
    assert text.count("\n") < 300
    assert "from clearband" not in text
    assert "import clearband" not in text
