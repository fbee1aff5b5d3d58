"""Before the day: proposal, decision, notice, enrolment, the draw, the list."""

from __future__ import annotations

from tests.journeys.hearing.course import HOUSEHOLDS, Course
from tests.journeys.people import Visitor

NOTICE = {
    "title": "加装电梯补助听证会",
    "preset": "price",
    "purpose": "听取住户对补助标准和分担办法的意见。",
    "basis": "区政府决定。",
    "starts_at": "2027-01-05T09:00",
    "enrol_until": "2026-12-10",
    "place": "区政府第二会议室",
    "seats_consumer": 2,
    "how_consumer": "lot",
    "seats_operator": 1,
    "how_operator": "rule",
    "seats_expert": 1,
    "how_expert": "nomination",
    "seats_stated": 4,
    "observers": 1,
    "observers_how": "order",
    "conditions": "年满 18 周岁，住在本区，能按时参加。",
    "selection": "消费者报名抽签，经营者按条件选定，专家推荐。",
    "draw_source": "冻结名单以后公布的排列五号码。",
    "how_to_enrol": "在本网页报名，或到政务大厅填表。",
    "contact": "物业科 0000-0000001",
    "host": "孙敏",
    "recorder": "周岚",
    "presenter": "区住房和城乡建设局物业科",
}


def a_citizen_proposes_it_and_the_head_decides(at: Course) -> None:
    """The answer is public, the words of the proposal are not."""
    citizen = at.people.citizen(width=390)
    citizen.open(f"/matters/{at.topic}/propose-hearing/")
    citizen.press("提交，领回执", "Send and get a receipt")
    citizen.sees("填过的都还在")
    citizen.fill(words="一户要分担十几万，请当面听听住户怎么说。")
    citizen.press("提交，领回执", "Send and get a receipt")
    receipt = citizen.page.url
    head = at.people("qian")
    head.open("/workspace/")
    head.sees("答复听证建议")
    head.open("/workspace/hearings/proposals/1/")
    head.main.locator("#an").fill("直接涉及住户的切身利益。")
    head.press("决定召开", "Hold a hearing")
    citizen.page.goto(receipt)
    citizen.sees("直接涉及住户的切身利益。")
    reader = at.people.citizen()
    reader.open("/hearings/")
    reader.sees("直接涉及住户的切身利益。")
    reader.misses("一户要分担十几万")
    at.number = 1


def the_clerk_announces_it(at: Course) -> None:
    """What the notice lacks is named; seats that do not add up are asked about; then it is public."""
    clerk = at.at_desk("zhao")
    clerk.sees("公告前还缺")
    clerk.press("公告，开始报名", "Announce and open enrolment")
    clerk.refused("公告还缺", "The notice lacks")
    clerk.follow("写公告和席位", "Notice and seats")
    clerk.fill(**{**NOTICE, "seats_stated": 5})
    clerk.press("保存", "Save")
    clerk.sees("相差 1 席")
    clerk.press("公告，开始报名", "Announce and open enrolment")
    clerk.refused("相差 1 席", "")
    clerk.follow("写公告和席位", "Notice and seats")
    clerk.fill(seats_stated=4)
    clerk.shot("hearing-notice", height=700)
    clerk.press("保存", "Save")
    clerk.sees("公告的条件都已具备。")
    clerk.press("公告，开始报名", "Announce and open enrolment")
    at.people.trace(f"/hearings/{at.number}/", ("各类席位合计 4 席，与总数一致", ""), ("排列五号码", ""), ("报名至 2026-12-10", ""))
    at.people.trace(f"/matters/{at.topic}/", ("公告听证会", ""), ("至 2026-12-10", ""), ("公告提前 30 日", ""))


def people_enrol(at: Course) -> None:
    """Four for two drawn seats, one on a phone; a company; somebody who watches; one on paper at the desk."""
    for n, name in enumerate(HOUSEHOLDS[:3]):
        _enrol(at, name, 390 if n == 0 else 1280, category="consumer", email=f"h{n}@example.org", publish_name=n == 0)
    _enrol(at, "安梯公司", category="operator", phone="0000-1111", publish_name=True)
    _enrol(at, "旁听人", seat="observer", phone="0000-2222")
    clerk = at.people("zhao")
    clerk.open(f"{at.desk}people/")
    clerk.unfold("录入线下报名", "Key in an enrolment")
    form = {"seat": "participant", "category": "consumer", "name": HOUSEHOLDS[3], "phone": "0000-3333", "of_age": True, "channel": "paper"}
    _fill(clerk, "key", form)
    clerk.press("录入", "Key in")
    clerk.sees(f"，{HOUSEHOLDS[3]}。")
    clerk.unfold("推荐或聘请", "Nominate or invite")
    _fill(
        clerk, "nom", {"category": "expert", "name": "陈教授", "reason": "区科协推荐", "email": "expert@example.org", "publish_name": True}
    )
    clerk.press("列为参加人", "Seat them")
    for name in (HOUSEHOLDS[3], "陈教授"):
        _link_from_desk(at, name)


