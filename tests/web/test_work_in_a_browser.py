"""A person at a laptop: from an empty workspace to a finding's reasons and a decision, without any set-up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browser import DESKTOP, shoot
from tests.web.conftest import served
from tests.web.test_pages_in_a_browser import LOOKS, SIZES, overflow, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLE = Path(__file__).parents[2] / "examples" / "rural-carrier.csv"
MINUTE = 60_000
"""Milliseconds in which a person must have come from the file to its reasons."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server started with no configuration at all."""
    with served(tmp_path_factory.mktemp("empty") / "workspace") as (address, _):
        yield address


@pytest.fixture(scope="module")
def worked(empty: str, browser: Browser) -> dict[str, str]:
    """Pages that there are once somebody has uploaded the example, screened it and decided on a record."""
    from playwright.sync_api import expect

    page = browser.new_context(viewport=DESKTOP, locale="en-GB").new_page()
    page.set_default_timeout(MINUTE)
    page.goto(empty)
    page.get_by_label("Name of the inventory").fill("Rural carrier")
    page.get_by_role("button", name="Make it, then upload files").click()
    inventory = page.url
    page.get_by_label("Upload a file").set_input_files(EXAMPLE)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_label("What Mfr is")).to_be_visible()
    upload = page.url
    page.get_by_role("button", name="Take it into the inventory").click()
    page.get_by_role("button", name="Screen it now").click()
    expect(page.get_by_role("heading", name=re.compile("^Run 1"))).to_be_visible()
    run = page.url
    # Told by the server as it happens; the page is shown anew when the run is over.
    expect(page.get_by_role("link", name="Findings").last).to_be_visible(timeout=MINUTE)
    page.get_by_role("navigation", name="Of this run").get_by_role("link", name="Findings").click()
    page.get_by_role("searchbox").fill("RRU3959")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="1001").click()
    expect(page.get_by_role("heading", name="What the law says")).to_be_visible()
    assert "Huawei Technologies Co., Ltd., RRU3959" in page.inner_text("main")
    assert "Section 889 Part A" in page.inner_text("main")
    record = page.url
    page.locator("summary", has_text="Decide").click()
    page.get_by_label("accepted risk").check()
    page.get_by_label("Last day").fill("2027-01-31")
    page.locator("#f-decide-reason").fill("Replaced with the tower in January")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Replaced with the tower in January")).to_be_visible()
    page.context.close()
    return {
        "overview": f"{empty}/",
        "inventories": f"{empty}/inventories",
        "inventory": inventory,
        "upload": upload,
        "run": run,
        "findings": f"{run}/findings",
        "clauses": f"{run}/findings?table=findings&answer=prohibited&sort=site",
        "record": record,
        "map": f"{run}/map",
        "files": f"{run}/files",
        "decisions": f"{empty}/decisions?state=in-force",
    }


NAMES = (
    "overview", "inventories", "inventory", "upload", "run", "findings", "clauses", "record", "map", "files",
    "decisions",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_work_keeps_nobody_out(worked: dict[str, str], browser: Browser, name: str) -> None:
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(worked[name])
    for width, scheme in LOOKS:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        shoot(page, f"work-{name}-{width}-{scheme}")
        assert violations(page) == [], f"{name} {width} {scheme}"
        assert overflow(page) <= 0, f"{name} is wider than a {width} window"
    assert said == []
    context.close()


def test_a_form_that_is_not_taken_keeps_nobody_out(worked: dict[str, str], browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(worked["record"])
    page.locator("summary", has_text="Decide").click()
    page.get_by_label("accepted risk").check()
    page.get_by_label("Last day").fill("2001-01-31")
    page.locator("#f-decide-reason").fill("The tower comes down")
    page.get_by_role("button", name="Decide").click()
    assert page.evaluate("document.activeElement.id") == "wrong"
    page.get_by_role("link", name="Last day: ").press("Enter")
    assert page.get_by_label("Last day").evaluate("box => box.matches(':target')")
    for width, scheme in LOOKS:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        shoot(page, f"work-wrong-{width}-{scheme}")
        assert violations(page) == [], f"{width} {scheme}"
        assert overflow(page) <= 0
    page.get_by_label("Last day").fill("2027-02-28")
    page.get_by_role("button", name="Decide").click()
    assert page.get_by_text("The tower comes down").is_visible()
    context.close()


def test_it_works_without_scripts(worked: dict[str, str], browser: Browser) -> None:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(worked["findings"])
    page.get_by_role("link", name=re.compile("^■ prohibited|^prohibited")).first.click()
    assert "answer=prohibited" in page.url
    page.get_by_role("link", name="Site").click()
    assert "sort=site" in page.url
    page.goto(worked["record"])
    page.locator("#f-comment-text").fill("Seen on the tower")
    page.get_by_role("button", name="Add the comment").click()
    assert page.get_by_text("Seen on the tower").is_visible()
    context.close()
