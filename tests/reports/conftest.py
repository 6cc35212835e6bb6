"""Screenings that several tests read."""

from __future__ import annotations

import pytest

from clearband.screening.result import Screening
from tests.reports.made_screenings import hostile, screening_of, small_records


@pytest.fixture(scope="session")
def small() -> Screening:
    """One record of each kind."""
    return screening_of(small_records())


@pytest.fixture(scope="session")
def harmful() -> Screening:
    """The same, with a record that tries to do harm."""
    return screening_of([*small_records(), hostile()])


@pytest.fixture(autouse=True)
def _titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles that stay what they are when the packaged vocabulary grows."""
    titles = {
        "federal-agency": "US executive agency",
        "usf-recipient": "Recipient of universal service support",
    }
    monkeypatch.setattr("clearband.reports.vocabulary._titles", lambda: titles)
