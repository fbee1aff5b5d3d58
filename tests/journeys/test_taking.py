"""Taking part where it is hard: on a phone that loses its connection; withheld by two people, shown again on appeal."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People, Visitor
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
QUEUE = "/workspace/consultations/3/opinions/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_passage_is_commented_on_a_phone_that_loses_its_connection(visitors, language):
    visitors.language = language
    citizen = visitors.citizen(width=390, has_touch=True, is_mobile=True)
    citizen.open("/consultations/3/")
    page, words = citizen.page, f"信号不好时写的：{language}，灯柱改成反光的。"
    clause = page.locator("article.clause").nth(1)
    clause.get_by_role("link", name=citizen.say("对本条提意见", "Comment on this clause")).tap()
    form = page.locator("form.say")
    form.locator("[name=stance][value=change]").tap()
    form.locator("summary").first.tap()
    form.locator("[name=sentence]").select_option(index=1)
    quoted = form.locator("[name=quote]").input_value()
    assert len(quoted) > 3
    form.locator("[name=proposed]").fill(f"{quoted}，并加装反光条")
    form.locator("[name=text]").fill(words)
    page.context.set_offline(True)
    form.get_by_role("button", name=citizen.say("提交，领回执", "Send and get a receipt")).tap()
    expect(form.locator("[data-state]")).to_contain_text(citizen.say("没有网络", "No connection"))
    assert form.locator("[name=text]").input_value() == words
    page.context.set_offline(False)
    page.wait_for_url("**/r/*/**")
    citizen.sees("收到了，请记下回执号", "Received. Please keep the receipt number")
    citizen.sees(words)
    citizen.sees(quoted[:8])
    assert bool(page.evaluate("document.documentElement.scrollWidth <= 390"))
    page.goto("/consultations/3/say/" if language == "zh" else "/en/consultations/3/say/")
    assert page.locator("form.say [name=text]").input_value() == ""


SELECT = """clause => {
  const words = clause.querySelector("[data-clause-text]"), walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  const node = walker.nextNode(), range = document.createRange();
  range.setStart(node, 0); range.setEnd(node, 6); getSelection().removeAllRanges(); getSelection().addRange(range);
  return node.textContent.slice(0, 6);
}"""


def test_what_is_selected_in_a_clause_is_quoted_and_nothing_offers_it_before(visitors):
    reader = visitors.citizen()
    reader.open("/consultations/3/")
    clause = reader.page.locator("article.clause").nth(2)
    button = clause.get_by_role("button", name="引用选中的文字提意见")
    expect(button).to_be_hidden()
    words = clause.evaluate(SELECT)
    button.click()
    form = clause.locator("form.say")
    expect(form.locator("[name=quote]")).to_have_value(words)
    expect(form.locator("[name=quote_start]")).to_have_value("0")
    form.get_by_role("button", name="收起，草稿留在本机").click()
    expect(form).to_have_count(0)


def _author(visitors: People, words: str) -> tuple[Visitor, str]:
    author = visitors.citizen()
    author.open("/consultations/3/say/")
    author.main.locator("[name=stance][value=against]").check()
    author.fill(text=words)
    author.press("提交，领回执", "Send and get a receipt")
    return author, author.page.locator(".rno b").inner_text()


def test_two_people_withhold_it_and_a_third_shows_it_again_on_appeal(visitors):
    author, receipt = _author(visitors, "这个办法是拍脑袋定的，写的人没有来看过夜里的路。")
    first = visitors("zhou")
    first.open(f"{QUEUE}?channel=web")  # papers keyed in by another journey fill pages of their own
    row = first.main.locator("tr").filter(has_text=receipt)
    row.locator("[name=opinion]").check()
    first.fill(code="abuse", note="请就事论事。")
    first.press("提出不显示", "Propose to withhold")
    first.open(f"{QUEUE}?state=proposed")
    first.main.locator("tr").filter(has_text=receipt).locator("[name=opinion]").check()
    first.press("确认不显示", "Confirm")
    first.refused("自己", "own")
    author.open(f"/r/{receipt}/")
    author.sees("审核人提出不显示，待另一人确认")
    second = visitors("xu")
    second.open(f"{QUEUE}?state=proposed")
    second.main.locator("tr").filter(has_text=receipt).locator("[name=opinion]").check()
    second.press("确认不显示", "Confirm")
    author.open(f"/r/{receipt}/")
    author.sees("依法不显示：侮辱、谩骂")
    author.press("申诉", "Appeal")
    author.fill(words="“拍脑袋”说的是办法，没有骂人。")
    author.press("申诉", "Appeal")
    author.sees("待复议")
    office = visitors("sun")
    office.open(f"{QUEUE}?state=appeals")
    office.sees("没有骂人")
    office.press("恢复显示", "Show again")
    office.refused("理由", "reason")
    office.main.locator("[name=why]").first.fill("针对办法的批评，不属于谩骂。")
    office.press("恢复显示", "Show again")
    author.open(f"/r/{receipt}/")
    author.sees("针对办法的批评，不属于谩骂。")
    reader = visitors.citizen()
    reader.open("/consultations/3/opinions/")
    reader.sees("这个办法是拍脑袋定的")
