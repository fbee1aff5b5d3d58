"""Forty people drawn by lot: invited over a real mail server, three say no and reserves move up, a late paper, in at the door without network."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from icalendar import Calendar
from playwright.sync_api import Browser, expect

from tests.journeys.house import House
from tests.journeys.looks import too_wide, violations
from tests.journeys.people import People, Visitor
from tests.journeys.test_public import LANGUAGES
from tests.mailserver import Box, serving

pytestmark = pytest.mark.journey
SEATS, MEETING = 40, 1
AT_ONCE = 120_000  # milliseconds: forty people written to with one press
SOON = 30_000
DOOR = "12 月 4 日 9:10 到东门签到，带身份证件。"
CAMERA = """(() => {
  const board = document.createElement("canvas");
  board.width = board.height = 480;
  const pen = board.getContext("2d");
  const clear = () => { pen.fillStyle = "#fff"; pen.fillRect(0, 0, 480, 480); };
  setInterval(() => pen.fillRect(0, 0, 1, 1), 50);
  clear();
  window.hold = (svg) => new Promise((done) => {
    const seen = new Image();
    seen.onload = () => { clear(); pen.drawImage(seen, 40, 40, 400, 400); done(); };
    seen.src = `data:image/svg+xml;base64,${btoa(svg)}`;
  });
  navigator.mediaDevices.getUserMedia = async () => board.captureStream(20);
  delete window.BarcodeDetector;
})()"""


class Post(Box):
    """A mail server of our own, where one mailbox does not exist: that of the first of the forty."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: set[str] = set()
        self.port = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take everybody but the first whose turn it is."""
        if not self.refused and re.fullmatch(r"a\d+@example.org", address):
            self.refused.add(address)
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def about(self, words: str) -> dict[str, Any]:
        """The newest mail to each address whose subject holds these words."""
        return {str(each["To"]): each for each in list(self.mails) if words in str(each["Subject"])}

    def wait(self, words: str, n: int) -> dict[str, Any]:
        """The same, once so many have come."""
        for _ in range(900):
            if len(found := self.about(words)) >= n:
                return found
            time.sleep(0.2)
        raise AssertionError(f"{len(self.about(words))} of {n} mails about {words}")


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server on this machine."""
    box = Post()
    with serving(box) as box.port:
        yield box


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, settled: House, post: Post) -> Iterator[House]:
    """A government with forty seats given by lot; its mail goes to the server."""
    made = House(tmp_path_factory.mktemp("seated"), like=settled)
    made.more["JOURNEY_SMTP"] = str(post.port)
    made.run("tests.journeys.seating")
    made.at("2026-11-29 09:00")
    yield made.open()
    made.close()


@pytest.fixture
def staff(chromium: Browser, house: House) -> Iterator[People]:
    """Its people."""
    with People(chromium, house) as them:
        yield them


def link_in(mail: Any) -> str:
    """The personal link of a mail, as a path."""
    found = re.search(r"/invitation/[\w-]+/", mail.get_body(("plain",)).get_content())
    assert found is not None
    return found[0]


def day_in(mail: Any) -> tuple[str, str, int]:
    """Method, identity and sequence of the calendar entry of a mail, and that its content type says the same."""
    part = next(each for each in mail.iter_attachments() if each.get_content_type() == "text/calendar")
    made = Calendar.from_ical(part.get_content())
    event = made.walk("VEVENT")[0]
    assert part["Content-Type"].params["method"] == str(made["method"])
    return str(made["method"]), str(event["uid"]), int(event["sequence"])


def accept(house: House, link: str) -> None:
    """Say yes by the link, as a browser does."""
    with requests.Session() as visitor:
        page = visitor.get(f"{house.address}{link}", timeout=30).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        said = {"csrfmiddlewaretoken": token[1], "accept": "1", "accepted_rules": "on"}
        answer = visitor.post(f"{house.address}{link}", said, headers={"Referer": house.address}, timeout=30)
        assert "签到码" in answer.text, answer.status_code


def looks_well(who: Visitor) -> None:
    """No fault of accessibility, and as wide as a phone."""
    assert violations(who.page) == []
    assert too_wide(who.page, 390) == []


