"""Into the pool on a phone, verified by the office, nominated by letter, on the public list: in Chinese and in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.people import Eye, People, Visitor
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MEETING = "/workspace/meetings/3/invitations/"


@pytest.fixture
def everybody(chromium, demo):
    with People(chromium, demo) as them:
        them.eye = Eye()
        yield them


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_joins_by_phone_is_verified_nominated_by_letter_and_stands_on_the_list(everybody, language, tmp_path):
    everybody.language = language
    name = {"zh": "万里行", "en": "Ada Long"}[language]
    one = everybody.citizen(width=390, has_touch=True, is_mobile=True)
    mine = _join(one, name)
    office = everybody("sun")
    office.open("/workspace/representatives/?state=waiting")
    office.page.get_by_label(name).check()
    office.press("核验勾选的人", "Verify those ticked")
    office.sees("已核验 1 人", "1 verified")
    one.page.goto(mine)
    one.sees("在库", "In the pool")
    letter = tmp_path / "函.pdf"
    letter.write_bytes(PDF)
    _seat(everybody("wu"), name, str(letter))
    reader = everybody.citizen()
    reader.open("/meetings/3/")
    reader.sees(name)
    reader.sees("区政协办公室 2026-06-01 清协〔2026〕5号")
    _leave(one, mine)
    office.open("/workspace/representatives/forgotten/")
    office.sees("本人或部门办理出库", "Left the pool")
    assert everybody.eye.faults == []


def _join(one: Visitor, name: str) -> str:
    """Into the pool on a phone, first without a contact; gives the personal link."""
    one.open("/calls/")
    one.follow("也可以加入代表库", "You can also join the pool")
    one.follow("加入代表库", "Join the pool")
    one.fill(audience="public", name=name)
    one.press("提交", "Send")
    one.refused("要写姓名和一种联系方式", "A name and a way to reach you")
    expect(one.page.locator("[name=name]")).to_have_value(name)
    one.fill(phone="000-5555", unit="柳荫街道", meets_conditions=True, publish_name=True)
    one.press("提交", "Send")
    one.sees("已收到，请留好这个页面的链接", "Received. Please keep the link of this page")
    one.sees("待核验", "To be verified")
    return one.page.url


def _seat(operator: Visitor, name: str, letter: str) -> None:
    """A seat of the public, taken back where all are held, is given by nomination letter, and the invitation goes out."""
    operator.open(MEETING)
    public = operator.page.locator("tbody tr").filter(has_text=operator.say("社会公众", "The public"))
    expect(public.first).to_be_visible()
    held = public.filter(has_not_text=operator.say("已撤销", "Revoked"))
    if held.count():  # who left the pool in the other language freed the seat
        _open(operator, held)
        operator.unfold("撤销席位", "Take the seat back")
        operator.page.locator("#rr").fill("本人另有安排")
        operator.press("撤销", "Take back")
    operator.open(f"{MEETING.replace('invitations', 'choose')}3/?q={name[:4]}")
    _open(operator, operator.page.locator("tbody tr").filter(has_text=name))
    operator.fill(method="nomination", body="区政协办公室", letter_no="清协〔2026〕5号", dated_on="2026-06-01", letter=letter)
    operator.press("选定", "Choose")
    operator.sees(f"已选定{name}", f"{name} is selected")
    _open(operator, operator.page.locator("tbody tr").filter(has_text=name))
    operator.press("发出邀请", "Invite")


def _open(who: Visitor, rows: Locator) -> None:
    """Follow the link of the first of these rows."""
    with who.page.expect_navigation():
        rows.get_by_role("link").first.click()


def _leave(one: Visitor, mine: str) -> None:
    """Leave the pool by the personal link."""
    one.page.goto(mine)
    one.unfold("退出代表库", "Leave the pool")
    one.page.get_by_role("button", name=one.say("退出", "Leave"), exact=True).click()
    with one.page.expect_navigation():
        one.page.get_by_role("dialog").get_by_role("button", name=one.say("是，现在做", "Yes, do it")).click()
    one.sees("您已退出代表库", "You have left the pool")
