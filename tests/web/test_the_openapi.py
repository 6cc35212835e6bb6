"""The description is true: whatever is sent, no 5xx, and no answer that it does not name (schemathesis)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.testclient import TestClient

from clearband.web.settings import Settings
from clearband.workspace.place import open_workspace
from tests.laws import THOROUGH
from tests.web.conftest import app_of

if TYPE_CHECKING:
    from fastapi import FastAPI

LOCAL = {"host": "localhost"}
EXAMPLES = 200 if THOROUGH else 6


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder: Path = tmp_path_factory.mktemp("described")
    return app_of(open_workspace(folder / "workspace", make=True), replace(Settings(), demo=True))


def test_the_description_names_every_problem_and_both_forms(app: FastAPI) -> None:
    described = TestClient(app, base_url="http://localhost").get("/openapi.json").json()
    for path, methods in described["paths"].items():
        if path.startswith(("/health", "/metrics")):
            continue
        for method, told in methods.items():
            answers = told["responses"]
            assert {"401", "403", "404", "422"} <= set(answers), path
            assert "application/problem+json" in answers["404"]["content"]
            if method == "get":
                # A stream of events, or a file, has one form only.
                forms = set(answers["200"]["content"])
                assert "text/html" in forms or "application/json" not in forms, path
            else:
                assert {"303", "412", "413", "415"} <= set(answers), path
                assert told["summary"]


def test_no_request_makes_it_fail_or_answer_otherwise_than_described(app: FastAPI) -> None:
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
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)
    tried = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def one(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks, headers=LOCAL)
            tried.append(case.method)

        one()
    assert len(tried) >= 3 * EXAMPLES
    assert {"GET", "POST"} <= set(tried)
