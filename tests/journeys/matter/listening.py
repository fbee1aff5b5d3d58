"""Steps 2 and 3: the draft put before the public, three reviews, opinions from every door."""

from __future__ import annotations

import re
from pathlib import Path

from tests.journeys.matter.papers import CLAUSES, TITLE, Matter, draft_docx, opinions_csv, opinions_jsonl, opinions_xlsx
from tests.journeys.people import People, Visitor


def clerk_prepares_the_notice(people: People, matter: Matter, folder: Path) -> None:
    """Notice, draft (pasted, then from a DOCX), one clause mended; what is missing is named until nothing is."""
    clerk = people("zhao")
    clerk.open(f"/workspace/topics/{matter.topic}/")
    clerk.follow("征求意见", "Consultation")
    clerk.press("开始准备", "Begin")
    found = re.search(r"consultations/(\d+)/", clerk.page.url)
    assert found
    matter.consultation = int(found[1])
    clerk.sees("公开前还缺", "Before it can open")
    clerk.press("送审", "Send to review")
    clerk.refused("草案还没有分条录入。", "The draft has no clauses yet.")
    _notice(clerk)
    _draft(clerk, folder)
    clerk.open(f"/workspace/consultations/{matter.consultation}/")
    clerk.sees("公开的条件都已具备。", "Everything is there.")
    clerk.shot("consultation-ready")
    clerk.press("送审", "Send to review")
    clerk.sees("已送审。", "Sent to review.")


def _notice(clerk: Visitor) -> None:
    clerk.follow("填写公告", "The notice")
    clerk.fill(
        kind="major",
        summary="公园晚上开到十一点，广场舞十点停，遛狗九点后绕开儿童区。",
        effects="夜跑和散步的人 多四个小时",
        questions="路灯减半够不够亮？",
        contact="物业科 0000-0000001",
        ways="电话：0000-0000001，工作日\n纸质：各街道便民中心“明堂”信箱",
        announced_in="政府网站、公园各入口公告栏",
        closes_on="2026-03-20",
    )
    clerk.press("保存", "Save")
    clerk.sees("缺少冒号", "lacks a colon")
    assert clerk.page.input_value("[name=effects]") == "夜跑和散步的人 多四个小时"
    clerk.fill(effects="夜跑和散步的人：多四个小时。\n住在公园边的人：二十二时以后广场不放音响。\n养狗的人：二十一时以后绕开儿童区。")
    clerk.shot("consultation-notice")
    clerk.press("保存", "Save")
    clerk.sees("不足法定 30 日", "short of the required 30 days")
    clerk.follow("填写公告", "The notice")
    clerk.fill(closes_on="2026-04-07")
    clerk.press("保存", "Save")


def _draft(clerk: Visitor, folder: Path) -> None:
    clerk.follow("草案 0 条", "Draft, 0 clauses")
    clerk.press("分条并保存", "Split into clauses and save")
    clerk.sees("请粘贴草案或选择文件。", "Paste the draft or choose a file.")
    clerk.fill(text="\n".join(f"{label}　{words}" for label, words in CLAUSES[:2]))
    clerk.press("分条并保存", "Split into clauses and save")
    clerk.sees("识别出 2 条。", "2 clauses were recognised.")
    clerk.fill(text="", upload=draft_docx(folder))
    clerk.press("分条并保存", "Split into clauses and save")
    clerk.sees("第四条")
    clerk.shot("consultation-draft")
    clerk.follow("修改", "Edit", at="第二条")
    clerk.fill(heading="音响和照明", plain="晚上十点以后安静些、暗一些。", now_text="公园十九时关闭。")
    clerk.press("保存", "Save")
    clerk.sees("已保存第二条。", "第二条 is saved.")


