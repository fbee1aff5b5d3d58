"""Steps 5 and 6: the agenda and its gates, representatives with proof, the day itself."""

from __future__ import annotations

import re

from tests.journeys.matter.papers import TITLE, Matter
from tests.journeys.people import People, Visitor

SEATS = (
    ("public", "林晓", "draw", ""),
    ("stakeholder", "陈大力", "office", "住在公园北门对面。"),
    ("npc_deputy", "马建新", "nomination", "区人大常委会推荐。"),
)
DOOR = "4 月 24 日 8:45 到区政府三楼会议室签到，可以发言 3 分钟。"


def operator_plans_a_meeting(people: People, matter: Matter) -> None:
    """Any matter still short of its duties is refused at the agenda, each duty named."""
    operator = people("wu")
    operator.turn_to("会议与议程", "Meetings")
    operator.follow("安排会议", "Plan a meeting")
    operator.fill(kind="executive", starts_at="2026-04-24T09:00", place="区政府三楼会议室")
    operator.press("保存", "Save")
    operator.sees("填过的都还在", "what you typed is kept")
    operator.fill(chair="区长")
    operator.press("保存", "Save")
    found = re.search(r"meetings/(\d+)/", operator.page.url)
    assert found
    matter.meeting = int(found[1])
    operator.press("冻结议程并公开", "Freeze and publish the agenda")
    operator.refused("议程里还没有议题。", "The agenda has no items.")


def the_agenda_refuses_what_is_not_ready(people: People, matter: Matter) -> None:
    """Before the report is published the matter is refused with every reason."""
    operator = people("wu")
    operator.open(f"/workspace/meetings/{matter.meeting}/")
    operator.fill(topic=str(matter.topic), minutes=25)
    operator.press("列入", "Put on")
    operator.refused("征求意见的采纳情况报告还没有公布。", "The adoption report is not published.")
    operator.refused("没有附会议审议材料。", "The meeting paper is missing.")
    assert operator.page.input_value("[name=minutes]") == "25"
    operator.shot("meeting-refused")


def operator_puts_it_on_the_agenda(people: People, matter: Matter) -> None:
    """Ready: on the agenda, frozen as version A, public."""
    operator = people("wu")
    operator.open(f"/workspace/meetings/{matter.meeting}/")
    operator.unfold("列入议题", "Put a matter on")
    operator.fill(topic=str(matter.topic), minutes=25)
    operator.press("列入", "Put on")
    operator.sees("已列入议程第 1 项。", "On the agenda as item 1.")
    operator.press("冻结议程并公开", "Freeze and publish the agenda")
    operator.sees("议程已冻结。", "The agenda is frozen.")
    people.trace(f"/meetings/{matter.meeting}/", (TITLE, "Rules on the night opening"))
    people.trace("/calendar/?month=2026-04", ("常务会议", "Executive meeting"))


def head_publishes_house_rules(people: People) -> None:
    """Without house rules nobody can be invited."""
    head = people("qian")
    head.turn_to("列席规定", "House rules")
    head.unfold("公布新版本", "Publish a new version")
    head.fill(
        selection="按申报表类别抽签、推荐或选定，理由公开。", duties="事先阅读材料，如实反映意见。", organisation="会前至少两天告知。"
    )
    head.press("公布", "Publish")
    head.sees("填过的都还在", "what you typed is kept")
    head.fill(discipline="按时签到，手机静音，不录音录像。")
    head.press("公布", "Publish")
    head.sees("已公布新版本。", "The new version is published.")
    people.trace("/house-rules/", ("手机静音", "手机静音"))


