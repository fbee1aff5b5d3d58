"""The machine proposes groups in the background; a clerk looks at one and decides by keyboard. Nothing moves before."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People

pytestmark = pytest.mark.journey
DESK = "/workspace/consultations/3/grouping/"


@pytest.fixture
def staff(chromium, demo):
    with People(chromium, demo) as them:
        yield them


def test_proposals_come_by_themselves_and_are_decided_by_keyboard(staff):
    clerk = staff("he")
    clerk.open(DESK)
    page = clerk.page
    before = page.locator("h1").inner_text()
    page.get_by_role("button", name=re.compile("意思相近")).click()
    boxes = page.locator("#proposals tbody input[type=checkbox]")
    for _ in range(60):
        if boxes.count():
            break
        page.wait_for_timeout(1000)
        clerk.open(DESK)
    expect(page.locator("h1")).to_have_text(before)
    page.keyboard.press("j")
    expect(boxes.first).to_be_focused()
    page.keyboard.press("x")
    expect(boxes.first).to_be_checked()
    many = boxes.count()
    page.locator("#proposals tbody").get_by_role("link").first.click()
    expect(page.get_by_role("button", name="采用，归为一组")).to_be_visible()
    expect(page.locator("tbody input[name=without]").first).to_be_visible()
    page.go_back()
    page.keyboard.press("j")
    if not boxes.first.is_checked():
        page.keyboard.press("x")
    page.get_by_role("button", name="不采用选中的").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 条建议不采用。")).to_be_visible()
    expect(boxes).to_have_count(many - 1)
    expect(page.locator("h1")).to_have_text(before)