def three_people_review_it(people: People, matter: Matter) -> None:
    """Three different people; the second returns it once, and all three begin anew."""
    address = f"/workspace/consultations/{matter.consultation}/"
    _pass(people("zheng"), address)
    second = people("wang")
    second.open(address)
    second.unfold("退回修改", "Return")
    second.page.locator("#rr").fill("请补一个回答问题的时间。")
    second.press("退回", "Return")
    clerk = people("zhao")
    clerk.open(address)
    clerk.sees("请补一个回答问题的时间。")
    clerk.press("送审", "Send to review")
    clerk.misses("请补一个回答问题的时间。")
    for name in ("zheng", "wang", "feng"):
        _pass(people(name), address)


def _pass(reviewer: Visitor, address: str) -> None:
    reviewer.open("/workspace/")
    reviewer.read(TITLE[:6])
    assert reviewer.page.url.endswith(address), reviewer.page.url
    button = reviewer.main.locator(f"form[action$='{address}review/'] button")
    with reviewer.page.expect_navigation():
        button.click()
    reviewer.sees("已通过这一道。", "Passed this stage.")


def clerk_opens_it(people: People, matter: Matter) -> None:
    """A public page, on the home page too."""
    clerk = people("zhao")
    clerk.open(f"/workspace/consultations/{matter.consultation}/")
    clerk.press("现在向社会公开", "Open to the public now")
    clerk.sees("已向社会公开。", "It is open to the public.")
    people.trace(matter.page, ("公开征求意见，至 2026-04-07 24:00", "Consultation open until 2026-04-07 24:00"))


def citizen_comments_on_a_clause(people: People, matter: Matter) -> None:
    """From the home page to a receipt that can be looked up again; the answer goes to a mailbox."""
    citizen = people.citizen()
    citizen.open("/")
    citizen.page.locator(f"main a[href$='/consultations/{matter.consultation}/']").first.click()
    citizen.page.locator("article.clause").nth(1).get_by_role("link").first.click()
    form = citizen.page.locator("form.say")
    form.locator("[name=stance][value=change]").check()
    form.locator("[name=text]").fill("路灯减半以后南门的台阶看不清，请留下台阶边的灯。我的电话 13800001234。")
    form.locator("summary").last.click()
    form.locator("[name=email]").fill("reader@example.org")
    with citizen.page.expect_navigation():
        form.get_by_role("button", name=citizen.say("提交，领回执", "Send and get a receipt")).click()
    citizen.sees("138████1234")
    citizen.press("照样提交", "Send it as it is")
    citizen.sees("收到了，请记下回执号", "Received. Please keep the receipt number")
    matter.receipt = citizen.page.locator(".rno b").inner_text()
    assert matter.receipt in people.house.letter("reader@example.org", matter.receipt)


def clerk_keys_in_what_came_on_paper(people: People, matter: Matter) -> None:
    """Source paper; the receipt is read to the writer, the source stays for the next one."""
    clerk = people("zhao")
    clerk.open(f"/workspace/consultations/{matter.consultation}/")
    clerk.follow("录入线下意见", "Key in")
    clerk.press("录入，接着下一条", "Save, next one")
    clerk.sees("填过的都还在", "what you typed is kept")
    clerk.fill(channel="paper", stance="for", text="支持开放，冬天开到九点就够了。", name="王秀英")
    clerk.shot("consultation-key-in")
    clerk.press("录入，接着下一条", "Save, next one")
    clerk.sees("已录入，回执号 QH-", "Keyed in; the receipt is QH-")
    assert clerk.main.locator("[name=channel][value=paper]").is_checked()
    clerk.fill(stance="against", text="都是骗人的，写的人没有脑子。")
    clerk.press("录入，接着下一条", "Save, next one")