def clerk_fills_the_seats(people: People, matter: Matter) -> None:
    """A pool, three seats of the approved audiences; inviting before the house rules is refused."""
    clerk = people("zhao")
    clerk.turn_to("列席代表", "Representatives")
    for audience, name, _method, _reason in SEATS:
        clerk.unfold("添加", "Add somebody")
        clerk.fill(audience=audience, name=name, unit="河湾社区", email=f"{audience}@example.org", phone="13800005678")
        clerk.press("入库", "Add")
        clerk.sees(f"{name} 已入库。", f"{name} is in the pool.")
    clerk.open(f"/workspace/meetings/{matter.meeting}/invitations/")
    for _audience, name, method, reason in SEATS:
        clerk.unfold("选定代表", "Select somebody")
        clerk.choose("representative", name)
        clerk.fill(method=method)
        if reason:
            clerk.press("选定", "Select")
            clerk.refused("要写明理由或推荐单位", "needs the reason or the nominating body")
            clerk.fill(reason=reason)
        clerk.press("选定", "Select")
        clerk.sees(f"已选定{name}。", f"{name} is selected.")
    clerk.press(f"邀请全部已选定的（{len(SEATS)} 人）", f"Invite all selected ({len(SEATS)})")
    clerk.refused("还没有生效的列席工作规定", "no house rules in force")
    head_publishes_house_rules(people)
    clerk.open(f"/workspace/meetings/{matter.meeting}/invitations/")
    clerk.press(f"邀请全部已选定的（{len(SEATS)} 人）", f"Invite all selected ({len(SEATS)})")
    clerk.sees("邀请已发出。", "Invited.")


def link_of(people: People, audience: str) -> str:
    """The personal link in the invitation's mail."""
    words = people.house.letter(f"{audience}@example.org", "/invitation/")
    found = re.search(r"(/invitation/\S+/)", words)
    assert found, words
    return found[1]


def representatives_answer_by_their_link(people: People) -> None:
    """Two accept after reading the rules; one cannot come."""
    for audience in ("public", "stakeholder"):
        guest = people.citizen(width=390)
        guest.open(link_of(people, audience))
        guest.press("接受邀请", "Accept")
        guest.refused("请先阅读并确认责任义务和会议纪律。", "Please read and confirm the duties and the discipline first.")
        guest.fill(accepted_rules=True, publish_name=audience == "public")
        guest.press("接受邀请", "Accept")
        guest.sees("要求和材料会在会前至少 2 日送到这里。", "Requirements and papers arrive here at least 2 days before the meeting.")
    guest = people.citizen()
    guest.open(link_of(people, "npc_deputy"))
    guest.fill(reason="当天有会。")
    guest.press("不能参加", "I cannot come")
    guest.sees("您已表示不能参加。", "You said you cannot come.")


def convening_waits_for_notice_and_papers(people: People, matter: Matter) -> None:
    """3.2d: nobody is told yet, so the office cannot convene."""
    office = people("sun")
    office.open(f"/workspace/meetings/{matter.meeting}/")
    office.press("召集会议", "Convene")
    office.refused("还没有向林晓告知要求并提供材料。", "林晓 has not been sent requirements and papers.")


def clerk_tells_them(people: People, matter: Matter) -> None:
    """Requirements and papers by mail; opening the link and fetching the paper is the proof."""
    clerk = people("zhao")
    clerk.open(f"/workspace/meetings/{matter.meeting}/invitations/")
    clerk.unfold("向已接受的人告知要求并提供材料", "Send requirements and papers to those who accepted")
    clerk.fill(requirements=DOOR)
    clerk.press("告知并提供材料", "Notify with papers")
    clerk.sees("已告知并提供材料。", "Notified, papers handed over.")
    for audience in ("public", "stakeholder"):
        assert DOOR in people.house.letter(f"{audience}@example.org", DOOR)
        guest = people.citizen(width=390)
        guest.open(link_of(people, audience))
        guest.sees(DOOR)
        for paper in guest.main.locator("ul.docs a").all():
            assert guest.page.request.get(paper.get_attribute("href") or "").ok
    clerk.open(f"/workspace/meetings/{matter.meeting}/invitations/")
    clerk.misses("未打开", "not fetched")
    clerk.shot("invitations-proof")


def office_convenes(people: People, matter: Matter) -> None:
    """Everybody was told in time."""
    office = people("sun")
    office.open(f"/workspace/meetings/{matter.meeting}/")
    office.press("召集会议", "Convene")
    office.sees("会议已召集。", "The meeting is convened.")


