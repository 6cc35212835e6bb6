"""The evidence pack for an auditor."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import jsonschema_rs
import polars as pl
import pytest

from clearband.errors import InputError, UsageError
from clearband.reports.filings.evidence import Extra, write_pack
from clearband.reports.filings.screened import read_screened
from tests.cli.conftest import EXAMPLES, Clearband, Finished
from tests.cli.report.conftest import ASKED

SCHEMAS = Path(__file__).resolve().parents[3] / "clearband" / "facts" / "schemas"


def read(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("run", ["carrier", "hostile", "clear", "unknown", "empty"])
def test_every_file_is_there_with_its_hash(
    run: str, request: pytest.FixtureRequest, clearband: Clearband, tmp_path: Path
) -> None:
    folder: Path = request.getfixturevalue(run)
    out = tmp_path / "pack.zip"
    ended = clearband("report", "evidence", "--run", folder, "--out", out)
    assert ended.status == 0, ended.err
    held = read(out)
    assert {name for name in held if name.startswith("run/")} == {
        f"run/{one.name}" for one in folder.iterdir()
    }
    for one in folder.iterdir():
        assert held[f"run/{one.name}"] == one.read_bytes()
    sums = dict(reversed(line.split("  ", 1)) for line in held["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(text).hexdigest() for name, text in held.items() if name != "SHA256SUMS"
    }
    manifest = json.loads(held["manifest.json"])
    jsonschema_rs.validator_for(
        json.loads((SCHEMAS / "evidence-manifest.schema.json").read_bytes())
    ).validate(manifest)
    assert {one["path"]: one["sha256"] for one in manifest["files"]} == {
        name: digest for name, digest in sums.items() if name != "manifest.json"
    }
    assert [one["path"] for one in manifest["files"]] == sorted(one["path"] for one in manifest["files"])
    how = held["VERIFY.txt"].decode()
    assert manifest["rests_on"]["run_sha256"] in how
    assert manifest["rests_on"]["facts_sha256"] in how
    assert f"Clearband: {manifest['rests_on']['clearband']}" in how
    assert hashlib.sha256(out.read_bytes()).hexdigest() in ended.out
    assert hashlib.sha256(held["SHA256SUMS"]).hexdigest() in ended.out


def test_the_bytes_are_the_same_each_time(carrier: Path, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_pack(read_screened(carrier), tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_the_clauses_and_sources_are_those_that_the_run_used(carrier: Path, tmp_path: Path) -> None:
    write_pack(read_screened(carrier), tmp_path / "pack.zip")
    held = read(tmp_path / "pack.zip")
    clauses = json.loads(held["facts/clauses.json"])
    findings = pl.read_parquet(carrier / "findings.parquet").drop_nulls("directive")
    used = findings.with_columns(pl.col("clause").str.split("/").list.first())
    assert {(one["directive"], one["clause"]) for one in clauses} == set(
        used.select("directive", "clause").iter_rows()
    )
    for one in clauses:
        of_it = used.filter(
            pl.col("directive") == one["directive"], pl.col("clause") == one["clause"], cite=one["cite"]
        )
        for answer, records in one["answers"].items():
            assert of_it.filter(answer=answer)["record_id"].n_unique() == records
        assert one["says"]
        assert one["sources"]
    cited = {source["id"] for source in json.loads(held["facts/sources.json"])}
    evidence = pl.read_parquet(carrier / "equipment.parquet")["evidence"].explode().drop_nulls()
    assert set(evidence.struct.field("source").str.split("; ").explode().drop_nulls()) <= cited


def test_a_directive_of_ones_own_is_told_as_such(
    clearband: Clearband, finished: Finished, tmp_path: Path
) -> None:
    run = finished(EXAMPLES / "rural-carrier.csv", "--facts", EXAMPLES / "draft-ban.yaml", *ASKED)
    assert clearband("report", "evidence", "--run", run, "--out", tmp_path / "pack.zip").status == 0
    assert "draft-ban.yaml (own directives)" in read(tmp_path / "pack.zip")["index.html"].decode()


def test_further_files_go_into_folders_of_their_own(carrier: Path, tmp_path: Path) -> None:
    screened = read_screened(carrier)
    (tmp_path / "trail").write_bytes(b"two")
    extra = (
        Extra("workspace/b.json", tmp_path / "trail", "the trail"),
        Extra("workspace/a.json", b"one", "decisions"),
    )
    pack = write_pack(screened, tmp_path / "pack.zip", extra)
    held = read(tmp_path / "pack.zip")
    assert (held["workspace/a.json"], held["workspace/b.json"]) == (b"one", b"two")
    assert "the trail" in held["index.html"].decode()
    assert "workspace/a.json" in {one.path for one in pack.manifest.files}
    for place in (
        "run/x",
        "facts/x",
        "a",
        "/a/b",
        "a/../run/x",
        "../a/b",
        "a//b",
        "SHA256SUMS/x",
        "a/b\nc",
        "a/b\\c",
        "C:/b",
    ):
        with pytest.raises(UsageError, match="no place"):
            write_pack(screened, tmp_path / "not.zip", (Extra(place, b"", ""),))
    with pytest.raises(UsageError, match="no place"):
        write_pack(screened, tmp_path / "not.zip", (Extra("a/b", b"", ""), Extra("a/b", b"", "")))
    with pytest.raises(InputError):
        write_pack(screened, tmp_path / "not.zip", (Extra("a/b", tmp_path / "missing", ""),))
    assert not (tmp_path / "not.zip").exists()


def test_a_file_that_changes_while_it_is_packed_is_noticed(carrier: Path, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(carrier, copy)
    screened = read_screened(copy)
    (copy / "findings.csv").write_bytes(b"other")
    with pytest.raises(InputError, match=r"findings\.csv was changed while it was packed"):
        write_pack(screened, tmp_path / "pack.zip")
    assert not (tmp_path / "pack.zip").exists()


def test_what_the_run_did_not_write_is_left_out_and_told(
    carrier: Path, clearband: Clearband, tmp_path: Path
) -> None:
    copy = tmp_path / "run"
    shutil.copytree(carrier, copy)
    (copy / "notes.txt").write_text("mine", encoding="utf-8")
    ended = clearband("report", "evidence", "--run", copy, "--out", tmp_path / "pack.zip")
    assert "not packed, because the run did not write it: notes.txt" in ended.out
    held: dict[str, Any] = read(tmp_path / "pack.zip")
    assert "run/notes.txt" not in held
    assert json.loads(held["manifest.json"])["left_out"] == ["notes.txt"]
