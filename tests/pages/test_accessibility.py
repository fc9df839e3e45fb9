"""What axe-core finds on every page, in both themes, on a laptop and on a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.pages.test_browser import settle

PAGES = sorted(file.parent.name for file in Path("pages").glob("*/page.py"))
FIRST = "new_user"
"""The page that has no path of its own."""

WIDTHS = {"laptop": (1366, 768), "phone": (390, 844)}
STREAMLITS_OWN = {
    ("color-contrast", "[data-testid^=stBaseButton-primary]"): (
        "The text of the first button is white on the theme's primary colour, and that of a chosen"
        " pill is the primary colour on the background: on dark no colour serves both at 4.5:1, and"
        " pills are the most of the text."
    ),
}
"""(rule of axe, selector of what holds the element) -> why it cannot be mended from here."""

FINDINGS = """
async known => {
    const { violations } = await axe.run({ resultTypes: ["violations"], elementRef: true });
    const isKnown = (rule, node) =>
        known.some(([id, selector]) => id === rule.id && node.element?.closest(selector));
    return violations
        .filter(rule => ["serious", "critical"].includes(rule.impact))
        .flatMap(rule => rule.nodes
            .filter(node => !isKnown(rule, node))
            .map(node => `${rule.id}: ${node.target}: ${node.html}: ${node.failureSummary}`));
}
"""
"""Serious and critical findings, a line each."""

LOOKS = 5
"""A second apart: what a page does not mend by itself meanwhile, it does not mend."""


@pytest.fixture(scope="module", params=WIDTHS)
def size(request):
    width, height = WIDTHS[request.param]
    return {"width": width, "height": height}


@pytest.fixture(scope="module", params=["light", "dark"])
def window(browser, size, request):
    page = browser.new_page(viewport=size, color_scheme=request.param)
    yield page
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_serious_finding(window, url, name):
    enter(window, url if name == FIRST else f"{url}/{name}")
    assert findings(window) == []


def enter(window: Page, address: str) -> None:
    """Waits until the page is drawn."""
    window.goto(address)
    expect(window.locator("[data-testid=stMain] :is(h1, h2)").first).to_be_visible(timeout=90_000)
    settle(window)
    settle(window)  # what a component says when it is drawn makes the script run again


def findings(window: Page) -> list[str]:
    """What is found and still there when looked at again.

    For some frames after the script has ended, no tab of a row that is drawn anew takes the focus.
    """
    window.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for _ in range(LOOKS):
        found = window.evaluate(FINDINGS, list(STREAMLITS_OWN))
        if not found:
            break
        window.wait_for_timeout(1000)
    return found