def clerk_imports_files(people: People, matter: Matter, folder: Path) -> None:
    """CSV with two bad rows, named before anything is taken; XLSX; JSONL; once more does no harm."""
    clerk = people("zhao")
    address = f"/workspace/consultations/{matter.consultation}/opinions/import/"
    clerk.open(address)
    clerk.fill(upload=opinions_csv(folder), channel="on_site", text="正文")
    clerk.press("先预览", "Preview")
    clerk.refused("文件里没有这些列：正文", "The file has no such columns: 正文")
    assert clerk.page.input_value("[name=text]") == "正文"
    clerk.fill(upload=opinions_csv(folder), text="意见")
    clerk.press("先预览", "Preview")
    clerk.sees("可录入 3 行，有误 2 行", "3 good rows, 2 bad")
    clerk.sees("草案没有“第九条”。", "The draft has no “第九条”.")
    clerk.shot("consultation-import")
    clerk.press("录入 3 行", "Take 3 rows")
    clerk.sees("录入 3 条，另有 0 条早已录入。", "3 taken; 0 were there already.")
    for path, channel in ((opinions_xlsx(folder), "symposium"), (opinions_jsonl(folder), "phone")):
        clerk.open(address)
        clerk.fill(upload=path, channel=channel)
        clerk.press("先预览", "Preview")
        clerk.press("录入 1 行", "Take 1 rows")
        clerk.sees("录入 1 条", "1 taken")
    clerk.open(address)
    clerk.fill(upload=opinions_csv(folder), channel="on_site")
    clerk.press("先预览", "Preview")
    clerk.press("录入 3 行", "Take 3 rows")
    clerk.sees("录入 0 条，另有 3 条早已录入。", "0 taken; 3 were there already.")


def moderator_decides(people: People, matter: Matter) -> None:
    """One is abuse: withheld with its reason, a tombstone in its place; the rest are shown, numbers blacked out."""
    moderator = people("zhou")
    moderator.open(f"/workspace/consultations/{matter.consultation}/opinions/")
    moderator.press("显示选中的", "Show selected")
    moderator.sees("没有选中意见", "Nothing is selected")
    moderator.main.locator("tr").filter(has_text="没有脑子").locator("[name=opinion]").check()
    moderator.fill(code="abuse", note="请就事论事。")
    moderator.shot("consultation-moderate")
    moderator.press("提出不显示", "Propose to withhold")
    moderator.sees("1 条已提出不显示，等另一人确认。", "1 proposed to be withheld; somebody else confirms.")
    moderator.main.locator("input[data-all]").check()
    moderator.press("显示选中的", "Show selected")
    moderator.sees("已显示 7 条。", "7 shown.")
    second = people("xu")
    second.open(f"/workspace/consultations/{matter.consultation}/opinions/?state=proposed")
    second.main.locator("input[data-all]").check()
    second.press("确认不显示", "Confirm")
    second.sees("1 条不显示，原处留有说明。", "1 withheld; a note stands in their place.")
    reader = people.citizen()
    reader.open(f"/consultations/{matter.consultation}/opinions/")
    reader.sees("收到 8 条：已显示 7，待审核 0，依法不显示 1。", "8 received: 7 shown, 0 in moderation, 1 lawfully withheld.")
    reader.sees("依法不显示：侮辱、谩骂", "Lawfully withheld: Abuse")
    reader.sees("请就事论事。")
    reader.misses("没有脑子")
    reader.misses("13800001234")
    reader.open(f"/consultations/{matter.consultation}/")
    reader.sees("现场 3", "On site 3")
    reader.sees("纸质 2", "Paper 2")


def the_period_ends(people: People, matter: Matter) -> None:
    """After the closing day nothing can be sent on the web; the clerk closes and studies."""
    people.house.at("2026-04-08 09:00")
    citizen = people.citizen()
    citizen.open(f"/consultations/{matter.consultation}/say/")
    citizen.sees("不再收意见", "no longer taken")
    clerk = people("zhao")
    clerk.open(f"/workspace/consultations/{matter.consultation}/")
    button = clerk.main.get_by_role("button", name=clerk.say("截止，开始整理", "Close and study"))
    if button.count():  # the job of the house may have closed it already
        with clerk.page.expect_navigation():
            button.click()
    clerk.sees("已截止", "Closed")
