"""The description is true: whatever is sent, no 5xx, and no answer that it does not name (schemathesis)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from starlette.testclient import TestClient

from clearband.web.settings import Settings
from clearband.workspace.place import open_workspace
from clearband.workspace.worker import Worker
from tests.laws import THOROUGH
from tests.web.conftest import app_of, form_token

if TYPE_CHECKING:
    import schemathesis
    from fastapi import FastAPI

LOCAL = {"host": "localhost"}
EXAMPLES = 200 if THOROUGH else 4
STARTS_A_PROGRAM = ("/runs/{run_id}/reports/{name}", "/uploads/{upload_id}")
"""For each answer: these are asked less often."""
LASTING = ("/disable", "/roles", "/archive")
"""Ends of addresses after which others would only be refused: they are asked of what there is not."""
ROWS = b"Asset,Maker,Model,Site,Latitude,Longitude\n1,Huawei,AR617,North,45.5,-120\n2,Nobody knows,,South,,\n"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder: Path = tmp_path_factory.mktemp("described")
    return app_of(open_workspace(folder / "workspace", make=True), replace(Settings(), demo=True))


@pytest.fixture(scope="module")
def there(app: FastAPI) -> dict[str, list[Any]]:
    """Values of addresses that lead to something: without them all answers would be 404."""
    client = TestClient(app, base_url="http://localhost")
    form = {"form_token": form_token(client)}

    def made(path: str, **body: Any) -> str:
        answer = client.post(path, json=body, headers={"if-match": '"1"'})
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    def sent(path: str, data: bytes) -> str:
        answer = client.post(path, data=form, files={"file": ("a.csv", data)}, follow_redirects=False)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"].rpartition("/")[2]

    inventory = made("/inventories", name="North")
    uploads = [sent(f"/inventories/{inventory}/uploads", data) for data in (ROWS, b"Maker\nZTE\n")]
    made(f"/uploads/{uploads[0]}/take")
    done = made(f"/inventories/{inventory}/runs", on="2026-06-01")
    assert Worker(app.state.server.workspace).once()
    record = f"/runs/{done}/records/0"
    sent(f"{record}/attachments", b"%PDF")
    seen = client.get(record).json()
    person = client.get("/people").json()["people"][0]["id"]
    token = client.post("/tokens", json={"name": "t", "roles": ["viewer"]}).json()["token"]["id"]
    return {
        "inventory_id": [inventory],
        "upload_id": uploads,
        "run_id": [done, made(f"/inventories/{inventory}/runs")],
        "number": [0, 1],
        "identity": [seen["identity"]],
        "decision_id": [made(f"{record}/decisions", kind="confirmed", reason="seen")],
        "answer_id": [made(f"{record}/answers", field="made_in", value="CN", reason="seen")],
        "comment_id": [made(f"{record}/comments", text="seen")],
        "assignment_id": [made(f"{record}/assignments", person_id=person)],
        "attachment_id": [seen["attachments"][0]["id"]],
        "person_id": [person],
        "token_id": [token],
        "directive_id": ["us-fcc-covered-list"],
        "organisation_id": ["huawei"],
        "name": ["board.html", "summary.json"],
    }


def test_the_description_names_every_problem_and_both_forms(app: FastAPI) -> None:
    described = TestClient(app, base_url="http://localhost").get("/openapi.json").json()
    for path, methods in described["paths"].items():
        if path.startswith(("/health", "/metrics")):
            continue
        for method, told in methods.items():
            answers = told["responses"]
            assert {"401", "403", "404", "409", "421", "422"} <= set(answers), path
            assert "application/problem+json" in answers["404"]["content"]
            if method == "get":
                # A stream of events, or a file, has one form only; and some lead on to another address.
                forms = set(answers["200"]["content"]) if "200" in answers else {"text/html"}
                assert "text/html" in forms or "application/json" not in forms, path
            else:
                assert {"303", "412", "413", "415"} <= set(answers), path
                assert told["summary"]


def test_no_request_makes_it_fail_or_answer_otherwise_than_described(
    app: FastAPI, there: dict[str, list[Any]]
) -> None:
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    token = app.state.server.local_token
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)
    answers: dict[str, Counter[int]] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        most = EXAMPLES // 2 if operation.path in STARTS_A_PROGRAM else EXAMPLES

        @settings(max_examples=most, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(), data=some.data())
        def one(case: schemathesis.Case, data: some.DataObject) -> None:
            headers = meant(case, there, token, data)
            answer = case.call_and_validate(checks=checks, headers=headers)
            answers.setdefault(case.method, Counter())[answer.status_code] += 1

        one()
    told = sum(answers.values(), Counter())
    assert told.total() >= 3 * EXAMPLES
    # Not only refusals were looked at: most was read, and something was changed.
    assert answers["GET"][200] > answers["GET"].total() / 3, answers
    assert answers["POST"][200] + answers["POST"][201] + answers["POST"][303] > 3, answers
    assert told[401] == 0, "nobody but the local person was asked"


def meant(
    case: schemathesis.Case, there: dict[str, list[Any]], token: str, data: some.DataObject
) -> dict[str, str]:
    """The headers to send; most values in the address are of what there is, most changes know its version,
    and no token is made up, which would be refused before anything else is looked at."""
    for name in [name for name in case.headers if name.lower() == "authorization"]:
        del case.headers[name]
    often = some.sampled_from((True, True, True, False))
    if not case.path.endswith(LASTING):
        for values in (case.path_parameters, case.query):
            for name in values.keys() & there.keys():
                if data.draw(often):
                    values[name] = data.draw(some.sampled_from(there[name]))
    if case.path.endswith("/events"):
        # That of a run that waits has no end.
        case.path_parameters["run_id"] = there["run_id"][0]
    if isinstance(case.body, dict) and "form_token" in case.body:
        case.body["form_token"] = token
    known = {"if-match": data.draw(some.sampled_from(('"1"', '"2"', '"1.0123456789ab"')))}
    return LOCAL | (known if case.method == "POST" and data.draw(often) else {})
