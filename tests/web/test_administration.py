"""People and the trail: for admins alone."""

from __future__ import annotations

from collections.abc import Callable

from starlette.testclient import TestClient

from tests.web.conftest import OWN, form_token

SignIn = Callable[..., str]
BROWSER = {"accept": "text/html"}


def test_an_admin_lets_somebody_in_and_keeps_them_out(team: TestClient, sign_in: SignIn) -> None:
    sign_in("Root", "admin")
    said = {"name": "Ann", "roles": ["viewer"], "subject": "https://login.example ann"}
    made = team.post("/people", json=said, headers=OWN)
    assert (made.status_code, made.json()["roles"]) == (201, ["viewer"])
    where = f"/people/{made.json()['id']}"
    form = {"roles": ["viewer", "analyst"], "form_token": form_token(team), "version": "1"}
    assert team.post(f"{where}/roles", data=form, headers=OWN).status_code == 303
    late = team.post(f"{where}/disable", headers={**OWN, "if-match": '"1"'})
    assert (late.status_code, late.json()["title"]) == (412, "Changed meanwhile")
    out = team.post(f"{where}/disable", headers={**OWN, "if-match": '"2"'})
    assert out.json()["disabled_at"]
    assert "kept out" in team.get("/people", headers=BROWSER).text
    actions = [
        one["action"] for one in team.get("/trail", params={"object_id": made.json()["id"]}).json()["entries"]
    ]
    assert actions == ["disable", "give-roles", "create"]
    assert "<h1>Trail</h1>" in team.get("/trail", headers=BROWSER).text


def test_the_last_admin_stays(team: TestClient, sign_in: SignIn) -> None:
    key = sign_in("Root", "admin")
    kept = team.post(f"/people/{key}/disable", headers={**OWN, "if-match": '"1"'})
    assert (kept.status_code, kept.json()["detail"]) == (409, "no admin would be left")


def test_nobody_gives_themselves_a_role(team: TestClient, sign_in: SignIn) -> None:
    key = sign_in("Ann", "viewer", "analyst", "approver")
    for path, body in (("/people", {"name": "x"}), (f"/people/{key}/roles", {"roles": ["admin"]})):
        assert team.post(path, json=body, headers={**OWN, "if-match": '"1"'}).status_code == 403
    for path in ("/people", "/trail"):
        assert team.get(path).status_code == 403


def test_whoever_is_kept_out_is_out_at_once(team: TestClient, sign_in: SignIn) -> None:
    key = sign_in("Ann", "viewer")
    ann = dict(team.cookies)
    sign_in("Root", "admin")
    assert team.post(f"/people/{key}/disable", headers={**OWN, "if-match": '"1"'}).status_code == 200
    team.cookies.clear()
    team.cookies.update(ann)
    assert team.get("/about").status_code == 401
