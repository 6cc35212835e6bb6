"""What is missing skips a test, and fails it where CI is set."""

from __future__ import annotations

import pytest

from tests.needed import program


@pytest.mark.parametrize(("ci", "outcome"), [("", "Skipped"), ("1", "Failed")])
def test_what_is_missing_is_told_and_fails_in_ci(
    ci: str, outcome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(BaseException, match="no-such-program is not installed: apt-get install it") as told:
        program("no-such-program", "it")
    assert told.typename == outcome
