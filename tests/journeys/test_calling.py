"""A call from the first quota to the freed seat: prepared, published, applied to on a phone, frozen, drawn, seated; zh and en."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Eye, People, Visitor
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
CALL, STAFF = "/calls/1/", "/workspace/calls/1/"
MOMENTS = {"opened": "2026-11-24 10:00", "closed": "2026-11-27 09:00", "drawn": "2026-11-28 21:00"}
OTHERS = ("陈慧", "刘洋", "孙丽", "何勇")
TAPS_TO_ANSWER = 6
"""Answers that a phone has to give: what one is, the sex asked for, name, number, the declaration, sending."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_is_published_applied_to_frozen_drawn_and_a_freed_seat_filled(people, language):
    people.language, people.eye = language, Eye()
    people.house.run("tests.journeys.tocall")
    people.house.at(MOMENTS["opened"])
    the_clerk_writes_the_call(people("zhao"))
    the_head_publishes_it(people("qian"))
    phone = people.citizen(width=390, has_touch=True, is_mobile=True)
    mine = a_citizen_applies_on_a_phone(phone)
    for n, name in enumerate(OTHERS):
        the_desk_keys_in(people("zhao"), name, ("男", "女")[n % 2])
    people.house.at(MOMENTS["closed"])
    the_clerk_freezes(people("zhao"))
    phone.page.goto(mine)
    phone.sees("名单已冻结，2026-11-28", "The list is frozen; the draw is made with the public figures of 2026-11-28")
    people.house.at(MOMENTS["drawn"])
    another_draws(people)
    people.trace(CALL, ("抽签结果", "The outcome"), ("这个结果是怎么来的", "How it came about"))
    a_seat_is_given_freed_and_filled(people)
    assert people.eye.faults == []


def the_clerk_writes_the_call(clerk: Visitor) -> None:
    clerk.open("/workspace/calls/")
    clerk.unfold("开始一次征集", "Begin a call")
    clerk.press("开始准备", "Begin")
    for sex in ("女", "男"):
        clerk.unfold("写一条名额，或改一条", "Write or change a quota")
        clerk.fill(**{"q-category": "性别", "q-value": sex, "q-least": 1, "q-most": 1, "q-rationale": "男女都要有。"})
        clerk.press("写入", "Write it")
    clerk.press("保存", "Save")
    clerk.sees("请填写这一项。", "Please fill this in.")
    clerk.fill(
        title="电梯补助办法列席代表征集", purpose="列席会议一小时，可以发言。", conditions="住在本区。", closes_on="2026-11-26", reserves=2
    )
    clerk.fill(contact="0000-0000001")
    clerk.press("保存", "Save")
    clerk.sees("已记录。", "Recorded.")
    expect(clerk.main.get_by_role("button", name=clerk.say("公布征集", "Publish"))).to_have_count(0)


def the_head_publishes_it(head: Visitor) -> None:
    head.open(STAFF)
    head.press("公布征集", "Publish")
    head.sees("报名至 2026-11-26", "until 2026-11-26")


def a_citizen_applies_on_a_phone(phone: Visitor) -> str:
    """From the list of calls to the receipt; what is wrong is said at once, all of it, and nothing typed is lost."""
    phone.open("/calls/")
    phone.read("电梯补助办法列席代表征集")
    phone.follow("报名，不用账号", "Apply; no account needed")
    phone.press("提交报名", "Send")
    phone.sees("请填写这一项。", "Please fill this in.")
    phone.sees("要写姓名和一种联系方式。", "A name and a way to reach you are needed.")
    phone.sees("报名人须年满 18 周岁。", "Applicants are at least 18 years old.")
    asked = {"c0": "女", "name": "林晓", "phone": "000-1234", "of_age": True}
    assert phone.main.locator("input[name=audience]:checked").count() == 1
    assert len(asked) + 1 < TAPS_TO_ANSWER
    phone.fill(**{**asked, "of_age": False})
    phone.press("提交报名", "Send")
    phone.misses("请填写这一项。", "Please fill this in.")
    expect(phone.page.locator("[name=name]")).to_have_value("林晓")
    phone.fill(of_age=True)
    phone.press("提交报名", "Send")
    phone.sees("报名已收到，请记下回执号", "Received. Please keep the receipt number")
    return phone.page.url.split("?")[0]


def the_desk_keys_in(clerk: Visitor, name: str, sex: str) -> None:
    clerk.open(f"{STAFF}applications/")
    clerk.unfold("录入纸质、电话或现场报名", "Key in an application")
    clerk.fill(c0=sex, name=name, phone="000-0000", of_age=True, channel="paper")
    clerk.press("录入", "Key in")
    clerk.sees("已录入", "Keyed in")


def the_clerk_freezes(clerk: Visitor) -> None:
    clerk.open(STAFF)
    clerk.follow("检查名额，冻结名单", "Check the quotas and freeze")
    clerk.sees("全部名额可以同时满足。", "All quotas can be met together.")
    clerk.fill(kind="figures", day="2026-11-27", figure_1="福利彩票第 140 期红球", count_1=6)
    clerk.press("冻结并记入总账", "Freeze and log")
    assert clerk.main.locator(".refuse, .errs").count() == 1
    expect(clerk.page.locator("[name=figure_1]")).to_have_value("福利彩票第 140 期红球")
    clerk.fill(day="2026-11-28")
    clerk.press("冻结并记入总账", "Freeze and log")
    clerk.sees("已冻结，摘要已记入总账。", "Frozen; the digest is in the public log.")


def another_draws(people: People) -> None:
    """Not who froze; too few figures are explained, the right ones draw at once."""
    clerk, operator = people("zhao"), people("wu")
    clerk.open(STAFF)
    expect(clerk.main.get_by_role("link", name=clerk.say("填入随机数", "Enter the randomness"))).to_have_count(0)
    operator.open(STAFF)
    operator.follow("填入随机数", "Enter the randomness")
    operator.fill(v0="3 8 15")
    sure(operator)
    expect(operator.main.locator(".refuse").first).to_be_visible()
    expect(operator.page.locator("[name=v0]")).to_have_value("3 8 15")
    operator.fill(v0="3 8 15 22 27 33")
    sure(operator)
    operator.sees("已抽签，结果已公布并记入总账。", "Drawn; the outcome is published and in the public log.")


def sure(operator: Visitor) -> None:
    """Draw, and say in the dialog that the figures were checked."""
    operator.main.get_by_role("button", name=operator.say("抽签并公布", "Draw and publish")).click()
    with operator.page.expect_navigation():
        operator.page.get_by_role("dialog").get_by_role("button", name=operator.say("是，现在做", "Yes, do it")).click()


def a_seat_is_given_freed_and_filled(people: People) -> None:
    """Those drawn get their seats; one of them is freed, and the first reserve of the list stands in the row."""
    clerk = people("zhao")
    clerk.open(STAFF)
    clerk.press("把入选的人安排到会议席位", "Give those drawn their seats")
    seated = clerk.main.locator("tbody tr:has(a[href*='/invitations/'])")
    expect(seated).to_have_count(2)
    number = seated.first.locator("td").first.inner_text()
    with clerk.page.expect_navigation():
        seated.first.locator("a[href*='/invitations/']").click()
    clerk.unfold("撤销席位", "Take the seat back")
    clerk.fill(reason="本人来电说去不了。")
    clerk.press("撤销", "Take back")
    clerk.open(STAFF)
    clerk.sees(f"递补 {number}", f"in place of {number}")
    reader = people.citizen()
    reader.open(CALL)
    reader.sees(f"{number} 不能参加", f"{number} cannot take part")
