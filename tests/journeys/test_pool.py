"""Into the pool on a phone, verified by the office, nominated by letter, on the public list: in Chinese and in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Eye, People
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
    one.open("/calls/")
    one.follow("也可以加入代表库", "You can also join the pool")
    one.follow("加入代表库", "Join the pool")
    one.fill(audience="public", name=name)
    one.press("提交", "Send")
    one.refused("要写姓名和一种联系方式", "A name and a way to reach you")
    expect(one.page.locator("[name=name]")).to_have_value(name)
    one.fill(phone=f"000-{language}", unit="柳荫街道", meets_conditions=True, publish_name=True)
    one.press("提交", "Send")
    one.sees("已收到，请留好这个页面的链接", "Received. Please keep the link of this page")
    one.sees("待核验", "To be verified")
    mine = one.page.url

    office = everybody("sun")
    office.open("/workspace/representatives/?state=waiting")
    office.page.get_by_label(name).check()
    office.press("核验勾选的人", "Verify those ticked")
    office.sees("已核验 1 人", "1 verified")
    one.page.goto(mine)
    one.sees("在库", "In the pool")

    operator = everybody("wu")
    operator.open(MEETING)
    gone = operator.say("已撤销", "Revoked")
    taken = operator.page.locator("tbody tr").filter(has_text=operator.say("社会公众", "The public")).filter(has_not_text=gone)
    with operator.page.expect_navigation():
        taken.get_by_role("link").first.click()
    operator.unfold("撤销席位", "Take the seat back")
    operator.page.locator("#rr").fill("本人另有安排")
    operator.press("撤销", "Take back")
    operator.open(f"{MEETING.replace('invitations', 'choose')}3/?q={name[:4]}")
    with operator.page.expect_navigation():
        operator.page.locator("tbody tr").filter(has_text=name).get_by_role("link").first.click()
    letter = tmp_path / "函.pdf"
    letter.write_bytes(PDF)
    operator.fill(method="nomination", body="区政协办公室", letter_no=f"{language}-5号", dated_on="2026-06-01", letter=str(letter))
    operator.press("选定", "Choose")
    operator.sees(f"已选定{name}", f"{name} is selected")
    with operator.page.expect_navigation():
        operator.page.locator("tbody tr").filter(has_text=name).get_by_role("link").first.click()
    operator.press("发出邀请", "Invite")

    reader = everybody.citizen()
    reader.open("/meetings/3/")
    reader.sees(name)
    reader.sees(f"区政协办公室 2026-06-01 {language}-5号")
    one.page.goto(mine)
    one.unfold("退出代表库", "Leave the pool")
    one.page.once("dialog", lambda box: box.accept())
    one.press("退出", "Leave")
    one.sees("您已退出代表库", "You have left the pool")
    office.open("/workspace/representatives/forgotten/")
    office.sees("本人或部门办理出库", "Left the pool")
    assert everybody.eye.faults == []
