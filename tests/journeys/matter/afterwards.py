"""Steps 7 and 8: suggestions, minutes with every name, the result after three reviews."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from tests.journeys.matter.papers import Matter
from tests.journeys.people import People, Visitor

GOOD = "入口处写清夜间值守电话，字要大。"
ODD = "把公园改成停车场。"
DECISION = "# 河湾公园夜间开放管理办法\n\n第一条　夏季开放到二十三时，冬季到二十一时三十分。"


def operator_writes_down_what_they_said(people: People, matter: Matter) -> None:
    """Two suggestions and a line of the internal record."""
    operator = people("wu")
    operator.open(f"/workspace/meetings/{matter.meeting}/minutes/")
    for name, words in (("林晓", GOOD), ("陈大力", ODD)):
        operator.choose("invitation", name)
        operator.page.locator("#say_text").fill(words)
        operator.press("记录建议", "Record")
        operator.sees("已记录建议。", "Recorded.")
    operator.open(f"/workspace/meetings/{matter.meeting}/record/")
    operator.unfold("记一条", "Add a line")
    operator.fill(speaker="副区长")
    operator.page.locator("#rec_text").fill("建议先试行一年。")
    operator.fill(dissent=True)
    operator.press("记入", "Add")
    operator.sees("不同意见", "Dissent")


def minutes_wait_for_every_suggestion_and_name(people: People, matter: Matter) -> None:
    """Refused while a suggestion is not judged, and while a name is missing; then circulated."""
    operator, address = people("wu"), f"/workspace/meetings/{matter.meeting}/minutes/"
    operator.open(address)
    operator.press("从会议记录汇集", "Compose from what happened")
    operator.press("送区政府办", "Send to the office")
    operator.refused("还有 2 条代表建议没有判断是否合理。", "2 suggestions are not judged yet.")
    operator.shot("minutes-refused")
    office = people("sun")
    office.open(address)
    office.press("合理，写入", "Reasonable")
    office.open(address)
    odd = office.main.locator("article").filter(has_text=ODD)
    with office.page.expect_navigation():
        odd.get_by_role("button", name=office.say("不写入", "Leave out")).click()
    office.refused("要说明理由", "needs a reason")
    odd.locator("[name=reason]").fill("公园用地不能改变用途。")
    with office.page.expect_navigation():
        odd.get_by_role("button", name=office.say("不写入", "Leave out")).click()
    office.main.locator("article").filter(has_text=GOOD).locator("summary").click()
    good = office.main.locator("article").filter(has_text=GOOD)
    good.locator("[name=reply]").fill("已写进办法附则。")
    with office.page.expect_navigation():
        good.get_by_role("button", name=office.say("答复", "Answer"), exact=True).click()
    operator.open(address)
    operator.press("从会议记录重新汇集", "Compose anew")
    listed = section(operator, "列席代表", "Representatives").locator("textarea[name=text]").input_value()
    save(operator, "出席", "Present", "区长\n常务副区长\n区住房和城乡建设局局长")
    save(operator, "列席代表", "Representatives", listed.replace("陈大力", ""))
    operator.press("送区政府办", "Send to the office")
    operator.refused("列席名单里缺陈大力。", "陈大力 is missing from the attendance list.")
    operator.open(f"{address}text/")
    save(operator, "列席代表", "Representatives", listed)
    operator.press("送区政府办", "Send to the office")
    operator.sees("已送审。", "Sent to the office.")


def section(who: Visitor, zh: str, en: str) -> Locator:
    """A section of the text of the minutes, by its heading."""
    heading = who.page.get_by_role("heading", name=who.say(zh, en), exact=True)
    return who.main.locator("section.sect").filter(has=heading).first


def save(who: Visitor, zh: str, en: str, words: str) -> None:
    """Write a section and save it."""
    place = section(who, zh, en)
    place.locator("textarea[name=text]").fill(words)
    with who.page.expect_navigation():
        place.get_by_role("button", name=re.compile("^(保存本节|按定稿保存|Save)")).click()


def office_issues_them(people: People, matter: Matter) -> None:
    """The public bulletin with the suggestion and the names as the regulation asks; DOCX and PDF."""
    office = people("sun")
    office.open(f"/workspace/meetings/{matter.meeting}/minutes/")
    office.press("印发", "Issue")
    office.sees("已印发。", "Issued.")
    reader = people.citizen()
    reader.open(f"/meetings/{matter.meeting}/minutes/")
    reader.sees(GOOD)
    reader.sees("公园用地不能改变用途。")
    assert ODD not in reader.main.locator("article").first.inner_text()
    reader.misses("先试行一年")
    for form, first in (("docx", b"PK"), ("pdf", b"%PDF")):
        answer = reader.page.request.get(f"/meetings/{matter.meeting}/minutes.{form}")
        assert answer.ok
        assert answer.body().startswith(first)
    people.trace(matter.page, ("印发会议纪要", "Minutes issued"))


def the_result_is_published(people: People, matter: Matter) -> None:
    """Drafted by the clerk, returned once, three reviewers, a time set by the server; on every page."""
    clerk = people("zhao")
    clerk.open("/workspace/")
    clerk.turn_to("审核发布", "Releases")
    clerk.follow("起草发布件", "Draft a release")
    clerk.fill(topic=str(matter.topic), kind="result", title="河湾公园夜间开放管理办法审议结果")
    clerk.press("保存", "Save")
    clerk.sees("填过的都还在", "what you typed is kept")
    clerk.fill(body=DECISION)
    clerk.press("保存", "Save")
    found = re.search(r"releases/(\d+)/", clerk.page.url)
    assert found
    address = f"/workspace/releases/{found[1]}/"
    clerk.shot("release")
    clerk.press("送审", "Send to review")
    first = people("zheng")
    first.open(address)
    first.unfold("退回", "Return")
    first.page.locator("#rt").fill("请写文号。")
    first.press("退回", "Return")
    clerk.open(address)
    clerk.sees("请写文号。")
    clerk.fill(number="清住建〔2026〕15 号")
    clerk.press("保存", "Save")
    clerk.press("送审", "Send to review")
    for name in ("zheng", "wang", "feng"):
        reviewer = people(name)
        reviewer.open(address)
        reviewer.press("通过", "Pass")
        reviewer.sees("已通过这一道。", "Passed.")
    clerk.open(address)
    clerk.press("发布", "Publish")
    clerk.sees("已发布。", "Published.")
    title = "河湾公园夜间开放管理办法审议结果"
    people.trace(f"/results/{found[1]}/", ("二十一时三十分", "二十一时三十分"))
    people.trace("/results/", (title, title))
    people.trace(f"/meetings/{matter.meeting}/", (title, title))
    people.trace("/", ("河湾公园夜间开放管理办法", "Rules on the night opening"), ("通过", "Passed"))
    people.trace(matter.page, ("结果已公布", "Result published"))