def test_forty_are_invited_reserves_move_up_and_the_door_works_without_network(staff, house, post):
    operator, clerk = staff("wu"), staff("zhao")
    for each in (operator, clerk):
        each.page.context.set_default_timeout(AT_ONCE)
    links = forty_are_invited(operator, post)
    three_say_no(staff, house, post, links)
    everybody_else_accepts(staff, house, post, links)
    codes = everybody_is_told(staff, house, post, links)
    a_late_paper_needs_a_waiver(staff, house, post)
    house.at("2026-12-04 09:00")
    for n, language in enumerate(reversed(LANGUAGES)):
        staff.language = language
        the_door_with_and_without_network(staff, links, dict([*codes.items()][n * 3 : n * 3 + 3]), n * 3)


def forty_are_invited(operator: Visitor, post: Post) -> dict[str, str]:
    operator.open(f"/workspace/meetings/{MEETING}/invitations/")
    operator.press(f"邀请全部已选定的（{SEATS} 人）", f"Invite all selected ({SEATS})")
    mails = post.wait("邀请您列席", SEATS - 1)
    assert {day_in(each)[0] for each in mails.values()} == {"REQUEST"}
    return {to: link_in(each) for to, each in mails.items()}


def three_say_no(staff: People, house: House, post: Post, links: dict[str, str]) -> None:
    """On phones, in one language and the other, looked over; each gets the day taken out of the calendar, and somebody moves up."""
    before, asked = set(links), {to: day_in(each) for to, each in post.about("邀请您列席").items()}
    leaving = sorted(links)[:3]
    for to, staff.language in zip(leaving, ("en", "zh", "zh"), strict=True):
        guest = staff.citizen(width=390)
        guest.open(links.pop(to))
        looks_well(guest)
        guest.fill(reason="当天有会。")
        guest.press("不能参加", "I cannot come")
        guest.sees("席位会请别人补上。", "Somebody else takes the seat.")
    gone = post.wait("不能列席", 3)
    for to in leaving:
        method, uid, sequence = day_in(gone[to])
        assert (method, uid) == ("CANCEL", asked[to][1])
        assert sequence > asked[to][2]
    mails = post.wait("邀请您列席", len(before) + 3)
    links.update({to: link_in(mails[to]) for to in set(mails) - before})


def everybody_else_accepts(staff: People, house: House, post: Post, links: dict[str, str]) -> None:
    """By their links; one from a phone in the browser."""
    first, *others = sorted(links)
    guest = staff.citizen(width=390)
    guest.open(links[first])
    guest.fill(accepted_rules=True, publish_name=True)
    guest.press("接受邀请", "Accept")
    guest.sees("签到码", "Code for the door")
    looks_well(guest)
    for to in others:
        accept(house, links[to])
    clerk = staff("zhao")
    clerk.open(f"/workspace/meetings/{MEETING}/invitations/?state=invited")
    clerk.sees("550", "550")
    clerk.main.get_by_role("link", name=re.compile("^办理")).first.click()
    clerk.unfold("登记本人的答复（电话、书面）", "Record their answer (by phone, on paper)")
    clerk.fill(answer="accept", door="phone", accepted_rules=True)
    clerk.press("登记答复", "Record the answer")
    clerk.sees("已记录。", "Recorded.")


def everybody_is_told(staff: People, house: House, post: Post, links: dict[str, str]) -> dict[str, str]:
    """The notice goes out to all; the pages of six of them, half of whom read English, show the code for the door."""
    clerk = staff("zhao")
    clerk.open(f"/workspace/meetings/{MEETING}/invitations/")
    clerk.sees("最迟须在 2026-12-03 00:00 前告知", "before 2026-12-03 00:00 at the latest")
    clerk.unfold("向已接受的人告知要求并提供材料", "Send requirements and papers to those who accepted")
    clerk.fill(requirements=DOOR, marked=True)
    clerk.press("告知并提供材料", "Notify with papers")
    clerk.sees("已告知并提供材料。", "Notified, papers handed over.")
    post.wait("列席告知和审议材料", len(links))
    codes = {}
    for to, staff.language in zip(sorted(links)[:6], ("en", "en", "en", "zh", "zh", "zh"), strict=True):
        guest = staff.citizen(width=390)
        guest.open(links[to])
        guest.sees(DOOR)
        guest.press("确认收到要求和材料", "Confirm receipt")
        guest.sees("您已确认收到", "You confirmed receipt")
        codes[to] = guest.page.locator(".doorcode svg").evaluate("svg => new XMLSerializer().serializeToString(svg)")
    return codes


