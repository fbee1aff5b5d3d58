"""The day and after: papers, the door, turns and points, the record, the report."""

from __future__ import annotations

import re

from tests.journeys.hearing.course import Course


def papers_reach_everybody(at: Course) -> None:
    """Who has not opened their link is named; then everybody has the papers three weeks ahead."""
    clerk = at.at_desk("zhao")
    clerk.press("向全部参加人送材料", "Send the papers to all")
    clerk.press("材料都已提前 7 日送达", "All delivered 7 days ahead")
    clerk.refused("没有送达安梯公司的记录", "Nothing shows that the papers reached 安梯公司")
    for name in at.seated[:-2]:
        own = at.own(name)
        own.sees("听证材料")
    clerk.open(f"{at.desk}people/")
    clerk.read("安梯公司")
    clerk.press("记录送达", "Record delivery")
    at.own("陈教授").sees("听证材料")
    clerk.open(f"{at.desk}people/")
    clerk.shot("hearing-papers", height=560)
    clerk.open(at.desk)
    clerk.press("材料都已提前 7 日送达", "All delivered 7 days ahead")


def the_hearing_is_held(at: Course) -> None:
    """The door, the quorum, turns with their times, points in two lines."""
    at.people.house.at("2027-01-05 08:50")
    door = at.people("wu")
    door.open(f"{at.desk}checkin/")
    clerk = at.people("zhao")
    for n, name in enumerate(at.seated):
        if n == 1:
            clerk.open(at.desk)
            clerk.press("开会", "Open the hearing")
            clerk.refused("应到 4 人，实到 1 人，不足 3 人。", "1 of 4")
        door.main.get_by_role("button", name=re.compile(f"到会 {name}")).click()
        door.sees(f"{name} 已签到")
    clerk.open(at.desk)
    clerk.press("开会", "Open the hearing")
    clerk.main.get_by_role("button", name=re.compile("下一位：区住房和城乡建设局物业科")).click()
    first, second = at.seated[:2]
    for name, claim, ground in (
        (first, "一楼住户的补偿写进办法", "装在北面，卧室整天不见光。"),
        (second, "按人口算补助", "三代同住的一户用得多。"),
    ):
        clerk.main.get_by_role("button", name=re.compile("下一位")).click()
        clerk.sees("正在发言")
        clerk.main.locator("#point_claim").fill(claim)
        clerk.main.locator("#point_ground").fill(ground)
        clerk.main.locator("#point_person").select_option(label=f"{name}（消费者）")
        clerk.press("记下", "Note it")
        clerk.sees(claim)
    clerk.shot("hearing-console", height=640)
    while clerk.main.locator("button[name=next].btn--go").count():
        with clerk.page.expect_navigation():
            clerk.main.locator("button[name=next]").click()
    clerk.press("全部发言完毕，听证会结束", "Everybody has spoken: close")


def everybody_confirms_the_record(at: Course) -> None:
    """By their own links; one refuses and must say why; nothing can be changed after that."""
    clerk = at.people("zhao")
    clerk.open(f"{at.desk}record/")
    clerk.fill(text="九时开会。顾家住户提出一楼补偿和按人口计算两点意见，承办单位回应：研究后一并答复。")
    clerk.press("保存", "Save")
    clerk.press("送参加人确认", "Send it for confirmation")
    clerk.press("全部确认完毕", "All confirmed")
    clerk.refused("还没有确认笔录", "Not yet confirmed by")
    for name in at.seated[1:]:
        at.own(name).press("笔录属实，我确认", "The record is right; I confirm it")
    own = at.own(at.seated[0])
    own.unfold("不确认", "I do not confirm it")
    own.press("不确认，理由如上", "I refuse, for this reason")
    own.refused("要写明理由", "reason")
    own.fill(reason="我说的是北面的卧室，笔录没有写。")
    own.press("不确认，理由如上", "I refuse, for this reason")
    clerk.open(f"{at.desk}record/")
    clerk.sees("我说的是北面的卧室")
    clerk.shot("hearing-record", height=560)
    clerk.press("全部确认完毕", "All confirmed")


def the_report_is_published(at: Course) -> None:
    """Empty it is refused; published it stands on the public page and on the matter, each point among the opinions."""
    at.people.house.at("2027-01-06 09:00")
    clerk = at.at_desk("zhao")
    clerk.press("公布听证报告", "Publish the report")
    clerk.refused("还没有写听证报告。", "There is no report yet.")
    clerk.open(f"{at.desk}report/")
    clerk.fill(text="四位参加人到会，两点意见归入征求意见，一位参加人不确认笔录，理由如下。")
    clerk.press("保存", "Save")
    clerk.press("公布听证报告", "Publish the report")
    moderator = at.people("zhou")
    moderator.open("/workspace/consultations/1/opinions/")
    moderator.main.locator("input[data-all]").check()
    moderator.press("显示选中的", "Show selected")
    reader = at.people.citizen(width=390)
    reader.open(f"/hearings/{at.number}/")
    for words in ("两点意见归入征求意见", "一楼住户的补偿写进办法", "3 位确认笔录，1 位拒绝确认并说明了理由", "已归入征求意见"):
        reader.sees(words)
    at.people.trace(f"/matters/{at.topic}/", ("公布听证报告", ""), ("到会 4 / 4", ""), ("2 条意见，已归入征求意见一并答复", ""))
    at.own(at.seated[0]).sees("一楼住户的补偿写进办法")
