"""A form that was not taken comes again: with what was typed, and with what is wrong beside the field."""

from __future__ import annotations

import re
from html import unescape

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from clearband.workspace.place import Workspace
from tests.web.conftest import form_token
from tests.web.test_work import ROWS, client, place, run, token

__all__ = ["client", "place", "run"]

PAGE = {"accept": "text/html,*/*;q=0.8"}
MARKED = '<b>"typed"</b>'


def sent(local: TestClient, path: str, **fields: object) -> Response:
    said = {"form_token": token(local), **fields}
    return local.post(path, data=said, headers=PAGE, follow_redirects=False)


def wrong(page: Response, status: int, of: str, label: str) -> str:
    """The page of a form that was not taken: a summary that is focused and leads to the field, which says
    what is wrong; gives what it says."""
    assert page.status_code == status, page.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Not taken: " in page.text
    summary = page.text.partition('<section class="problems')[2].partition("</section>")[0]
    assert 'role="alert"' in summary
    assert "autofocus" in summary
    link = re.search(rf'<a href="#{of}">([^<]*)</a>', summary)
    assert link, summary
    assert unescape(link[1]).startswith(f"{label}: ")
    field = re.search(rf'<[a-z]+ id="{of}"[^>]*aria-describedby="[^"]*{of}-p"[^>]*>', page.text)
    assert field, "the field is described by what is wrong with it"
    told = re.search(rf'<p class="problem" id="{of}-p">([^<]*)</p>', page.text)
    assert told
    return unescape(told[1])


def test_a_decision_that_is_not_taken_keeps_its_reason(client: TestClient, run: str) -> None:
    fields = {"kind": "accepted-risk", "reason": MARKED, "until": "2001-01-01"}
    page = sent(client, f"{run}/records/0/decisions", **fields)
    assert "1 to" in wrong(page, 422, "f-decide-until", "Last day")
    assert "<details open><summary>Decide</summary>" in page.text
    assert unescape(page.text).count(MARKED) == 1
    assert 'value="accepted-risk" checked' in page.text
    assert 'value="2001-01-01"' in page.text
    assert f'href="{run}/records/0?format=json"' in page.text, "the twin is that of the page"
    by_program = client.post(f"{run}/records/0/decisions", json=fields)
    assert by_program.headers["content-type"] == "application/problem+json"
    later = sent(client, f"{run}/records/0/decisions", **{**fields, "until": ""})
    assert "last day" in wrong(later, 422, "f-decide-until", "Last day")


def test_other_forms_of_a_record_are_left_as_they_were(client: TestClient, run: str) -> None:
    page = sent(client, f"{run}/records/0/answers", field="category", value="spoon", reason=MARKED)
    assert "spoon" in wrong(page, 422, "f-answer-value", "It is")
    assert 'value="category" selected' in page.text
    assert "<details><summary>Decide</summary>" in page.text
    decide = page.text.partition('id="f-decide-reason"')[2].partition("</textarea>")[0]
    assert "typed" not in decide
    empty = sent(client, f"{run}/records/0/comments", text=" ")
    wrong(empty, 422, "f-comment-text", "Comment")
    none = sent(client, f"{run}/records/0/attachments")
    wrong(none, 422, "f-attach-file", "A file")
    assert sent(client, f"{run}/records/999/comments", text=" ").status_code == 422, "there is no such page"


def test_columns_that_are_not_taken_are_kept(client: TestClient, place: Workspace) -> None:
    of = client.post("/inventories", json={"name": "Columns"}).json()["id"]
    form = {"form_token": token(client)}
    files = {"file": ("a.csv", ROWS.replace(",", ";").encode())}
    where = client.post(f"/inventories/{of}/uploads", data=form, files=files, headers=PAGE).url.path
    fields = {"version": "1", "columns[Maker]": "brand", "delimiter": "::", "replaces": "x"}
    page = sent(client, f"{where}/take", **fields)
    wrong(page, 422, "f-take-delimiter", "Separator of columns")
    assert 'value="::"' in page.text
    assert '<option value="brand" selected>' in page.text
    looked = sent(client, f"{where}/look", **{**fields, "delimiter": ";", "columns[Model]": ""})
    address = looked.headers["location"]
    assert address == f"{where}?delimiter=%3B&columns%5BMaker%5D=brand&replaces=x", "and no token of the form"
    again = client.get(address, headers=PAGE).text
    assert 'name="delimiter" type="text" value=";"' in again, "what was said of reading is taken with it"
    assert '<option value="brand" selected>' in again


@pytest.mark.parametrize(
    ("path", "fields", "of", "label"),
    [
        ("/inventories", {"note": MARKED}, "f-new-name", "Name"),
        ("/people", {"subject": MARKED}, "f-new-name", "Name"),
        ("/tokens", {"name": MARKED, "days": "1000", "roles": "viewer"}, "f-new-days", "Days"),
        ("/tokens", {"name": MARKED}, "f-new-roles", "Roles: what it may do at most"),
    ],
)
def test_what_was_typed_comes_again(
    local: TestClient, path: str, fields: dict[str, str], of: str, label: str
) -> None:
    page = sent(local, path, **fields)
    wrong(page, 422, of, label)
    assert unescape(page.text).count(MARKED) == 1
    assert "<b>" not in page.text.partition("<main")[2].partition("<input")[0]


def test_whoever_was_slower_sees_how_it_is_now(local: TestClient) -> None:
    of = local.post("/inventories", json={"name": "North"}).json()["id"]
    local.post(f"/inventories/{of}/rename", json={"name": "South"}, headers={"if-match": '"1"'})
    page = sent(local, f"/inventories/{of}/rename", name=MARKED, version="1")
    assert page.status_code == 412
    assert "<h1><bdi>South</bdi></h1>" in page.text
    assert unescape(page.text).count(MARKED) == 1
    assert 'name="version" value="2"' in page.text
    assert sent(local, f"/inventories/{of}/rename", name="East", version="2").status_code == 303


def test_a_form_of_no_session_gets_nothing_back(local: TestClient) -> None:
    said = {"form_token": "guessed", "name": MARKED}
    page = local.post("/inventories", data=said, headers=PAGE)
    assert page.status_code == 403
    assert "typed" not in page.text
    assert form_token(local) not in page.text
