"""A real consultation at the desk, by keyboard: proposed by the machine, decided by a person, undone, answered, published.

The real comments where they are on the machine (tests/realdata.py), invented ones of the same shape elsewhere.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.heard import stand_in
from tests.journeys.house import House
from tests.journeys.looks import too_wide, violations
from tests.journeys.people import People, Visitor
from tests.realdata import PRESENT, REAL

pytestmark = pytest.mark.journey
AFTER = "2027-01-09 09:00"
PROPOSED = 4


@pytest.fixture(params=["zh", "en"])
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, settled: House):
    """A house with a closed consultation of its own, the number of that, and the language; in English the invented comments, which are fewer."""
    of = House(tmp_path_factory.mktemp("desk"), like=settled)
    folder = tmp_path_factory.mktemp("said")
    is_real = PRESENT and request.param == "zh"
    said = REAL / "join_tw_school_hours" / "comments.jsonl" if is_real else stand_in(folder / "comments.jsonl")
    of.run("tests.journeys.heard", str(said), str(folder / "id"))
    of.at(AFTER)
    yield of.open(), int((folder / "id").read_text(encoding="utf-8")), request.param
    of.close()


def without_home(page: Page) -> int:
    """The number of the head line that must reach 0."""
    said = page.locator("h1").inner_text()
    found = re.search(r"(\d+) 条没有着落|(\d+) of \d+ opinions without a home", said)
    return int(found[1] or found[2]) if found else 0


def key(page: Page, name: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(name)


def test_a_real_consultation_is_grouped_by_keyboard_answered_and_published(chromium, heard):
    served, consultation, language = heard
    desk, report = (f"/workspace/consultations/{consultation}/{name}/" for name in ("grouping", "report"))
    with People(chromium, served, language) as people:
        clerk = people("zhao")
        clerk.page.context.set_default_timeout(120_000)
        _proposals_are_decided(clerk, desk)
        _one_by_one(clerk, desk)
        _all_the_rest(clerk, desk)
        _a_point_of_one(clerk, consultation)
        _looks_right(clerk, desk)
        _answers(clerk, desk)
        _published(people, clerk, report)
        reader = people.citizen()
        reader.open(f"/consultations/{consultation}/report/")
        reader.sees("其余各说各的")


def _proposals_are_decided(clerk: Visitor, desk: str) -> None:
    """The machine looks through all of it in the background; the largest proposals are accepted by keyboard."""
    clerk.open(desk)
    page, before = clerk.page, without_home(clerk.page)
    assert before > 40
    page.get_by_role("button", name=clerk.say("找意思相近的意见", "Find opinions that say the same")).press("Enter")
    boxes = page.locator("#proposals tbody input[type=checkbox]")
    for _ in range(240):
        clerk.open(desk)
        if boxes.count():
            break
        page.wait_for_timeout(2000)
    for _ in range(PROPOSED):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.get_by_role("button", name=clerk.say("采用选中的", "Accept the selected"), exact=True).focus()
    key(page, "Enter")
    assert without_home(page) < before


def _one_by_one(clerk: Visitor, desk: str) -> None:
    """The nearest groups appear below the opinion at hand: 1 puts it there, 0 rules them out; u takes back, U does again."""
    page = clerk.page
    boxes = page.locator("table[data-desk] tbody input[type=checkbox]")
    for _ in range(80):
        clerk.open(desk)
        if any(_is_offered_a_group(page, boxes.nth(n)) for n in range(boxes.count())):
            break
        page.wait_for_timeout(2000)
    left = without_home(page)
    key(page, "1")
    assert without_home(page) == left - 1
    expect(page.locator("table[data-desk] input:focus")).to_have_count(1)
    key(page, "u")
    assert without_home(page) == left
    key(page, "U")
    assert without_home(page) == left - 1
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name=clerk.say("快捷键", "Keys"))).to_be_visible()
    page.keyboard.press("Escape")
    _by_mouse(page)
    boxes.first.focus()
    page.keyboard.press("x")
    key(page, "s")
    expect(page.get_by_text(clerk.say("1 条列为只表态。", "1 set down as stance only."))).to_be_visible()


def _is_offered_a_group(page: Page, box: Locator) -> bool:
    """Focus the box of an opinion and wait for what is said about the groups nearest to it; whether there is one."""
    box.focus()
    nears = page.locator(f"{box.get_attribute('hx-target')} .nears")
    expect(nears).to_be_visible()
    return nears.get_by_role("button").count() > 0


def _by_mouse(page: Page) -> None:
    """A press on a row below the nearest groups of another ticks that row, though the list above it goes."""
    boxes = page.locator("table[data-desk] tbody input[type=checkbox]")
    boxes.first.focus()
    expect(page.locator(".nears")).to_be_visible()
    other = boxes.nth(2)
    other.check()
    expect(page.locator(f"{boxes.first.get_attribute('hx-target')} .nears")).to_have_count(0)
    expect(page.locator(f"{other.get_attribute('hx-target')} .nears")).to_be_visible()
    other.uncheck()


def _all_the_rest(clerk: Visitor, desk: str) -> None:
    """All that match a word go into one group, then all that is left; the counter reaches nought."""
    for words, title in (("交通", "上下学的交通"), ("", "其余各说各的")):
        clerk.open(f"{desk}all/?home=none&q={words}")
        page = clerk.page
        if not page.locator("#mt").count():
            continue
        page.locator("#mt").fill(title)
        page.locator("#mt").press("Enter")
        page.wait_for_url(re.compile(r"/grouping/$"))
    clerk.open(desk)
    assert without_home(clerk.page) == 0
    clerk.sees("条意见都有着落", "opinions have their home")


def _a_point_of_one(clerk: Visitor, consultation: int) -> None:
    """An opinion asks for a second thing: those words go into another group too, and the opinion keeps its place."""
    page = clerk.page
    clerk.open(f"/workspace/consultations/{consultation}/grouping/?home=any")
    page.locator("table[data-desk] tbody tr").filter(has_text=clerk.say("在“", "in “")).last.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/opinions/\d+/$"))
    clerk.fill(point_quote="这里没有的话", point_title="另一件事")
    clerk.press("归入这一组", "Put it there")
    clerk.refused("原文里没有这几个字。", "The text does not hold these words.")
    expect(page.locator("[name=point_title]")).to_have_value("另一件事")
    clerk.fill(point_quote=page.locator("main p.read.words").inner_text()[:4])
    clerk.press("归入这一组", "Put it there")
    clerk.sees("归入 另一件事", "in 另一件事")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert (violations(page), too_wide(page, width)) == ([], [])


def _looks_right(clerk: Visitor, desk: str) -> None:
    """Desk, record and charts: no accessibility fault, no page wider than a phone."""
    page = clerk.page
    for path in (f"{desk}?home=any", f"{desk}steps/", f"{desk}numbers/"):
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            clerk.open(path)
            assert (path, violations(page), too_wide(page, width)) == (path, [], [])


def _answers(clerk: Visitor, desk: str) -> None:
    """Every group is answered; a group somebody answered is not open any more."""
    for _ in range(PROPOSED + 6):
        clerk.open(desk)
        row = clerk.page.locator("#groups tbody tr").filter(has_text=clerk.say("未答复", "Not answered")).first
        if not row.count():
            return
        row.get_by_role("link").first.click()
        clerk.page.wait_for_url(re.compile(r"/grouping/\d+/$"))
        clerk.fill(
            verdict="partly",
            reason="各校到校时间由学校听取家长意见后在规定范围内确定，上学路上的安全由交管部门另行安排，已写入草案第三条。",
        )
        clerk.press("保存答复", "Save the answer")
    raise AssertionError("some group was never answered")


def _published(people: People, clerk: Visitor, report: str) -> None:
    """Written, signed twice, published."""
    clerk.open(report)
    clerk.fill(number="清教〔2027〕1 号", intro="网上公开征求意见，逐组处理如下。")
    clerk.press("保存", "Save")
    clerk.press("报批", "Submit for signature")
    for name, said in (("qian", ("签署：部门负责人", "Sign: Department head")), ("sun", ("签署：区政府办", "Sign: Government office"))):
        signer = people(name)
        signer.open(report)
        signer.press(*said)
    clerk.open(report)
    clerk.press("公布报告", "Publish")
    clerk.sees("采纳情况报告已公布。", "The adoption report is published.")