def a_late_paper_needs_a_waiver(staff: People, house: House, post: Post) -> None:
    """A paper attached on the eve goes to everybody at once; the office convenes when a leader has said why in public."""
    house.at("2026-12-03 10:00")
    clerk, office, leader = staff("zhao"), staff("sun"), staff("li")
    clerk.open("/workspace/topics/1/documents/add/?kind=material")
    paper = house.folder / "report.md"
    paper.write_text("电梯井检测报告。", encoding="utf-8")
    clerk.fill(kind="material", title="检测报告", upload=str(paper))
    clerk.press("附上", "Attach")
    mails = post.wait("审议材料有变", SEATS - 1)
    by_phone = f"报名人{next(iter(post.refused)).removeprefix('a').partition('@')[0]}"
    clerk.open(f"/workspace/meetings/{MEETING}/invitations/?q={by_phone}")
    clerk.follow("办理", "Open", at=by_phone)
    clerk.page.locator("#rb").select_option("phone")
    clerk.press("记录送达", "Record delivery")
    clerk.sees("已记录。", "Recorded.")
    assert "增加“检测报告”" in next(iter(mails.values())).get_body(("plain",)).get_content()
    office.open(f"/workspace/meetings/{MEETING}/")
    office.press("召集会议", "Convene")
    office.refused("晚于会前 2 日的最后时限", "later than 2 days ahead")
    leader.open(f"/workspace/meetings/{MEETING}/")
    leader.unfold("紧急情况，缩短告知期限", "Emergency: shorter notice")
    leader.page.locator("#em").fill("检测报告刚刚出来。")
    leader.press("记录", "Record")
    office.open(f"/workspace/meetings/{MEETING}/")
    office.press("召集会议", "Convene")
    office.sees("会议已召集。", "The meeting is convened.")
    staff.trace(f"/meetings/{MEETING}/", ("检测报告刚刚出来", "检测报告刚刚出来"))


def the_door_with_and_without_network(staff: People, links: dict[str, str], codes: dict[str, str], before: int) -> None:
    """On a phone: one scanned at once; then the network is gone, one scanned and one typed; both are there when it is back.

    `before`: how many have come in already.
    """
    signed_in = staff("wu").page.context.storage_state()
    phone = staff.citizen(width=390, storage_state=signed_in)
    phone.page.add_init_script(CAMERA)
    phone.open(f"/workspace/meetings/{MEETING}/checkin/")
    looks_well(phone)
    first, second, third = codes
    typed = staff.citizen(width=390)
    typed.open(links[third])
    code = typed.page.locator(".doorcode .code").inner_text()
    phone.main.get_by_role("button", name=phone.say("用摄像头扫码", "Scan with the camera")).click()
    phone.page.evaluate("svg => hold(svg)", codes[first])
    expect(phone.page.locator(".door-log")).to_contain_text(phone.say("已登记", "entered"), timeout=SOON)
    phone.page.context.set_offline(True)
    phone.page.evaluate("svg => hold(svg)", codes[second])
    expect(phone.page.locator("[data-door-waits]")).to_contain_text(phone.say("1 条待同步", "1 to be handed in"), timeout=SOON)
    phone.page.locator("#ci").fill(code.lower().replace("-", " "))
    phone.main.get_by_role("button", name=phone.say("签到", "Check in"), exact=True).click()
    expect(phone.page.locator("[data-door-waits]")).to_contain_text(phone.say("2 条待同步", "2 to be handed in"))
    expect(phone.page.locator(".door-said")).to_contain_text(phone.say("没有网络", "No network"))
    phone.page.context.set_offline(False)
    expect(phone.page.locator("[data-door-waits]")).to_be_empty(timeout=SOON)
    expect(phone.page.locator(".door-nums b").first).to_have_text(str(before + 3), timeout=SOON)
    looks_well(phone)
