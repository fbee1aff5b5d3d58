"""The minutes of the demo's meeting are corrected: two people write at once, others comment, the office issues; its Word template."""

from __future__ import annotations

import io
import re
import subprocess

import pytest
from docx import Document
from playwright.sync_api import expect

from mingtang.platform.documents.official.merging import standard_template
from tests.journeys.matter.afterwards import save, section
from tests.journeys.people import Eye, People, Visitor

pytestmark = pytest.mark.journey
MINUTES = "/workspace/meetings/1/minutes/"
TEXT = f"{MINUTES}text/"
OTHER = ("其他事项", "Other business")
ONE, TWO, BOTH = "由各街道九月底前完成。", "由各街道十月底前完成，费用列入街道经费。", "由各街道九月底前完成，费用列入街道经费。"


@pytest.fixture(params=["zh", "en"])
def staff(chromium, demo, request):
    with People(chromium, demo, request.param) as them:
        them.eye = Eye()
        yield them


def typed(who: Visitor, words: str) -> None:
    """Type into the section on other business, and wait until the words are kept."""
    place = section(who, *OTHER)
    place.locator("textarea[name=text]").fill(words)
    expect(place.locator("[aria-live]")).not_to_be_empty()


def second_operator(staff: People) -> Visitor:
    """A colleague is given the operator's role, unless they have it already."""
    security = staff("security")
    security.open("/workspace/people/")
    security.read("王志强")
    if not security.main.locator("table").get_by_text(re.compile("会务|Meeting operator")).count():
        security.fill(role="operator")
        security.press("给岗位", "Give")
    return staff("wang")


def test_two_people_write_at_once_and_the_corrected_minutes_are_issued(staff):
    one, two, office = staff("wu"), second_operator(staff), staff("sun")
    mark = "路边停车位划线" if staff.language == "zh" else "小区停车位划线"
    one.open(MINUTES)
    one.unfold("更正", "Correct")
    one.fill(reason=f"{mark}漏记一项")
    one.press("开新版本", "Open a new version")

    one.open(TEXT)
    two.open(TEXT)
    typed(one, f"{mark}{ONE}")
    one.open(TEXT)
    assert section(one, *OTHER).locator("textarea[name=text]").input_value() == f"{mark}{ONE}"
    save(one, *OTHER, f"{mark}{ONE}")
    typed(two, f"{mark}{TWO}")
    expect(section(two, *OTHER).locator("[aria-live]")).to_contain_text(two.say("刚保存了", "just saved"))
    save(two, *OTHER, f"{mark}{TWO}")
    two.refused("别人已经保存了", "somebody saved version")
    clash = section(two, *OTHER).locator(".clash")
    expect(clash.locator(".c6").first).to_contain_text("九月底前")
    expect(clash.locator(".c6").last).to_contain_text("十月底前")
    two.shot("minutes-conflict", of=".clash", height=380)
    assert section(two, *OTHER).locator("textarea[name=text]").input_value() == f"{mark}{TWO}"
    save(two, *OTHER, f"{mark}{BOTH}")
    expect(section(two, *OTHER).locator(".clash")).to_have_count(0)
    one.open(TEXT)
    assert section(one, *OTHER).locator("textarea[name=text]").input_value() == f"{mark}{BOTH}"

    two.press("送区政府办", "Send to the office")
    comment_is_answered_before_the_issue(one, office, mark)
    the_correction_is_public_in_every_form(staff, mark)
    assert staff.eye is not None
    assert staff.eye.faults == []


def comment_is_answered_before_the_issue(one: Visitor, office: Visitor, mark: str) -> None:
    """The office remarks something, cannot issue over it, the operator works it in."""
    office.open(TEXT)
    place = section(office, *OTHER)
    if place.locator("details").last.get_attribute("open") is None:
        place.locator("summary").last.click()
    place.locator("textarea[name=comment]").fill(f"{mark}请写明日期")
    with office.page.expect_navigation():
        place.get_by_role("button", name=office.say("提批注", "Comment"), exact=True).click()
    office.open(MINUTES)
    office.press("印发", "Issue")
    office.refused("还有 1 条批注没有答复", "1 comments have no answer")
    one.open(TEXT)
    one.press("收回修改", "Take back to change")
    save(one, *OTHER, f"{mark}{BOTH}2026年10月底前办理。")
    waiting = section(one, *OTHER).locator(".clause").filter(has_text=f"{mark}请写明日期")
    waiting.locator("[name=answer]").fill("已写明。")
    with one.page.expect_navigation():
        waiting.get_by_role("button", name=one.say("答复", "Answer"), exact=True).click()
    one.press("送区政府办", "Send to the office")
    office.open(MINUTES)
    office.press("印发", "Issue")
    office.sees("已印发。", "Issued.")


def the_correction_is_public_in_every_form(staff: People, mark: str) -> None:
    """The page marks what changed; the files, opened again, say the same."""
    reader = staff.citizen()
    reader.open("/meetings/1/minutes/")
    reader.sees(f"{mark}漏记一项")
    expect(reader.main.locator("#versions ins").first).to_be_visible()
    files = {form: reader.page.request.get(f"/meetings/1/minutes.{form}").body() for form in ("docx", "pdf")}
    written = "".join(each.text for each in Document(io.BytesIO(files["docx"])).paragraphs)
    read = subprocess.run(["pdftotext", "-", "-"], input=files["pdf"], capture_output=True, check=True).stdout.decode()
    for words in (f"{mark}{BOTH}", "2026年10月底前办理。", "出席：", "列席："):
        assert words in written
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", read)


def test_a_template_with_an_unknown_field_is_refused_and_the_mended_one_is_used(staff, tmp_path):
    office = staff("sun")
    office.open("/workspace/templates/")
    for name, words, good in (("bad", "{{签发人}}", False), ("good", "本区自用格式", True)):
        made = Document(io.BytesIO(standard_template("minutes")))
        made.add_paragraph(words)
        made.save(str(tmp_path / f"{name}.docx"))
        place = office.main.locator("#minutes")
        place.locator("input[type=file]").set_input_files(tmp_path / f"{name}.docx")
        with office.page.expect_navigation():
            place.get_by_role("button", name=office.say("检查并启用", "Check and use")).click()
        if good:
            office.sees("模板已启用。", "The template is in use.")
        else:
            office.refused("没有这个字段：{{签发人}}。", "There is no field {{签发人}}.")
    file = office.page.request.get("/meetings/1/minutes.docx").body()
    assert "本区自用格式" in [each.text for each in Document(io.BytesIO(file)).paragraphs]
    place = office.main.locator("#minutes")
    place.locator("summary").click()
    with office.page.expect_navigation():
        place.get_by_role("button", name=office.say("改回标准模板", "Back to the standard template")).click()
    office.sees("标准模板", "standard template")
    assert staff.eye is not None
    assert staff.eye.faults == []
