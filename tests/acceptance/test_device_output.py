"""The recorded outputs of real devices, as files: all are read or told, and makers are right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearband.cli.discover.device_output import command as discover
from clearband.cli.identify import command as identify

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "ntc-templates.jsonl"
COVERED = frozenset({"huawei", "zte"})

pytestmark = pytest.mark.skipif(
    not CORPUS.is_file(), reason="the labelled records are not beside the repository"
)


@pytest.mark.parametrize("named", [True, False], ids=["command in the name", "text alone"])
def test_covered_makers_are_found_and_no_others(
    named: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "outputs"
    folder.mkdir()
    labels: dict[str, bool] = {}
    for number, line in enumerate(CORPUS.read_text("utf-8").splitlines()):
        record = json.loads(line)
        host, asked = f"host-{number}", record["id"].split("/")[1]
        name = f"{host}_{asked}.txt" if named and asked.startswith("show_") else f"{host}.txt"
        (folder / name).write_text(record["signals"]["banner"]["text"], encoding="utf-8")
        labels[host] = record["truth"]["covered"]
    read = CliRunner().invoke(discover, [str(folder), "--out", "devices.jsonl"], catch_exceptions=False)
    assert read.exit_code == 0, read.output
    done = CliRunner().invoke(identify, ["devices.jsonl", "--out", "makers.jsonl"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    makers = [json.loads(line) for line in Path("makers.jsonl").read_text("utf-8").splitlines()]
    covered = {one["record_id"].split("/")[0] for one in makers if one["maker"] in COVERED}
    assert {one["record_id"] for one in makers if "/" not in one["record_id"]} == set(labels)
    assert covered == {host for host, is_covered in labels.items() if is_covered}
