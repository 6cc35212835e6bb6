"""From a file to a finding's reasons and a decision on it, as a program and as a person's forms do it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from clearband.web.settings import Settings
from clearband.workspace.place import Workspace, open_workspace
from clearband.workspace.verify import verify
from clearband.workspace.worker import Worker
from tests.web.conftest import app_of

EXAMPLE = Path(__file__).parents[2] / "examples" / "rural-carrier.csv"
PAGE = {"accept": "text/html"}
HOSTILE = '"><script>alert(1)</script>=1+1'
ROWS = (
    "Asset,Maker,Model,Serial,Site,Latitude,Longitude\n"
    f"1,Huawei,AR617,S1,{HOSTILE.replace(chr(34), chr(34) * 2).join(chr(34) * 2)},45.5,-120\n"
    '2,Nokia,"=cmd|x",S2,South,46.5,-121\n'
    "3,Nobody knows,,S3,South,,\n"
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    url = request.getfixturevalue("postgres")() if request.param == "postgresql" else None
    made = open_workspace(tmp_path_factory.mktemp("work") / "workspace", url, make=True)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def client(place: Workspace) -> Iterator[TestClient]:
    app = app_of(place, Settings())
    with TestClient(app, base_url="http://127.0.0.1:8889", client=("127.0.0.1", 50000)) as made:
        made.headers["origin"] = "http://127.0.0.1:8889"
        yield made


def token(client: TestClient) -> str:
    return str(client.app.state.server.local_token)  # type: ignore[attr-defined]


def screened(client: TestClient, place: Workspace, data: bytes, name: str = "north.csv") -> str:
    """Address of a run over one file."""
    of = client.post("/inventories", json={"name": f"North <{HOSTILE}>"}).json()
    sent = client.post(
        f"/inventories/{of['id']}/uploads", data={"form_token": token(client)}, files={"file": (name, data)}
    )
    found = sent.json() if sent.history == [] else client.get(sent.url.path).json()["upload"]
    taken = client.post(f"/uploads/{found['id']}/take", json={}, headers={"if-match": '"1"'})
    assert taken.json()["state"] == "taken"
    run = client.post(f"/inventories/{of['id']}/runs", json={"on": "2026-06-01"})
    assert run.status_code == 201
    assert Worker(place).once()
    return str(run.headers["location"])


@pytest.fixture(scope="module")
def run(client: TestClient, place: Workspace) -> str:
    return screened(client, place, ROWS.encode())


def test_an_upload_shows_what_each_column_was_taken_for(client: TestClient) -> None:
    of = client.post("/inventories", json={"name": "Preview"}).json()["id"]
    form = {"form_token": token(client)}
    sent = client.post(
        f"/inventories/{of}/uploads",
        data=form,
        files={"file": ("../../etc/a.csv", EXAMPLE.read_bytes())},
        headers=PAGE,
        follow_redirects=False,
    )
    assert sent.status_code == 303
    address = sent.headers["location"]
    seen = client.get(address).json()
    assert seen["upload"]["file_name"] == "a.csv"
    columns = {one["name"]: one["field"] for one in seen["seen"]["tables"][0]["columns"]}
    assert columns["Mfr"] == "manufacturer"
    otherwise = client.get(address, params={"columns[Mfr]": "brand"}).json()
    assert {one["name"]: one["field"] for one in otherwise["seen"]["tables"][0]["columns"]}["Mfr"] == "brand"
    assert 'name="columns[Mfr]"' in client.get(address, headers=PAGE).text
    wrong = client.get(address, params={"columns[Mfr]": "nonsense"})
    assert (wrong.status_code, "nonsense" in wrong.text) == (422, True)


def test_a_table_without_a_known_header_can_be_mapped_on_its_page(client: TestClient) -> None:
    of = client.post("/inventories", json={"name": "Odd"}).json()["id"]
    file = {"file": ("odd.csv", b"Foo,Bar,Baz\nHuawei,AR617,North\nNokia,7750 SR-1,South\n")}
    sent = client.post(f"/inventories/{of}/uploads", data={"form_token": token(client)}, files=file)
    address = sent.url.path
    text = client.get(address, headers=PAGE).text
    assert "It cannot be read as it is" in text
    assert 'name="columns[Foo]"' in text
    assert "7750 SR-1" in text, "the rows say what the columns are"
    said = {"columns[Foo]": "manufacturer", "columns[Bar]": "model"}
    looked = client.post(f"{address}/look", data={"form_token": token(client), **said}, headers=PAGE)
    assert looked.status_code == 200
    assert "It cannot be read as it is" not in looked.text
    assert "2 records" in looked.text
    version = {"if-match": '"1"'}
    taken = client.post(f"{address}/take", json={"columns": {"Foo": "manufacturer"}}, headers=version)
    assert taken.json()["state"] == "taken"


def test_next_months_file_is_read_like_the_last_until_somebody_says_otherwise(client: TestClient) -> None:
    of = client.post("/inventories", json={"name": "Monthly"}).json()["id"]
    rows = b"Serial No,Whose make,Which one,Got it\n1,Huawei,RRU3959,3/4/2019\n"

    def sent(data: bytes) -> str:
        file = {"file": ("list.csv", data)}
        found = client.post(f"/inventories/{of}/uploads", data={"form_token": token(client)}, files=file)
        return found.url.path

    def columns(address: str) -> dict[str, str]:
        (table,) = client.get(address).json()["seen"]["tables"]
        return {one["name"]: one["field"] for one in table["columns"]}

    first = sent(rows)
    meant = {"Whose make": "manufacturer", "Which one": "model", "Got it": "acquired_on"}
    assert not set(columns(first).values()) & {"manufacturer", "model"}
    assert "No column was taken for the manufacturer" in client.get(first, headers=PAGE).text
    asked = {f"columns[{name}]": field for name, field in meant.items()} | {"date_order": "month-first"}
    again = client.get(first, params=asked, headers=PAGE).text
    assert "No column was taken for the manufacturer" not in again
    assert '<option value="month-first" selected>' in again, "what was asked is what is taken"
    said = {"columns": meant, "date_order": "month-first"}
    assert client.post(f"{first}/take", json=said, headers={"if-match": '"1"'}).status_code == 200
    second = sent(rows.replace(b"Got it", b"Colour") + b"2,ZTE,F660,red\n")
    assert columns(second)["Whose make"] == "manufacturer"
    assert client.get(second).json()["read_like"] == "list.csv"
    shown = client.get(second, headers=PAGE).text
    assert "columns are read as those of" in shown
    assert '<option value="manufacturer" selected>' in shown
    said = {"columns": {"Whose make": "brand"}}
    assert client.post(f"{second}/take", json=said, headers={"if-match": '"1"'}).status_code == 200
    assert columns(second)["Whose make"] == "brand"


def test_a_run_is_told_of_until_it_is_done(client: TestClient, run: str) -> None:
    told = client.get(f"{run}/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert '"state": "done"' in told.text
    shown = client.get(run).json()
    assert shown["progress"]["state"] == "done"
    assert sum(shown["overview"]["answers"].values()) == shown["overview"]["records"] == 3
    assert shown["run"]["asked"]["on"] == "2026-06-01"


def test_findings_are_filtered_sorted_and_paged(client: TestClient, run: str) -> None:
    every = client.get(f"{run}/findings", params={"table": "findings", "size": 200}).json()
    assert every["total"] == len(every["rows"]) > 3
    some = client.get(f"{run}/findings", params={"answer": ["prohibited"], "sort": "model"}).json()
    assert [row["record_id"] for row in some["rows"]] == ["1"]
    paged = client.get(f"{run}/findings", params={"size": 2, "page": 2, "sort": "record"}).json()
    assert [row["record_id"] for row in paged["rows"]] == ["3"]
    assert paged["pages"] == 2
    beyond = client.get(f"{run}/findings", params={"page": 999}).json()
    assert beyond["page"] == beyond["pages"] == 1
    for wrong in ({"sort": "secret"}, {"size": 100_000}, {"page": 0}, {"maker": ["x"] * 51}, {"nonsense": 1}):
        status = client.get(f"{run}/findings", params=wrong).status_code
        assert status == (200 if "nonsense" in wrong else 422), wrong


def test_text_of_the_inventory_is_text_on_every_page(client: TestClient, run: str) -> None:
    record = f"{run}/records/0"
    client.post(f"{record}/comments", json={"text": HOSTILE})
    client.post(f"{record}/decisions", json={"kind": "confirmed", "reason": HOSTILE})
    for address in (
        "/",
        "/inventories",
        "/decisions?state=in-force",
        run,
        f"{run}/findings",
        record,
        f"{run}/map",
        f"{run}/files",
    ):
        text = client.get(address, headers=PAGE).text
        assert "<script>alert" not in text, address
        assert "alert(1)" in text or "/files" in address or address == "/decisions?state=in-force", address


def test_the_pack_for_an_auditor_is_made_of_either_database(client: TestClient, run: str) -> None:
    got = client.get(f"{run}/reports/evidence.zip")
    with zipfile.ZipFile(io.BytesIO(got.content)) as pack:
        assert pack.testzip() is None
        assert {"run/run.json", "workspace/trail.jsonl", "workspace/run.json"} <= set(pack.namelist())


def test_a_table_for_a_spreadsheet_has_no_formula(client: TestClient, run: str) -> None:
    text = client.get(f"{run}/findings.csv", params={"sort": "record"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["record_id"] for row in rows] == ["1", "2", "3"]
    assert rows[1]["model"] == "'=cmd|x"
    assert all(not cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row.values())


def test_a_decision_stands_beside_the_answer(client: TestClient, run: str) -> None:
    record = f"{run}/records/0"
    finding = client.get(record).json()["findings"][0]
    body = {
        "kind": "accepted-risk",
        "reason": "Replaced in spring",
        "on": f"{finding['directive']} {finding['clause']}",
        "until": "2026-12-24",
    }
    made = client.post(f"{record}/decisions", json=body, headers={"idempotency-key": "once"})
    again = client.post(f"{record}/decisions", json=body, headers={"idempotency-key": "once"})
    assert (made.status_code, again.json()) == (201, made.json())
    shown = client.get(record).json()
    assert [one["kind"] for one in shown["decisions"]].count("accepted-risk") == 1
    assert shown["equipment"]["answer"] == "prohibited"
    states = client.get(f"{run}/findings", params={"table": "findings", "state": "accepted-risk"}).json()
    assert {row["answer"] for row in states["rows"]} == {"prohibited"}
    assert {(row["directive"], row["clause"]) for row in states["rows"]} == {tuple(body["on"].split(" "))}
    unknown = client.post(f"{record}/decisions", json={**body, "on": "us-nothing none"})
    assert unknown.status_code == 404


def test_evidence_is_a_download_whatever_it_is(client: TestClient, run: str) -> None:
    sent = client.post(
        f"{run}/records/0/attachments",
        data={"form_token": token(client)},
        files={"file": ("../label<b>.html", b"<script>alert(1)</script>")},
        headers=PAGE,
        follow_redirects=False,
    )
    assert sent.status_code == 303
    held = client.get(f"{run}/records/0").json()["attachments"][0]
    assert held["file_name"] == "label_b_.html"
    got = client.get(f"/attachments/{held['id']}/file")
    assert got.content == b"<script>alert(1)</script>"
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in got.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["../run.json", "..%2f..%2fworkspace.sqlite", "other.txt", "run.json%00"])
def test_no_path_leads_out_of_a_run(client: TestClient, run: str, name: str) -> None:
    assert client.get(f"{run}/files/{name}").status_code in (303, 404)


def test_files_of_a_run_are_the_run(client: TestClient, run: str, place: Workspace) -> None:
    listed = client.get(f"{run}/files").json()
    assert {"run.json", "findings.parquet", "report.html"} <= {one["name"] for one in listed["files"]}
    folder = place.run_folder(run.rpartition("/")[2])
    for one in listed["files"]:
        got = client.get(f"{run}/files/{one['name']}")
        assert got.content == (folder / one["name"]).read_bytes()
        assert got.headers["content-disposition"].startswith("attachment")


def test_sites_with_coordinates_are_on_the_map_and_all_in_the_table(client: TestClient, run: str) -> None:
    shown = client.get(f"{run}/map").json()
    assert [(one["name"], one["latitude"]) for one in shown["sites"]] == [(HOSTILE, 45.5), ("South", 46.5)]
    assert client.get(f"{run}/map", headers=PAGE).text.count('class="map-mark') == 2


def test_what_is_not_there_is_told(client: TestClient, run: str) -> None:
    for address in (
        f"{run}/records/3",
        "/runs/none",
        "/runs/none/findings",
        "/uploads/none",
        "/inventories/none",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(f"{run}/records/-1").status_code == 422


def test_all_that_was_done_is_in_the_trail(client: TestClient, run: str, place: Workspace) -> None:
    seen = verify(place)
    assert seen.problems == ()
    assert seen.entries > 5
