"""How the suite runs: how many examples a law is tried on, and which tests coverage does not watch.

``make test`` tries the same examples each time. ``make thorough`` (``CLEARBAND_TESTS=thorough``) draws new
ones, and more of them, see :mod:`tests.laws`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.laws import THOROUGH

settings.register_profile("same each time", deadline=None, derandomize=True, database=None, max_examples=50)
settings.register_profile("thorough", deadline=None, print_blob=True)
settings.load_profile("thorough" if THOROUGH else "same each time")

UNWATCHED = ("tests/acceptance/",)
"""Whole runs over much data."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        law = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if law or item.nodeid.startswith(UNWATCHED):
            item.add_marker(pytest.mark.unwatched)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Stop coverage around tests marked as unwatched: watched, Python takes two to three times as long."""
    # Not by pytest-cov's pause: a worker has two measurements, and when one stops the other goes on.
    tracer = sys.gettrace()
    if tracer is None or item.get_closest_marker("unwatched") is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
