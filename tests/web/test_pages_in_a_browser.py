"""Every page in a real browser: nobody is kept out, nothing is fetched from elsewhere, nothing is blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from tests.laws import THOROUGH
from tests.web.browser import DESKTOP, PHONE, shoot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HUAWEI = "maker=Huawei&actor=usf-recipient&action=fund&equipment=router"
PAGES = {
    "about": "/about",
    "ask": "/ask",
    "ask-prohibited": f"/ask?{HUAWEI}&on=2026-11-01",
    "ask-review": "/ask?maker=Hikvision&actor=federal-agency&action=procure&equipment=camera",
    "ask-wrong": "/ask?maker=ZTE",
    "directives": "/directives?on=2026-11-01",
    "directive": "/directives/us-fcc-covered-list?on=2026-11-01",
    "organisations": "/organisations",
    "organisations-found": "/organisations?q=%E6%B5%B7%E5%BA%B7%E5%A8%81%E8%A7%86",
    "organisation": "/organisations/hikvision?on=2026-11-01",
    "approved": "/approved",
    "approved-none": "/approved?q=nothing-is-called-so",
    "plan": "/plan",
    "people": "/people",
    "tokens": "/tokens",
    "trail": "/trail",
    "not-found": "/nowhere",
}
SIZES = {"wide": DESKTOP, "narrow": PHONE}
LOOKS: list[tuple[str, Literal["light", "dark"]]] = [("wide", "light"), ("narrow", "dark")]
"""Each width and each scheme once: colours hang on the scheme, and what is where on the width."""
if THOROUGH:
    LOOKS += [("wide", "dark"), ("narrow", "light")]
SERIOUS = ("serious", "critical")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_nobody_out(server: str, browser: Browser, name: str) -> None:
    """WCAG 2.2 A and AA as axe-core tells it, wide and narrow, light and dark; nothing is asked elsewhere."""
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="UTC")
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(server + PAGES[name])
    for width, scheme in LOOKS:
        page.set_viewport_size(SIZES[width])
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        shoot(page, f"{name}-{width}-{scheme}")
        assert violations(page) == [], f"{name} {width} {scheme}"
        assert overflow(page) <= 0, f"{name} is wider than a {width} window"
    assert all(url.startswith(server) for url in asked)
    wrong = [line for line in said if "404" not in line and "422" not in line]
    assert wrong == [], "nothing is blocked by the policy, and no script fails"
    context.close()


def violations(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options=rules).response["violations"]
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['any'][:1]}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


def overflow(page: Page) -> int:
    """Pixels that the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_question_is_asked_by_keyboard_alone(server: str, browser: Browser) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(viewport=DESKTOP)
    page = context.new_page()
    page.goto(f"{server}/ask")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("华为")
    page.keyboard.press("Tab")
    page.keyboard.type("Recipient of univ")
    page.keyboard.press("Tab")
    page.keyboard.type("Pay with")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ask").press("Enter")
    expect(page.locator(".big .answer")).to_have_text("■ prohibited")
    context.close()


def test_everything_works_without_scripts(server: str, browser: Browser) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/tokens")
    page.get_by_label("Name").fill("<b>reader</b>")
    page.get_by_role("button", name="Make the token").click()
    expect(page.locator("main code")).to_contain_text("clearband_")
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_role("row", name="<b>reader</b>")).to_contain_text("revoked")
    context.close()


def test_a_page_elsewhere_cannot_send_a_form(server: str, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f'<form method="post" action="{server}/tokens"><input name="name" value="x"></form>')
    with page.expect_response(f"{server}/tokens") as answered:
        page.evaluate("document.forms[0].submit()")
    assert answered.value.status == 403
    context.close()
