"""A whole meeting day: the operator at the keyboard, a representative on a phone, the screen in the room, the recording afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.film import ADDRESS, PLAYLIST, Files, publish, record, second_shown
from tests.journeys.people import Eye, People, Visitor
from tests.journeys.test_public import LANGUAGES

pytestmark = pytest.mark.journey
STATEMENT = "收到意见 34 条，归为 5 组，采纳 12 条。"
WORDS, WHY, BETTER = "补助款直接到户。", "有人等了八个月。", "补助款在验收后三十日内直接到户。"
SOON = 25_000  # what renews itself does so within ten seconds; the machine may be slow


@dataclass
class Day:
    """Everybody of the day and where they are."""

    people: People
    meeting: int
    links: dict[str, str]
    operator: Visitor
    room: Visitor
    phone: Visitor
    film: Files

    @property
    def console(self) -> str:
        return f"/workspace/meetings/{self.meeting}/console/"

    def key(self, key: str) -> None:
        """Press a key that leads somewhere."""
        with self.operator.page.expect_navigation():
            self.operator.page.keyboard.press(key)

    def type(self, *words: str, send: str = "") -> None:
        """Type line after line, going on with the tabulator; send with a key."""
        for n, each in enumerate(words):
            if n:
                self.operator.page.keyboard.press("Tab")
            self.operator.page.keyboard.type(each)
        if send:
            self.key(send)

    def screen_shows(self, zh: str, en: str) -> None:
        expect(self.room.page.locator("#room")).to_contain_text(self.room.say(zh, en), timeout=SOON)

    def phone_shows(self, zh: str, en: str) -> None:
        expect(self.phone.page.locator("#now")).to_contain_text(self.phone.say(zh, en), timeout=SOON)


@pytest.fixture(scope="module")
def film(chromium: Browser) -> Files:
    """A recording that a browser plays, made once."""
    page = chromium.new_page()
    made = record(page)
    page.close()
    return made


def begin(people: People, film: Files) -> Day:
    people.house.run("tests.journeys.seat")
    seated = json.loads((people.house.folder / "seated.json").read_text(encoding="utf-8"))
    people.house.at("2026-12-04 09:20")
    return Day(people, seated["meeting"], seated["links"], people("wu"), people.citizen(), people.citizen(width=390), film)


def members_and_guests_arrive(day: Day) -> None:
    operator = day.operator
    operator.open(f"/workspace/meetings/{day.meeting}/members/")
    operator.fill(members="陈一，区长\n李二，副区长\n王三，副区长", head="陈五")
    operator.press("保存名单", "Save the list")
    operator.sees("名单里没有这个姓名。", "The list holds no such name.")
    operator.fill(head="陈一")
    operator.press("保存名单", "Save the list")
    operator.sees("没有超过1/2", "not more than 1/2")
    for name in ("陈一", "李二"):
        operator.press("到会", "Present", at=name)
    operator.sees("到会已过法定人数。", "There is a quorum.")
    operator.open(f"/workspace/meetings/{day.meeting}/checkin/")
    for name in ("林晓", "马建新"):
        operator.press("到会", "Here", at=name)


def the_first_item_opens_with_the_statement(day: Day) -> None:
    day.room.page.goto(f"/meetings/{day.meeting}/room/" if day.room.language == "zh" else f"/en/meetings/{day.meeting}/room/")
    day.screen_shows("09:30 开始", "Begins at 09:30")
    day.people.house.at("2026-12-04 09:30")
    day.operator.open(day.console)
    day.key("n")
    day.key("n")
    day.operator.page.locator("#st_text").fill(STATEMENT)
    day.operator.page.keyboard.press("Escape")
    day.key("s")
    day.operator.sees("已记录说明的时间。", "The statement's time is recorded.")
    day.screen_shows(STATEMENT, STATEMENT)
    day.screen_shows("意见征集和采纳情况说明", "statement on solicitation and adoption")


def a_representative_asks_from_the_phone(day: Day) -> None:
    phone = day.phone
    phone.open(f"/invitation/{day.links['林晓']}/")
    phone.follow("会议当天：几点轮到、要求发言、核对建议", "The day: your time, the floor, your words")
    phone.sees("轮到您这一项", "It is your item")
    phone.press("要求发言", "Ask to speak")
    phone.sees("您排在第 1 位", "You are number 1 on the list")
    expect(day.operator.page.locator("#floor")).to_contain_text(phone.say("手机登记", "by phone"), timeout=SOON)
    day.key("p")
    day.phone_shows("请您发言", "You have the floor")
    day.screen_shows("列席代表发言", "Speaking: Representative")
    expect(day.room.page.locator("#room")).not_to_contain_text("林晓")
    absent = day.people.citizen(width=390)
    absent.open(f"/invitation/{day.links['陈大力']}/day/")
    absent.sees("签到以后可以在这里要求发言。", "Once you are checked in you ask to speak here.")


def what_was_said_is_settled_with_the_person(day: Day) -> None:
    operator, phone = day.operator, day.phone
    operator.page.keyboard.press("g")
    day.type(WORDS, WHY, send="Enter")
    operator.sees("已记录建议。", "Recorded.")
    phone.open(f"/invitation/{day.links['林晓']}/day/")
    phone.sees(WORDS)
    phone.unfold("表述不对，我来改", "Put it another way")
    phone.fill(text="")
    phone.press("交给会务人员", "Send to the operator", at="1")
    phone.sees("填过的都还在", "what you typed is kept")
    phone.fill(text=BETTER)
    phone.press("交给会务人员", "Send to the operator", at="1")
    phone.sees("会务人员正在处理", "The operator is on it.")
    expect(operator.page.locator("#said")).to_contain_text(operator.say("希望改表述", "Wishes another wording"), timeout=SOON)
    operator.open(f"/workspace/meetings/{day.meeting}/wordings/")
    operator.press("不采用", "Leave it", at="林晓")
    operator.refused("要说明理由", "needs a reason")
    operator.press("按本人的写", "Take their words", at="林晓")
    operator.sees("原表述：“补助款直接到户。”", "Before: “补助款直接到户。”")
    phone.open(f"/invitation/{day.links['林晓']}/day/")
    phone.sees("本人已在手机确认", "Confirmed by the person's link")
    phone.sees(BETTER)


def the_head_speaks_last_and_the_item_is_decided(day: Day) -> None:
    operator = day.operator
    operator.open(day.console)
    operator.page.keyboard.press("a")
    day.type("陈一")
    operator.page.locator("#sp_kind").select_option("head")
    day.key("Control+Enter")
    operator.page.keyboard.press("a")
    day.type("李二", send="Enter")
    operator.press("发言", "Floor", at="陈一")
    operator.refused("行政首长最后发表意见", "speaks last")
    day.key("p")
    day.key("p")
    operator.sees("陈一")
    operator.page.keyboard.press("r")
    day.type("李二")
    operator.page.locator("#rc_stance").select_option("reserve")
    operator.page.locator("#rc_text").fill("资金来源要再核实。")
    day.key("Control+Enter")
    operator.sees("已记入内部记录。", "Added to the record.")
    operator.page.keyboard.press("d")
    operator.page.keyboard.press("Space")
    day.key("Control+Enter")
    operator.sees("已记录决定。", "The decision is recorded.")


def a_break_moves_the_next_item(day: Day) -> None:
    second, operator = day.people.citizen(width=390), day.operator
    operator.page.keyboard.press("b")
    operator.page.keyboard.press("Control+A")
    day.type("20", send="Enter")
    operator.sees("已休会。", "On a break.")
    day.screen_shows("复会", "We resume at about")
    second.open(f"/invitation/{day.links['马建新']}/day/")
    second.sees("约 ", "About ")
    second.sees("休会中", "A break until")
    day.key("b")
    operator.sees("已复会。", "Resumed.")
    day.key("n")
    day.screen_shows("第 2 项", "Item 2")
    operator.page.keyboard.press("d")
    operator.page.keyboard.press("Space")
    day.key("Control+Enter")
    day.key("n")
    day.screen_shows("会议结束", "The meeting is over")
    answer = second.page.request.get(f"/meetings/{day.meeting}/live.json")
    assert "max-age=5" in answer.headers["cache-control"]
    assert [each["state"] for each in answer.json()["items"]] == ["decided", "decided"]


def the_day_after(day: Day) -> None:
    phone, operator, office = day.phone, day.operator, day.people("sun")
    phone.open(f"/invitation/{day.links['林晓']}/day/")
    phone.sees("收到 2026-12-06 24:00 为止", "until 2026-12-06 24:00")
    phone.fill(text="会后又想到：电话要写大。")
    phone.press("提交书面意见", "Send the written opinion")
    phone.sees("本人书面提交", "Written by the person")
    record = f"/workspace/meetings/{day.meeting}/record/"
    operator.open(record)
    for item in ("1", "2"):
        operator.press("其余到会人员同意", "Everybody else here agrees", at=item)
    office.open(record)
    office.press("查看内部记录", "Read the record")
    office.refused("查看内部记录要写明用途。", "Reading the internal record needs a purpose.")
    office.fill(purpose="核对后签署")
    office.press("查看内部记录", "Read the record")
    office.sees("资金来源要再核实。")
    office.main.get_by_role("button", name=office.say("签署会议记录", "Sign the record")).click()
    with office.page.expect_navigation():
        office.page.get_by_role("button", name=office.say("是，现在做", "Yes, do it")).click()
    office.sees("会议记录已签署", "The record is signed")
    operator.open(record)
    operator.sees("签署时的指纹重算一致", "The fingerprint of the signing holds")


def the_recording_is_played_from_each_item(day: Day) -> None:
    """2.2d: staff say where the items begin; a reader jumps to one, and the picture is that of its second."""
    operator, reader, blank = day.operator, day.people.citizen(), day.people.citizen().page
    publish(day.film, reader.page.context)
    operator.open(f"/workspace/meetings/{day.meeting}/recording/")
    operator.fill(url=PLAYLIST, offset="0:00:01")
    for place, at in zip(operator.main.locator("input[name^=mark_]").all(), ("0:00:02", "0:00:05"), strict=True):
        place.fill(at)
    operator.press("保存", "Save")
    operator.sees("已保存。", "Saved.")
    reader.open(f"/meetings/{day.meeting}/")
    reader.follow("录像 0:00:05", "recording 0:00:05")
    reader.sees("从第 2 项开始，0:00:05", "from item 2, at 0:00:05")
    picture = reader.main.locator("video")
    for at in (5, 2):
        expect(picture).to_have_js_property("readyState", 4, timeout=SOON)
        assert (picture.evaluate("film => film.currentTime"), second_shown(picture, blank)) == (at, at)
        if at == 5:
            reader.follow("0:00:02", "0:00:02")
            reader.sees("从第 1 项开始，0:00:02", "from item 1, at 0:00:02")
    picture.evaluate("film => { film.muted = true; return film.play(); }")
    expect(picture).not_to_have_js_property("currentTime", 2, timeout=SOON)


def a_browser_that_knows_no_pieces_plays_it_too(day: Day) -> None:
    """The library is loaded where the browser says that it plays no HLS; a site that gives no answer is told in words."""
    reader, blank = day.people.citizen(), day.people.citizen().page
    reader.page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
    publish(day.film, reader.page.context)
    reader.open(f"/meetings/{day.meeting}/recording/?item=2")
    picture, words = reader.main.locator("video"), reader.main.locator("#unplayed")
    expect(picture).to_have_js_property("readyState", 4, timeout=SOON)
    assert picture.evaluate("film => film.src").startswith("blob:")
    assert (picture.evaluate("film => film.currentTime"), second_shown(picture, blank)) == (5, 5)
    expect(words).to_be_hidden()
    for plays in (True, False):
        other = day.people.citizen()
        if not plays:
            other.page.add_init_script("HTMLMediaElement.prototype.canPlayType = () => ''")
        other.page.context.route(f"{ADDRESS}**", lambda route: route.abort())
        other.open(f"/meetings/{day.meeting}/recording/?item=2")
        expect(other.main.locator("#unplayed")).to_be_visible(timeout=SOON)


STEPS: tuple[Callable[[Day], None], ...] = (
    members_and_guests_arrive,
    the_first_item_opens_with_the_statement,
    a_representative_asks_from_the_phone,
    what_was_said_is_settled_with_the_person,
    the_head_speaks_last_and_the_item_is_decided,
    a_break_moves_the_next_item,
    the_day_after,
    the_recording_is_played_from_each_item,
    a_browser_that_knows_no_pieces_plays_it_too,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_day_by_keyboard_with_a_phone_and_the_screen_in_the_room(people, language, film):
    people.language, people.eye = language, Eye()
    day = begin(people, film)
    for step in STEPS:
        step(day)
    assert people.eye.faults == []
