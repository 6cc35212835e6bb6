"""Bad input: one clear line, the documented status, and nothing half-written."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import AGENCY, CARRIER, Clearband
from tests.sources.ole import compound_file


def empty(folder: Path) -> Path:
    (folder / "empty.csv").touch()
    return folder / "empty.csv"


def wrong_extension(folder: Path) -> Path:
    path = folder / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    return path


def truncated_workbook(folder: Path) -> Path:
    path = folder / "cut.xlsx"
    path.write_bytes(AGENCY.read_bytes()[:3000])
    return path


def encrypted_workbook(folder: Path) -> Path:
    path = folder / "locked.xlsx"
    path.write_bytes(compound_file("EncryptedPackage", b"\0" * 6000))
    return path


def commas(folder: Path) -> Path:
    path = folder / "commas.csv"
    path.write_bytes(b"Manufacturer,Model\n" + b"," * 10_000_000 + b"\n")
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.xlsx"
    with zipfile.ZipFile(AGENCY) as good, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name))
        with bad.open("xl/worksheets/sheet99.xml", "w", force_zip64=True) as sheet:
            for _ in range(200):
                sheet.write(b"0" * 1_000_000)
    return path


def binary(folder: Path) -> Path:
    path = folder / "binary.csv"
    path.write_bytes(random.Random(0).randbytes(50_000))
    return path


def no_columns(folder: Path) -> Path:
    path = folder / "poem.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    return path


def missing(folder: Path) -> Path:
    return folder / "nowhere.csv"


def a_folder(folder: Path) -> Path:
    (folder / "folder").mkdir()
    return folder / "folder"


@pytest.mark.parametrize(
    "make",
    [
        empty,
        wrong_extension,
        truncated_workbook,
        encrypted_workbook,
        commas,
        zip_bomb,
        binary,
        no_columns,
        missing,
        a_folder,
    ],
)
def test_an_unusable_input_is_one_line_and_status_3(clearband: Clearband, tmp_path: Path, make) -> None:
    path = make(tmp_path)
    ended = clearband("screen", path, "--out", tmp_path / "run")
    assert path.name in ended.one_line
    assert ended.status == 3
    assert not (tmp_path / "run").exists()
    assert not [entry for entry in tmp_path.iterdir() if entry.name.startswith(".")]


def test_one_unusable_input_among_good_ones_stops_the_run(clearband: Clearband, tmp_path: Path) -> None:
    ended = clearband("screen", CARRIER, missing(tmp_path), "--out", tmp_path / "run")
    assert (ended.status, (tmp_path / "run").exists()) == (3, False)


def test_duplicate_ids_are_all_kept_and_said(clearband: Clearband, tmp_path: Path) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(
        "Asset #,Mfr,Model\n"
        + "".join(f"{name},Huawei,S5720-28X\n" for name in ("A1", "A2", "A3", "A1", "A4", "A5"))
    )
    ended = clearband("identify", path)
    ids = [json.loads(line)["record_id"] for line in ended.out.splitlines()]
    assert ids == ["A1", "A2", "A3", "A1#2", "A4", "A5"]


def test_a_formula_stays_text_and_is_neutralised_in_outputs(clearband: Clearband, tmp_path: Path) -> None:
    path = tmp_path / "formula.csv"
    path.write_text(
        'Asset #,Mfr,Model,Site\nA1,Huawei,NE40E-X8,"=HYPERLINK(""http://x.example"",""click"")"\n'
        "A2,Huawei,NE40E-X3,@SUM(1)\n"
    )
    clearband("screen", path, "--out", tmp_path / "run")
    text = (tmp_path / "run" / "findings.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert ",=HYPERLINK" not in text
    assert ',"=HYPERLINK' not in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--as", "federal-agancy"], "federal-agency"),
        (["--action", "procur"], "procure"),
        (["--on", "2026-13-01"], "2026-13-01"),
        (["--map", "Mfr"], "COLUMN=FIELD"),
        (["--map", "Mfr=makr"], "makr"),
        (["--map", "No such column=manufacturer"], "No such column"),
        (["--engine", "spark"], "spark"),
    ],
)
def test_a_word_that_is_not_known_is_one_line_and_names_the_nearest(
    clearband: Clearband, arguments: list[str], says: str
) -> None:
    ended = clearband("screen", CARRIER, *arguments)
    assert says in ended.one_line
    assert ended.status == 2


def test_an_output_that_cannot_be_written_is_one_line(clearband: Clearband, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("mine")
    for out in (in_the_way, in_the_way / "run", tmp_path / "not" / "there" / "run", Path("/proc/run")):
        ended = clearband("screen", CARRIER, "--out", out)
        assert ended.one_line
        assert ended.status == 3
    assert in_the_way.read_text() == "mine"


def test_a_folder_that_is_not_a_run_is_never_replaced(clearband: Clearband, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    ended = clearband("screen", CARRIER, "--out", tmp_path / "thesis")
    assert ended.status == 3
    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "clearband", "screen", str(CARRIER), "--out", str(tmp_path / "run")]

    def small_files() -> None:
        # A limit on the size of a file ends a write as a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    ended = subprocess.run(
        program,
        capture_output=True,
        text=True,
        preexec_fn=small_files,
        check=False,
    )
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_identify_never_writes_over_its_input(clearband: Clearband, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(CARRIER.read_bytes())
    ended = clearband("identify", path, "--out", path)
    assert "it is an input" in ended.one_line
    assert path.read_bytes() == CARRIER.read_bytes()
