"""A clerk keys in a pile of papers and touches nothing but the keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
ENTRY = "/workspace/consultations/3/entry/"
PILE = 20


@pytest.fixture
def staff(chromium, demo):
    with People(chromium, demo) as them:
        yield them


def type_paper(page: Page, number: str, clause: str, stance: str, text: str) -> None:
    """One paper: the first field has the focus, Tab leads on, Ctrl+Enter saves."""
    for typed in (number, clause, stance):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_twenty_papers_are_keyed_in_by_keyboard_only(staff, language):
    staff.language = language
    clerk = staff("he")
    clerk.open(ENTRY)
    page, before = clerk.page, int(clerk.page.locator("[data-entered]").get_attribute("data-entered") or 0)
    receipts = set()
    for n in range(1, PILE + 1):
        expect(page.locator("[name=number]")).to_be_focused()
        type_paper(page, f"{language}-{n}", str(n % 2 + 1), "13204"[n % 5], f"第{n}张：请把灯修好。")
        expect(page.locator("[data-entered]")).to_have_attribute("data-entered", str(before + n))
        receipts.add(page.locator(".receipt .rno").inner_text())
    assert len(receipts) == PILE
    type_paper(page, f"{language}-1", "2", "1", "又拿到了第一张")
    clerk.refused("已经录过", "entered already")
    assert page.locator("[name=text]").input_value() == "又拿到了第一张"
    expect(page.locator("[data-entered]")).to_have_attribute("data-entered", str(before + PILE))


def test_a_mail_of_nowhere_is_given_to_its_consultation_taken_whole_and_undone(staff):
    clerk = staff("he")
    clerk.open("/workspace/mails/")
    page = clerk.page
    page.get_by_role("link", name="外摆的时间能不能再议").click()
    page.get_by_label("归到哪次征求意见").select_option("3")
    page.get_by_role("button", name="归好").click()
    page.get_by_role("button", name="整封收下").click()
    expect(page.get_by_role("link", name="QH-")).to_have_count(1)
    page.get_by_text("撤销 QH-").click()
    page.get_by_label("撤销的理由").fill("还要按条录")
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("button", name="整封收下")).to_be_visible()
