"""A citizen's way: from the home page to a receipt on a phone, and without a pointing device."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
LANGUAGES = ("zh", "en")
FOCUS = """() => {
  const now = document.activeElement, style = getComputedStyle(now), box = now.getBoundingClientRect();
  const shown = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== "none";
  return {name: now.getAttribute("name") ?? "", words: (now.textContent ?? "").trim(), tag: now.localName,
          value: now.value ?? "", seen: shown || now.matches("body"), there: box.width > 0 && box.height > 0};
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_a_draft_is_two_taps_away_and_a_comment_gets_a_receipt(visitors, language):
    visitors.language = language
    citizen = visitors.citizen(width=390, has_touch=True, is_mobile=True)
    citizen.open("/")
    page = citizen.page
    page.locator("main a[href$='/consultations/3/']").first.tap()
    page.wait_for_url("**/consultations/*/**")
    assert _fits(page)
    clause = page.locator("article.clause").nth(2)
    clause.get_by_role("link", name=citizen.say("对本条提意见", "Comment on this clause")).tap()
    form = page.locator("form.say")
    form.locator("[name=stance][value=change]").tap()
    form.locator("[name=text]").fill("手机上写的：灯杆编号请做成大字。")
    assert _fits(page)
    form.get_by_role("button", name=citizen.say("提交，领回执", "Send and get a receipt")).tap()
    page.wait_for_url("**/r/*/**")
    citizen.sees("收到了，请记下回执号", "Received. Please keep the receipt number")
    receipt = page.locator(".rno b").inner_text()
    assert page.request.get(f"/r/{receipt}/receipt.pdf").body()[:5] == b"%PDF-"
    citizen.open("/")
    page.locator("#rcpt").fill(f"  {receipt.lower()} ")
    citizen.press("查询", "Find")
    citizen.sees("灯杆编号请做成大字。")
    citizen.sees("待审核", "Waiting")
    assert _fits(page)


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= 390"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_keyboard_alone_a_comment_is_written_sent_and_found_again(visitors, language):
    visitors.language = language
    citizen = visitors.citizen()
    citizen.open("/consultations/3/")
    page = citizen.page
    _tab_to(page, lambda at: at["words"] == citizen.say("跳到正文", "Skip to content"), most=1)
    page.keyboard.press("Enter")
    _tab_to(page, lambda at: at["words"] == citizen.say("提意见", "Say what you think"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/say/**")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    _tab_to(page, lambda at: at["name"] == "stance")
    page.keyboard.press("Space")
    _tab_to(page, lambda at: at["name"] == "text")
    page.keyboard.type("只用键盘写的：二十二时以后减半太暗。")
    _tab_to(page, lambda at: at["name"] == "publish_consent")
    page.keyboard.press("Space")
    _tab_to(page, lambda at: at["tag"] == "button" and at["words"] == citizen.say("提交，领回执", "Send and get a receipt"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/r/*/**")
    receipt = page.locator(".rno b").inner_text()
    citizen.open("/r/")
    _tab_to(page, lambda at: at["name"] == "code")
    page.keyboard.type(receipt)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/r/{receipt}/**")
    citizen.sees("只用键盘写的")


def _tab_to(page: Page, wanted, most: int = 60) -> None:
    """Press Tab until the wanted place has the focus; on the way every place that has it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["seen"], f"the focus cannot be seen on {at}"
        assert at["there"], f"the focus is on something invisible: {at}"
        if wanted(at):
            return
    raise AssertionError(f"{most} times Tab do not lead there")


def test_the_form_opens_inside_the_draft_and_a_wrong_form_keeps_what_was_typed(visitors):
    citizen = visitors.citizen()
    citizen.open("/consultations/3/")
    citizen.page.locator("article.clause").first.get_by_role("link", name="对本条提意见").click()
    form = citizen.page.locator("form.say")
    form.locator("[name=text]").fill("没有选态度。")
    form.get_by_role("button", name="提交，领回执").click()
    citizen.page.wait_for_url("**/say/**")
    citizen.sees("填过的都还在")
    expect(citizen.page.locator("[name=text]")).to_have_value("没有选态度。")
    assert citizen.page.evaluate("document.activeElement.className") == "errs"
