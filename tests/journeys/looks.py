"""Looking at a page as a rule would: accessibility, width, nothing broken."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.journeys.house import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_LAYOUT = ["color-contrast", "scrollable-region-focusable", "target-size"]
"""The rules that other sizes of print can break on a page that keeps all of them in ordinary print."""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Page, rules: list[str] = RULES) -> list[str]:
    """The accessibility rules (axe's tags or ids of rules) that the page as it stands breaks, with the places."""
    page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(RUN, rules)
    return [f"{each['id']} {[node['html'][:90] for node in each['nodes'][:3]]}" for each in found]


STICKING_OUT = """width => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text; text = walk.nextNode();) {
        const range = document.createRange();
        range.selectNodeContents(text);
        if ([...range.getClientRects()].some(each => each.right > width + 0.5)) found.push(text.parentElement.outerHTML.slice(0, 120));
    }
    return found.slice(0, 3);
}"""


def too_wide(page: Page, width: int) -> list[str]:
    """Whether the page is wider than a screen of this width, and what sticks out."""
    real = page.evaluate("document.documentElement.scrollWidth")
    return [f"{real} px wide on a screen of {width}: {page.evaluate(STICKING_OUT, width)}"] if real > width else []


def shown_though_hidden(page: Page) -> list[str]:
    """What the page says is hidden and shows all the same."""
    seen: list[str] = page.evaluate(
        "[...document.querySelectorAll('[hidden]')].filter(each => each.getClientRects().length).map(each => each.outerHTML.slice(0, 90))"
    )
    return [f"shown though hidden: {each}" for each in seen]