def _fill(who: Visitor, prefix: str, given: dict[str, object]) -> None:
    """Fill one of several forms of a page, whose fields are told apart by a prefix."""
    for name, value in given.items():
        if name == "seat":
            who.main.locator(f"[id^='{prefix}_seat'][value='{value}']").check()
            continue
        place = who.main.locator(f"#{prefix}_{name}")
        if isinstance(value, bool):
            place.set_checked(value)
        elif place.evaluate("each => each.localName") == "select":
            place.select_option(str(value))
        else:
            place.fill(str(value))


def _enrol(at: Course, name: str, width: int = 1280, **given: object) -> None:
    who = at.people.citizen(width=width)
    who.open(f"/hearings/{at.number}/")
    who.follow("报名", "Enrol")
    who.fill(**{"seat": "participant", "name": name, **given})
    if name == HOUSEHOLDS[0]:
        who.press("报名", "Enrol")
        who.sees("须年满 18 周岁")
        assert who.page.input_value("[name=name]") == name
    who.fill(of_age=True)
    who.press("报名", "Enrol")
    who.sees("报名已收到，请存好这个网址")
    at.mine[name] = (who, who.page.url.partition("?")[0])


def _link_from_desk(at: Course, name: str) -> None:
    """The clerk reads the personal link off the page of somebody who did not enrol on the web."""
    clerk = at.people("zhao")
    clerk.open(f"{at.desk}people/")
    clerk.read(name)
    at.mine[name] = (at.people.citizen(), clerk.main.locator("dd.hash").last.inner_text())


def seats_are_drawn(at: Course) -> None:
    """Frozen by the clerk, drawn by somebody else from the figures of a later day, repeated by anybody."""
    at.people.house.at("2026-12-11 09:00")
    clerk = at.at_desk("zhao")
    clerk.follow("冻结 4 人的名单", "Freeze the list of 4 people")
    clerk.fill(kind="figures", day="2026-12-12", figure_1="排列五第 26338 期", count_1=5, order_1=True)
    clerk.shot("hearing-freeze", height=640)
    clerk.press("冻结并记入总账", "Freeze and log")
    at.people.trace(f"/hearings/{at.number}/draw/", ("等 2026-12-12 的公开数字", ""))
    at.people.house.at("2026-12-12 21:00")
    clerk.open(at.desk)
    clerk.sees("名单是您冻结的")
    operator = at.people("wu")
    operator.open(f"{at.desk}reveal/")
    operator.fill(v0="4 7")
    _surely(operator, "抽签并公布")
    operator.sees("应是 5 个数字")
    operator.fill(v0="4 7 2 1 9")
    _surely(operator, "抽签并公布")
    reader = at.people.citizen()
    reader.open(f"/hearings/{at.number}/draw/")
    reader.sees("抽签结果")
    reader.misses("顾一鸣")
    at.seated = [name for name in HOUSEHOLDS if "已产生" in at.own(name).main.inner_text()]
    assert len(at.seated) == 2


def _surely(who: Visitor, words: str) -> None:
    who.main.get_by_role("button", name=words, exact=True).click()
    with who.page.expect_navigation():
        who.page.get_by_role("dialog").get_by_role("button", name="是，现在做", exact=True).click()


def the_list_is_published(at: Course) -> None:
    """The company by rule with its reason; the list names those who agreed."""
    at.people.house.at("2026-12-13 09:00")
    clerk = at.at_desk("zhao")
    clerk.press("确定参加人，告知每个报名人", "Settle, and tell everybody")
    clerk.refused("还有 1 位报名人没有结果", "")
    clerk.open(f"{at.desk}people/")
    clerk.read("安梯公司")
    clerk.main.locator("#rs").fill("唯一报名的电梯企业。")
    clerk.press("选定", "Choose")
    clerk.open(at.desk)
    clerk.press("确定参加人，告知每个报名人", "Settle, and tell everybody")
    clerk.press("公布名单", "Publish the list")
    reader = at.people.citizen()
    reader.open(f"/hearings/{at.number}/")
    reader.sees("安梯公司")
    reader.sees("唯一报名的电梯企业。")
    for name in HOUSEHOLDS[1:]:
        reader.misses(name)
    at.seated += ["安梯公司", "陈教授"]
    for n, name in enumerate(HOUSEHOLDS[:3]):
        assert "/hearing-mine/" in at.people.house.letter(f"h{n}@example.org", "产生" if name in at.seated else "没有")
