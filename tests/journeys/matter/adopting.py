"""Step 4: every opinion in one place, answers with reasons, two signatures, the report."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.matter.papers import TITLE, Matter, note
from tests.journeys.people import People, Visitor

LIGHT = "路灯减半要留下台阶边的灯"
DOGS = "下夜班的人怎么遛狗"
HOURS = "支持夜间开放"


def the_report_is_refused_while_an_opinion_has_no_place(people: People, matter: Matter) -> None:
    """Each unmet duty is listed; what was typed stays."""
    clerk = people("zhao")
    clerk.open(f"/workspace/consultations/{matter.consultation}/report/")
    clerk.sees("还有 7 条意见没有着落（共 8 条）。", "7 of 8 opinions have no place yet.")
    clerk.sees("报告还没有逐级签署完。", "Not every level has signed the report.")
    clerk.press("报批", "Submit for signature")
    clerk.refused("还有 7 条意见没有着落", "7 of 8 opinions have no place yet")
    clerk.refused("报告没有写总体情况。", "The report has no introduction.")


def clerk_groups_them(people: People, matter: Matter) -> None:
    """Group, move, split, merge, rename; one answered singly; the counter reaches nought."""
    clerk = people("zhao")
    desk = f"/workspace/consultations/{matter.consultation}/grouping/"
    clerk.open(desk)
    clerk.sees("8 条意见里，7 条没有着落", "7 of 8 opinions without a home")
    clerk.shot("grouping")
    clerk.press("归组", "Group")
    clerk.sees("没有选中意见", "Nothing is selected")
    _tick(clerk, "老人看不清台阶", "路灯减半要留下", "南门的台阶")
    clerk.fill(title=LIGHT)
    clerk.press("归组", "Group")
    clerk.sees("已归组 3 条。", "3 grouped.")
    _tick(clerk, "还想散步")
    clerk.fill(title=HOURS)
    clerk.press("归组", "Group")
    _tick(clerk, "冬天开到九点")
    clerk.fill(title="冬天")
    clerk.press("归组", "Group")
    _tick(clerk, "怎么遛狗")
    clerk.choose("group", "冬天")
    clerk.press("归组", "Group")
    _split(clerk, desk)
    _merge(clerk, desk)
    _tick(clerk, "值守电话要有人接")
    clerk.unfold("单独答复选中的", "Answer the selected singly")
    clerk.fill(verdict="covered", reason="第四条已规定值守电话在各入口公布，并由城管队员接听。", landed_in="第四条")
    clerk.press("单独答复", "Answer")
    clerk.sees("8 条意见都有着落", "All 8 opinions have their home")


def _tick(clerk: Visitor, *words: str) -> None:
    for each in words:
        clerk.main.locator("tr").filter(has_text=each).locator("[name=opinion]").first.check()


def _split(clerk: Visitor, desk: str) -> None:
    clerk.open(desk)
    clerk.read("冬天")
    _tick(clerk, "怎么遛狗")
    clerk.page.locator("#sp").fill(DOGS)
    clerk.press("拆出", "Split")
    clerk.sees("已归组 1 条。", "1 grouped.")


def _merge(clerk: Visitor, desk: str) -> None:
    clerk.open(desk)
    clerk.read("冬天")
    clerk.choose("into", HOURS)
    clerk.press("合并", "Merge")
    clerk.sees("已合并。", "Merged.")


def clerk_answers_the_groups(people: People, matter: Matter) -> None:
    """A verdict without its reason is refused and what was typed stays; then every group is answered."""
    clerk = people("zhao")
    desk = f"/workspace/consultations/{matter.consultation}/grouping/"
    answers = {
        LIGHT: {"verdict": "adopted", "landed_in": "第二条", "reason": "台阶、坡道和出入口的灯不减。"},
        HOURS: {"verdict": "partly", "landed_in": "第一条", "reason": "夏季到二十三时，冬季改为二十一时三十分。"},
        DOGS: {"verdict": "not_adopted", "reason": "儿童活动区面积小，夜里照明有限，遛狗可走环湖步道。"},
    }
    for title, answer in answers.items():
        clerk.open(desk)
        clerk.read(title)
        if title == DOGS:
            clerk.fill(verdict="not_adopted", landed_in="第三条")
            clerk.press("保存答复", "Save the answer")
            clerk.refused("要说明理由", "needs a reason")
            assert clerk.page.input_value("[name=landed_in]") == "第三条"
            clerk.fill(landed_in="")
        clerk.fill(**answer)
        clerk.press("保存答复", "Save the answer")
        clerk.sees("已保存答复。", "The answer is saved.")


def the_report_is_signed_and_published(people: People, matter: Matter, folder: Path) -> None:
    """The clerk writes, the head and the office sign, the clerk publishes, the authors are told."""
    clerk, address = people("zhao"), f"/workspace/consultations/{matter.consultation}/report/"
    clerk.open(address)
    clerk.fill(
        number="清住建〔2026〕12 号", intro="2026-03-04 至 2026-04-07 公开征求意见，网上、纸质、现场、座谈、电话共 8 条。逐组处理如下。"
    )
    clerk.press("保存", "Save")
    clerk.press("报批", "Submit for signature")
    clerk.sees("报告已报批。", "The report is in approval.")
    clerk.shot("report-signing")
    for name, said in (
        ("qian", ("签署：部门负责人", "Sign: Department head")),
        ("sun", ("签署：区政府办", "Sign: Government office")),
    ):
        signer = people(name)
        signer.open("/workspace/")
        signer.read(TITLE[:6])
        signer.press(*said)
    clerk.open(address)
    clerk.press("公布报告", "Publish")
    clerk.sees("采纳情况报告已公布。", "The adoption report is published.")
    people.trace(matter.page, ("公布意见采纳情况报告", "Adoption report published"))
    people.trace(f"/consultations/{matter.consultation}/report/", (LIGHT, LIGHT), (DOGS, DOGS), ("冬季改为", "冬季改为"))
    _author_is_told(people, matter)
    clerk_attaches_the_statement(people, matter, folder)


def clerk_attaches_the_statement(people: People, matter: Matter, folder: Path) -> None:
    """What the department will read out at the meeting."""
    clerk = people("zhao")
    clerk.open(f"/workspace/topics/{matter.topic}/documents/add/")
    clerk.fill(kind="adoption_note", title="意见征集和采纳情况说明", upload=note(folder, "note.md", "收到意见 8 条。"))
    clerk.press("附上", "Attach")


def _author_is_told(people: People, matter: Matter) -> None:
    assert f"{people.house.address}/r/{matter.receipt}/" in people.house.letter("reader@example.org", "意见采纳情况报告已公布")
    reader = people.citizen()
    reader.open("/r/")
    reader.fill(code=matter.receipt.lower())
    reader.press("查询", "Find")
    reader.sees("台阶、坡道和出入口的灯不减。")
    reader.sees("落在 第二条", "Landed in 第二条")
    answer = reader.page.request.get(f"/consultations/{matter.consultation}/report/opinions.csv")
    assert len(answer.text().strip().splitlines()) == 9
    assert "13800001234" not in answer.text()


def the_remaining_steps_are_done(people: People, matter: Matter, folder: Path) -> None:
    """Legality took its seven working days; participation is done; the meeting paper is attached."""
    clerk = people("zhao")
    for kind, fields in (
        ("legality", {"status": "done", "done_on": "2026-03-20", "outcome": "lawful"}),
        ("participation", {"status": "done", "done_on": "2026-04-08", "people": 8}),
    ):
        clerk.open(f"/workspace/topics/{matter.topic}/steps/{kind}/")
        clerk.fill(**fields)
        clerk.press("记录", "Record")
        clerk.sees("已记录。", "Recorded.")
    clerk.open(f"/workspace/topics/{matter.topic}/documents/add/")
    clerk.fill(kind="material", title="关于提请审议夜间开放办法的汇报", upload=note(folder, "paper.md", "请审议。"), disclosure="open")
    clerk.press("附上", "Attach")
