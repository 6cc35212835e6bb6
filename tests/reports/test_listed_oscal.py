"""A published list as OSCAL: valid, made of the entries alone, and made anew by who verifies it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from clearband.facts.store import ROOT
from clearband.listing import content as content_module
from clearband.listing.repository_client import PublicationRefusedError
from clearband.listing.verify import make_content, verify
from clearband.model.assessment import Subject
from clearband.model.listing import State
from clearband.reports.published import oscal
from clearband.reports.published.oscal import NAME, made_anew, write_oscal
from tests.listing.made_list import MadeList, condition, day
from tests.listing.made_repository import NOW, ON, MadeRepository

SCHEMA = json.loads(
    (ROOT.parent / "reports" / "oscal" / "oscal_complete_schema.json").read_text(encoding="utf-8")
)


def made_list(entries: int = 3) -> MadeList:
    """One listed under a condition, one refused, one with a hostile name; then as many as wanted."""
    made = MadeList()
    made.listed(
        State.CONDITIONAL,
        until="2027-12-31",
        conditions=(condition("rebuild", "2026-09-30"),),
        evidence_until=day("2027-03-31"),
    )
    made.proposed(State.REFUSED, "2026-02-05", entry="switch")
    made.step("decide", "2026-03-01", entry="switch", state=State.REFUSED)
    name = "a\u2028<b>&\"'`*_  [x](javascript:y) ${z}"
    hostile = Subject(
        "release", "fw", name, "ericsson", "T1", "US", "radio-unit", " 4.2 ", "all", (("cage", "1 A"),)
    )
    made.step("submit", "2026-03-05", entry="firmware", subject=hostile)
    for kind in ("accept", "assess"):
        made.step(kind, "2026-03-05", entry="firmware")
    made.step("propose", "2026-03-05", entry="firmware", state=State.LISTED, reply_until=day("2026-03-15"))
    made.step("decide", "2026-04-01", entry="firmware", state=State.LISTED, until=day("2027-12-31"))
    more = [f"radio-{number}" for number in range(3, entries)]
    for entry in more:
        made.proposed(on="2026-04-05", entry=entry)
    for entry in more:
        made.step("decide", "2026-05-01", entry=entry, state=State.LISTED, until=day("2027-12-31"))
    return made


def written(folder: Path, made: MadeList, on: str = "2026-06-01") -> tuple[Path, dict[str, Any]]:
    """The content of a list in ``content`` with its OSCAL beside it, as a consumer has them."""
    folder.mkdir()
    content = folder / "content"
    content.mkdir()
    header = make_content(content, made.replay, day(on), iter(made.lines)).header
    names = write_oscal(content, header, folder)
    for name in names:
        (content / name).parent.mkdir(exist_ok=True)
        (folder / name).rename(content / name)
    assert made_anew(content, header, names) is True
    return content, header


def documents(content: Path) -> dict[str, Any]:
    names = [*content.glob("*.oscal.json"), *content.glob("oscal/*")]
    raw = {str(one.relative_to(content)): one.read_bytes() for one in names}
    return {
        name: json.loads(gzip.decompress(text) if name.endswith(".gz") else text)["component-definition"]
        for name, text in raw.items()
    }


def valued(component: dict[str, Any], name: str) -> list[str]:
    return [one["value"] for one in component["props"] if one["name"] == name]


@pytest.fixture
def small_bins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_module, "ENTRIES_A_BIN", 4)


def test_each_entry_is_a_component_with_what_its_record_says(tmp_path: Path) -> None:
    content, header = written(tmp_path / "a", made_list())
    jsonschema_rs.validator_for(SCHEMA).validate(json.loads((content / NAME).read_bytes()))
    whole = documents(content)[NAME]
    assert "Not carried by OSCAL" in whole["metadata"]["remarks"]
    assert valued(whole["metadata"], "log-root") == [header["log"]["root"]]
    found = {valued(one, "entry")[0]: one for one in whole["components"]}
    assert {name: valued(one, "state") for name, one in found.items()} == {
        "firmware": ["listed"],
        "radio": ["listed-conditional"],
        "switch": ["refused"],
    }
    radio = found["radio"]
    names = ("since", "until", "evidence-until", "buy", "open-condition")
    assert [valued(radio, name) for name in names] == [
        ["2026-02-01"], ["2027-12-31"], ["2027-03-31"], ["conditions"], ["rebuild"],
    ]  # fmt: skip
    (bound,) = (one["remarks"] for one in radio["props"] if one["name"] == "condition")
    assert bound == (
        "Rebuild the release; ENG-01; Made Radio by 2026-09-30; shown by: a report; suspended if late"
    )
    assert "criteria GOV-01; evidence ev-1; assessment aaaaaaaaaaaa" in valued(radio, "ground")[-1]
    assert valued(found["switch"], "buy") == ["no"]
    assert (found["firmware"]["type"], valued(found["firmware"], "version")) == ("software", ["4.2"])
    assert valued(found["firmware"], "identifier") == ["cage:1 A"]


def test_an_empty_list_is_valid_too(tmp_path: Path) -> None:
    content, _ = written(tmp_path / "a", MadeList())
    assert "components" not in documents(content)[NAME]


@pytest.mark.usefixtures("small_bins")
def test_a_long_list_stands_in_parts_and_a_change_moves_one(tmp_path: Path) -> None:
    made = made_list(12)
    before, _ = written(tmp_path / "a", made)
    held = documents(before)
    for name in held:
        jsonschema_rs.validator_for(SCHEMA).validate(json.loads((before / name).read_bytes()))
    hrefs = [one["href"] for one in held[NAME]["import-component-definitions"]]
    assert sorted(hrefs) == sorted(held.keys() - {NAME})
    assert sum(len(held[name]["components"]) for name in hrefs) == 12
    made.step("suspend", "2026-06-02", entry="radio-5", reply_until=day("2026-06-12"))
    after, _ = written(tmp_path / "b", made, "2026-06-03")
    changed = {name for name in hrefs if (before / name).read_bytes() != (after / name).read_bytes()}
    (name,) = changed
    old, new = held[name], documents(after)[name]
    assert old["uuid"] != new["uuid"]
    assert [one["uuid"] for one in old["components"]] == [one["uuid"] for one in new["components"]]
    assert new["metadata"]["last-modified"] == "2026-06-02T00:00:00Z"


@pytest.mark.usefixtures("small_bins")
def test_the_parts_of_a_very_long_list_are_compressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oscal, "UNASKED", 5)
    content, _ = written(tmp_path / "a", made_list(12))
    held = documents(content)
    names = [f"{one['href']}.gz" for one in held[NAME]["import-component-definitions"]]
    assert sorted(names) == sorted(held.keys() - {NAME})


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    raw = path.read_bytes()
    assert old in raw
    path.write_bytes(raw.replace(old, new))


def one_part(content: Path) -> Path:
    return next(path for path in content.glob("oscal/*") if b"radio-5" in path.read_bytes())


@pytest.mark.usefixtures("small_bins")
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda at: rewritten(one_part(at), b'"listed"', b'"refused"'), "not what the entries make"),
        (lambda at: rewritten(at / NAME, b'"12"', b'"13"'), "not what the entries make"),
        (lambda at: rewritten(at / NAME, b"component-definition", b"catalog"), "no list as OSCAL"),
        (lambda at: one_part(at).write_bytes(b""), "not what the entries make"),
        (lambda at: one_part(at).unlink(), "not what the entries make"),
        (lambda at: (at / "oscal" / "zz.json").write_bytes(b"{}"), "is no part"),
    ],
)
def test_what_the_entries_do_not_make_is_refused(
    tmp_path: Path, change: Callable[[Path], object], says: str
) -> None:
    content, header = written(tmp_path / "a", made_list(12))
    change(content)
    names = [str(one.relative_to(content)) for one in content.rglob("*") if one.is_file()]
    with pytest.raises(PublicationRefusedError, match=says) as refused:
        made_anew(content, header, names)
    assert "\n" not in refused.value.one_line()


def test_what_another_version_made_is_not_made_anew_and_what_is_not_there_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, header = written(tmp_path / "a", made_list())
    monkeypatch.setattr(oscal, "__version__", "99")
    assert made_anew(content, header, [NAME]) is False
    assert made_anew(content, header, ["list.csv"]) is None


def test_who_verifies_refuses_what_even_the_quorum_signed_when_the_entries_do_not_make_it(
    tmp_path: Path,
) -> None:
    repository = MadeRepository(tmp_path / "repository")
    repository.list = made_list()
    content, _ = written(tmp_path / "a", repository.list, str(ON))
    state = tmp_path / "state"

    def found() -> bool | None:
        source = str(repository.files.folder)
        _, lists = verify(source, repository.root, state, NOW, beside=made_anew)
        return lists[0].beside

    repository.publish()
    assert found() is None
    repository.publish(beside={NAME: content / NAME})
    assert found() is True
    rewritten(content / NAME, b'"refused"', b'"listed"')
    repository.publish(beside={NAME: content / NAME})
    with pytest.raises(PublicationRefusedError, match="not what the entries make"):
        found()
