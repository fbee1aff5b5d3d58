"""Step 1: the declaration, from a title to the last approval; the secret stub; the planner."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.matter.papers import TITLE, TITLE_EN, Matter, draft_docx, note
from tests.journeys.people import People, Visitor


def clerk_fills_the_declaration(people: People, folder: Path) -> Matter:
    """Title, six steps, five statutory steps, documents; the meter rises to full."""
    clerk = people("zhao")
    clerk.turn_to("议题", "Matters")
    clerk.follow("申报新议题", "Declare a matter")
    clerk.press("开始填写", "Begin")
    clerk.sees("填过的都还在", "what you typed is kept")
    clerk.fill(title=TITLE)
    clerk.press("开始填写", "Begin")
    matter = Matter(topic=_number(clerk, r"topics/(\d+)/edit/1/"))
    empty = _ready(clerk)
    _basics(clerk)
    _openness(clerk)
    _major(clerk, matter)
    _papers(clerk, matter, folder)
    _day(clerk)
    assert empty < _ready(clerk) == _all(clerk)
    clerk.sees("都备齐了，可以报批。", "Everything is there; it can be submitted.")
    return matter


def _number(who: Visitor, pattern: str) -> int:
    found = re.search(pattern, who.page.url)
    assert found, who.page.url
    return int(found[1])


def _ready(who: Visitor) -> int:
    return int(who.page.get_by_role("meter").get_attribute("aria-valuenow") or 0)


def _all(who: Visitor) -> int:
    return int(who.page.get_by_role("meter").get_attribute("aria-valuemax") or 0)


def _basics(clerk: Visitor) -> None:
    clerk.fill(
        title_en=TITLE_EN,
        summary="河湾公园晚上也开门，开到几点、怎么管，请大家说。",
        background="公园现在十九点关门，周边三个社区多次反映夜里没有地方散步。",
        content="开放时间、音响和照明、遛狗、夜间值守四个方面。",
        differences="公安分局建议先开放南门一侧，已采纳。",
        focus_areas=["governance"],
        touches_interests="yes",
        contact="物业科 0000-0000001",
    )
    clerk.press("保存，下一步", "Save and go on")


def _openness(clerk: Visitor) -> None:
    clerk.fill(
        forms=["attendance", "publication"],
        form_reason="牵涉周边住户和夜跑、跳舞的人，请他们列席。",
        seats_public=1,
        why_public="夜里用公园的人。",
        seats_stakeholder=1,
        seats_total=3,
    )
    clerk.press("保存", "Save")
    clerk.sees("席位合计 3，各类相加是 2", "Seats total 3, but the audiences add up to 2")
    clerk.fill(seats_total=2, why_stakeholder="公园边上的住户。")
    clerk.shot("declaration-openness")
    clerk.press("保存，下一步", "Save and go on")


def _major(clerk: Visitor, matter: Matter) -> None:
    clerk.fill(is_major="yes", major_category="policy")
    clerk.press("保存", "Save")
    steps = (
        ("participation", {"status": "under_way", "started_on": "2026-03-02"}),
        ("expert", {"status": "not_needed"}),
        ("risk", {"status": "done", "started_on": "2026-02-09", "done_on": "2026-02-20", "outcome": "low"}),
        ("legality", {"status": "under_way", "started_on": "2026-03-02"}),
        ("collective", {"status": "under_way"}),
    )
    for kind, fields in steps:
        clerk.main.locator(f"a[href$='/topics/{matter.topic}/steps/{kind}/']").first.click()
        clerk.page.wait_for_url(f"**/steps/{kind}/")
        clerk.fill(**fields)
        clerk.press("记录", "Record")
        if kind == "expert":
            clerk.refused("请写明理由", "give the reason")
            clerk.fill(reason="管理办法不涉及专业技术问题。")
            clerk.press("记录", "Record")
    clerk.shot("declaration-steps", of="form h3")
    clerk.press("保存，下一步", "Save and go on")


def _papers(clerk: Visitor, matter: Matter, folder: Path) -> None:
    disguised = note(folder, "program.pdf", "MZ\x90\x00 this is not a PDF")
    clerk.fill(kind="basis", title="决策依据：居民来信和客流统计", upload=disguised)
    clerk.press("附上", "Attach")
    clerk.refused("PDF", "PDF")
    assert clerk.page.input_value("[name=title]") == "决策依据：居民来信和客流统计"
    papers = (
        ("draft", TITLE, draft_docx(folder)),
        ("basis", "决策依据：居民来信和客流统计", note(folder, "basis.md", "居民来信 214 件，夜间客流日均 3,100 人次。")),
        ("explanation", "起草说明", note(folder, "explanation.md", "为什么要夜间开放，草案怎样形成。")),
    )
    clerk.open(f"/workspace/topics/{matter.topic}/edit/4/")
    for kind, title, path in papers:
        clerk.fill(kind=kind, title=title, upload=path)
        clerk.press("附上", "Attach")
        clerk.sees(f"已附上“{title}”。", f"“{title}” is attached.")
    form = clerk.main.locator("form").filter(has=clerk.page.locator("[name=interpretation_plan]"))
    form.locator("[name=disclosure][value=open]").check()
    clerk.fill(interpretation_plan="与文件同时公布问答，物业科撰写。")
    clerk.press("保存，下一步", "Save and go on")


def _day(clerk: Visitor) -> None:
    clerk.fill(meeting_kind="executive", wished_on="2026-03-20")
    clerk.press("保存", "Save")
    clerk.sees("2026-03-20 上不了会。", "2026-03-20 cannot be kept.")
    clerk.fill(wished_on="2026-04-24")
    clerk.press("保存，下一步", "Save and go on")


def clerk_submits(people: People, matter: Matter) -> None:
    """The declaration gets its number and waits for the first level."""
    clerk = people("zhao")
    clerk.open(f"/workspace/topics/{matter.topic}/edit/6/")
    clerk.press("报批", "Submit for approval")
    clerk.sees("已报批，编号 QH-2026-00001。", "Submitted; its number is QH-2026-00001.")
    people.citizen_finds_nothing(matter.page)


def head_returns_it_and_the_clerk_mends_it(people: People, matter: Matter) -> None:
    """Returning needs a reason; the clerk reads it and submits again."""
    head, clerk = people("qian"), people("zhao")
    head.open(f"/workspace/topics/{matter.topic}/")
    head.unfold("退回修改", "Return")
    head.press("退回", "Return")
    head.refused("理由", "reason")
    head.unfold("退回修改", "Return")
    head.fill(reason="请把夜间值守的电话写上。")
    head.press("退回", "Return")
    head.sees("已退回。", "Returned.")
    clerk.open("/workspace/")
    clerk.read(clerk.say(TITLE, TITLE)[:6])
    clerk.sees("请把夜间值守的电话写上。")
    clerk.shot("declaration-returned")
    clerk.fill(contact="物业科 0000-0000001，夜间值守 0000-0000002")
    clerk.press("保存，下一步", "Save and go on")
    clerk_submits(people, matter)


def levels_approve(people: People, matter: Matter) -> None:
    """Head, office, leader, one after another; then the matter is public."""
    for name in ("qian", "sun", "li"):
        approver = people(name)
        approver.open("/workspace/")
        approver.read(TITLE[:6])
        if name == "sun":
            approver.shot("declaration-approve")
        approver.press("批准", "Approve")
        approver.sees("已批准这一级。", "Approved at this level.")
    people.trace(matter.page, ("申报获批准", "Declaration approved"))


def a_change_opens_the_approval_again(people: People, matter: Matter) -> None:
    """One more seat: the approval is given anew, the number stays."""
    clerk = people("zhao")
    clerk.open(f"/workspace/topics/{matter.topic}/")
    clerk.unfold("变更开放形式或代表类别，重新报批", "Change form or audiences: approve anew")
    clerk.page.locator("#ro").fill("社区要求再请一名人大代表。")
    clerk.press("转为起草", "Reopen")
    clerk.open(f"/workspace/topics/{matter.topic}/edit/2/")
    clerk.fill(seats_npc_deputy=1, why_npc_deputy="本区人大代表一直在跟踪这件事。", seats_total=3)
    clerk.press("保存，下一步", "Save and go on")
    clerk_submits_again(people, matter)
    levels_approve(people, matter)
    people.trace(matter.page, ("人大代表 1", "People's Congress deputies 1"))


def clerk_submits_again(people: People, matter: Matter) -> None:
    """After a change: the same number."""
    clerk = people("zhao")
    clerk.open(f"/workspace/topics/{matter.topic}/edit/6/")
    clerk.press("报批", "Submit for approval")
    clerk.sees("QH-2026-00001")


def a_secret_matter_keeps_its_code_name_only(people: People) -> None:
    """Two steps, no content, nothing on the public site."""
    clerk = people("zhao")
    clerk.open("/workspace/topics/new/")
    clerk.fill(title="代号 青松", is_secret=True)
    clerk.press("开始填写", "Begin")
    clerk.sees("两步", "Two steps")
    stub = _number(clerk, r"topics/(\d+)/edit/1/")
    assert clerk.main.locator("[name=content]").count() == 0
    people.citizen_finds_nothing(f"/matters/{stub}/")


def the_planner_counts_backwards(people: People) -> None:
    """A wished day too early is marked with the law that blocks it."""
    clerk = people("zhao")
    clerk.open("/workspace/planner/?kind=major&wished=2026-03-20")
    clerk.sees("2026-03-20 上不了会。", "2026-03-20 cannot be kept.")
    clerk.sees("满 30 日", "30 full days")
    clerk.shot("declaration-planner")
    clerk.open("/workspace/planner/?kind=major&wished=20-3-2026")
    clerk.sees("请写成 2026-12-17 这样", "write it like 2026-12-17")