def too_late_needs_an_emergency(people: People, matter: Matter) -> None:
    """Told on the eve: refused as late, until a leader records the emergency, which is public."""
    office, leader, address = people("sun"), people("li"), f"/workspace/meetings/{matter.meeting}/"
    office.open(address)
    office.press("召集会议", "Convene")
    office.refused("晚于会前 2 日的最后时限", "later than 2 days ahead")
    assert office.main.get_by_text(office.say("紧急情况，缩短告知期限", "Emergency: shorter notice")).count() == 0
    leader.open(address)
    leader.unfold("紧急情况，缩短告知期限", "Emergency: shorter notice")
    leader.page.locator("#em").fill("台风将至，开放时间须在周末前定下。")
    leader.press("记录", "Record")
    office_convenes(people, matter)
    people.trace(f"/meetings/{matter.meeting}/", ("台风将至", "台风将至"))


def the_door(people: People, matter: Matter) -> None:
    """The list on paper, a letter with its code, in by the code and in by name; a wrong code is refused."""
    operator = people("wu")
    operator.open(f"/workspace/meetings/{matter.meeting}/invitations/")
    operator.follow("办理", "Open", at="陈大力")
    letter = operator.main.get_by_role("link", name=operator.say("邀请函", "Letter"))
    assert operator.page.request.get(letter.get_attribute("href") or "").body()[:5] == b"%PDF-"
    operator.open(f"/workspace/meetings/{matter.meeting}/checkin/")
    operator.page.locator("#ci").fill("nobody")
    check_in = operator.main.get_by_role("button", name=operator.say("签到", "Check in"), exact=True).first
    check_in.click()
    operator.sees("这不是本次会议的签到码。", "This code belongs to no invitation of this meeting.")
    assert operator.page.input_value("#ci") == "nobody"
    operator.page.locator("#ci").fill(f"{people.house.address}{link_of(people, 'public')}")
    check_in.click()
    operator.sees("林晓　已登记", "林晓: entered")
    operator.shot("checkin")
    operator.page.emulate_media(media="print")
    assert operator.main.get_by_role("table").is_visible()
    operator.page.emulate_media(media="screen")


def the_meeting_is_held(people: People, matter: Matter) -> None:
    """In order: begin, then the statement with its time, then the decision."""
    operator, address = people("wu"), f"/workspace/meetings/{matter.meeting}/"
    operator.open(f"{address}console/")
    operator.press("会议开始", "Start the meeting")
    operator.press("开始审议第 1 项", "Begin item 1")
    assert operator.main.locator("[name=outcome]").count() == 0
    operator.fill(by="区住房和城乡建设局 钱国良")
    operator.shot("console")
    operator.press("已作说明", "Statement given")
    the_decision_is_recorded(people, matter)


def the_decision_is_recorded(people: People, matter: Matter) -> None:
    """An outcome is asked for; then the end, a late guest, the absent; the public sees no name without consent."""
    operator, address = people("wu"), f"/workspace/meetings/{matter.meeting}/"
    operator.open(f"{address}console/")
    operator.press("记录决定", "Record the decision")
    operator.sees("填过的都还在", "what you typed is kept")
    operator.fill(outcome="passed", text="自 2026-06-01 起施行。")
    operator.press("记录决定", "Record the decision")
    operator.press("全部审议完毕，会议结束", "End the meeting")
    operator.open(f"{address}checkin/")
    operator.press("到会", "Here", at="陈大力")
    operator.press("未到的记为缺席", "Mark the rest absent")
    people.trace(
        f"/meetings/{matter.meeting}/", ("区住房和城乡建设局 钱国良", "区住房和城乡建设局 钱国良"), ("通过", "Passed"), ("林晓", "林晓")
    )
    hidden: Visitor = people.citizen()
    hidden.open(f"/meetings/{matter.meeting}/")
    hidden.misses("陈大力")
