"""Sample data of the living page; the figures add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from mingtang.kernel.decision import no
from mingtang.kernel.text import NOTHING, Text, t
from mingtang.platform.clock import at_hour, day_of
from mingtang.platform.web.chain import ChainEntry, DocumentLink, Progress, Stage, Tombstone
from mingtang.platform.web.desk import ComingDay, DeskItem
from mingtang.platform.web.fields import DayField, FilesField, Form, InstantField, many_of, one_of, passage, tick, words


class Specimen(Form):
    """One field of each kind."""

    title = words(t("议题名称", "Title of the matter"), hint=t("写成居民看得懂的话", "In words residents understand"))
    stance = one_of(
        t("您的态度", "Your stance"),
        [("for", t("赞成", "For")), ("change", t("建议修改", "Change it")), ("against", t("反对", "Against"))],
        radio=True,
    )
    forms = many_of(
        t("会议开放形式", "Forms of openness"),
        [("attend", t("代表列席", "Attendance")), ("live", t("网络直播", "Live stream"))],
        required=False,
    )
    kind = one_of(
        t("会议", "Meeting"),
        [("a", t("常务会议", "Executive meeting")), ("b", t("全体会议", "Plenary meeting"))],
        empty=t("请选择", "Please choose"),
    )
    closes_on = DayField(label=t("截止日期", "Closing day"), help_text=t("形如 2026-12-23", "Like 2026-12-23"))
    starts_at = InstantField(label=t("开始时间", "Begins at"), required=False)
    text = passage(
        t("写下意见", "Your opinion"),
        hint=t("写清哪里、怎么改。请勿写身份证号、手机号。", "Say where and how. Leave out identity and phone numbers."),
    )
    papers = FilesField(label=t("附件", "Attachments"), required=False, help_text=t("最多 3 个", "Up to 3"))
    shown = tick(t("公开这条意见", "Show this opinion publicly"))


@dataclass(frozen=True, slots=True)
class Counts:
    """What a ratio bar reads."""

    adopted: int = 0
    partly: int = 0
    covered: int = 0
    not_adopted: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All opinions together."""
        return self.adopted + self.partly + self.covered + self.not_adopted + self.other


NO_HOME = no(
    t("还有 3 条意见没有着落。", "3 opinions still have no home."),
    "2.1e",
    t("把 3 条归组、单独答复，或注明依法不公开。", "Group them, answer them singly, or name the legal ground for withholding."),
    code="homeless",
)
DOCUMENTS = (
    DocumentLink("老旧小区加装电梯补助实施办法", "#documents", number="清政规〔2026〕4 号", format="PDF", size_bytes=416 * 1024),
    DocumentLink("一图读懂：您家那栋楼能补多少", "#documents", kind=t("解读", "Interpretation"), format="HTML"),
    DocumentLink(
        "关于进一步规范城区共享单车停放秩序和骨干道路临时占道审批衔接工作的若干规定",
        "#documents",
        number="清政规〔2026〕3 号",
        format="DOCX",
        size_bytes=1_258_291,
    ),
)


def tomb_of(today: date) -> Tombstone:
    """Something lawfully withheld, to be looked at again in a year."""
    return Tombstone(
        t("合法性审查意见书全文（4 页）", "the legality opinion in full (4 pages)"),
        t("过程性信息", "information of an ongoing process"),
        "711 Art.16",
        t("区政府办", "the district office"),
        today + timedelta(days=365),
        "#tomb",
    )


def stages_of(today: date, *, late: bool) -> list[Stage]:
    """Eight stages: in good time, or with the adoption report late."""
    told = (
        ("plan", t("计划", "Plan"), -308, t("每年编制", "Every year"), t("已列入", "Listed"), "3.1"),
        ("declare", t("申报", "Declared"), -141, t("随表报批", "With approval"), t("同日批准", "Same day"), "3.2"),
        (
            "consult",
            t("征求意见", "Consultation"),
            -113,
            t("法定 30 日", "30 days by law"),
            t("实际 32 日", "32 days in fact"),
            "713 Art.15",
        ),
        ("report", t("采纳报告", "Adoption report"), -63, t("20 日内", "Within 20 days"), t("截止后 18 日", "After 18 days"), "2.1"),
        ("meet", t("上会", "Meeting"), -33, t("提前 2 日告知", "Notice of 2 days"), t("提前 3 日", "3 days"), "3.2"),
        ("result", t("结果", "Result"), -28, t("5 个工作日", "5 working days"), t("3 个工作日", "3 working days"), "2.3"),
        ("follow", t("跟进", "Follow-up"), 37, t("公布改进", "Improvements"), t("已 27 日", "Day 27"), "2.3"),
        ("evaluate", t("评估", "Evaluation"), 59, t("会后评估", "After the meeting"), NOTHING, "3.4"),
    )
    here = 3 if late else 6
    found = []
    for index, (code, label, days, rule, fact, basis) in enumerate(told):
        progress = Progress.DONE if index < here else Progress.NEXT
        until: Text = NOTHING
        if index == here:
            progress = Progress.LATE if late else Progress.NOW
            until = t("逾期 6 日", "6 days late") if late else t("至 {day}", "until {day}", day=today + timedelta(days=days))
            fact = t("已 26 日", "Day 26") if late else fact  # noqa: PLW2901 - the specimen of the late column
        known = index <= here or not late
        found.append(
            Stage(
                code,
                label,
                progress,
                today + timedelta(days=days) if known else None,
                until,
                rule,
                fact if index <= here else NOTHING,
                basis,
            )
        )
    return found


def entries_of(now: datetime) -> list[ChainEntry]:
    """Eight steps of a matter, newest first."""
    today = day_of(now)
    told = (
        (
            4,
            t("公布改进：补助申请可由楼长代办", "Improvement: a house elder may hand in the form"),
            t("据 4 位居民的后续意见，第九条增加“可委托楼长代办”。", "After 4 later opinions Article 9 lets a house elder act."),
            DOCUMENTS[:1],
            None,
        ),
        (
            28,
            t("公布结果与政策解读", "Result and interpretation published"),
            t("会议通过，补助比例由 50% 提到 60%。", "Passed; the share rises from 50% to 60%."),
            DOCUMENTS,
            None,
        ),
        (
            42,
            t("合法性审查通过", "Legality review passed"),
            t("法定不少于 7 个工作日，实际 9 个工作日。", "At least 7 working days by law, 9 in fact."),
            (),
            tomb_of(today),
        ),
        (
            63,
            t("公布意见采纳情况报告", "Adoption report published"),
            t("412 条意见逐条有着落。", "Each of 412 opinions has its home."),
            (),
            None,
        ),
        (
            113,
            t("公开征求意见", "Public consultation"),
            t("网上 268 条，座谈 71 条，电话 49 条，纸质 24 条。", "268 online, 71 at meetings, 49 by phone, 24 on paper."),
            (),
            None,
        ),
        (130, t("专家论证", "Expert review"), t("专家 7 人。", "7 experts."), (), None),
        (141, t("申报并批准", "Declared and approved"), NOTHING, (), None),
        (308, t("列入年度计划", "Listed in the plan of the year"), NOTHING, (), None),
    )
    return [
        ChainEntry(at_hour(today - timedelta(days=days), 9, 30), title, body, documents, tomb=tomb)
        for days, title, body, documents, tomb in told
    ]


YEAR_ENDS, FITS = 38, 40  # the day after which the year is new; the day before which words fit to the right


class SamplePlan:
    """A drawn plan of three steps whose wished day cannot be kept; stands for the planner of topics."""

    feasible = False
    provisional = True
    spare = -29

    def __init__(self, today: date) -> None:
        self.wished = today + timedelta(days=24)
        self.earliest = today + timedelta(days=53)
        spans = (
            (t("申报报批", "Approval"), 0, 3, False, t("3 日，制度 3.2", "3 days, Regulation 3.2")),
            (t("征求意见", "Consultation"), 3, 33, True, t("满 30 日，《决策条例》第十五条", "30 full days, Decree 713 Art. 15")),
            (t("合法性审查", "Legality review"), 40, 52, True, t("7 个工作日，第二十六条", "7 working days, Art. 26")),
        )
        self.rows = [
            {
                "label": label,
                "first": today + timedelta(days=first),
                "last": today + timedelta(days=last),
                "blocked": blocked,
                "law": law,
                "latest_last": None,
                "provisional": last > YEAR_ENDS,
            }
            for label, first, last, blocked, law in spans
        ]
        self._spans = spans
        self._today = today

    def drawing(self) -> dict[str, Any]:
        """Coordinates on a ground of 1176 units, 17 a day."""

        def x(days: int) -> int:
            return 132 + days * 17

        mondays = [n for n in range(60) if (self._today + timedelta(days=n)).weekday() == 0]
        rows = []
        for index, (label, first, last, blocked, law) in enumerate(self._spans):
            split = first < 24 < last  # noqa: PLR2004 - the wished day
            rows.append(
                {
                    "bar_y": 86 + 49 * index,
                    "text_y": 102 + 49 * index,
                    "line_y": 121 + 49 * index,
                    "label": label,
                    "begin": x(first),
                    "width": x(24 if split else last) - x(first),
                    "rest_x": x(24) if split else None,
                    "rest_width": x(last) - x(24),
                    "blocked": blocked and not split,
                    "words": law,
                    "late": blocked,
                    "words_x": x(last) + 8 if last < FITS else x(first) - 8,
                    "anchor": "start" if last < FITS else "end",
                }
            )
        return {
            "width": 1176,
            "height": 300,
            "bottom": 268,
            "meet_y": 249,
            "wished_x": x(24),
            "earliest_x": x(53),
            "rows": rows,
            "ticks": [{"x": x(n), "label": (self._today + timedelta(days=n)).strftime("%m-%d")} for n in mondays],
            "weekends": [{"x": x(n + 5), "width": 34} for n in mondays],
        }


def desk_of(today: date) -> list[DeskItem]:
    """One row of each kind of clock."""
    reply, review, group = t("写答复", "Reply"), t("审核", "Review"), t("去归组", "Group")
    ago = today - timedelta(days=7)
    return [
        DeskItem(
            t("会后评估未提交", "The evaluation is missing"), "", "#desk", reply, "3.4", due_on=today - timedelta(days=2), began_on=ago
        ),
        DeskItem(
            t("审核新到意见 17 条", "Moderate 17 opinions"),
            "",
            "#desk",
            review,
            "2.1",
            sub=t("2 条含手机号，已遮蔽", "2 with a phone number, masked"),
            due_on=today,
            began_on=ago,
        ),
        DeskItem(
            t("143 条意见没有着落", "143 opinions without a place"),
            "",
            "#desk",
            group,
            "2.1e",
            due_on=today + timedelta(days=8),
            began_on=ago,
        ),
        DeskItem(t("申报表草稿", "Draft of a declaration"), "", "#desk", t("接着填", "Continue"), "3.2"),
    ]


def days_of(today: date) -> list[ComingDay]:
    """Three days to come."""
    path = str(t("滨水步道夜间照明", "Riverside lighting"))
    return [
        ComingDay(today + timedelta(days=3), t("征求意见截止，开始归组答复", "Consultation closes; grouping begins"), path, "", "24:00"),
        ComingDay(
            today + timedelta(days=4), t("第 20 次常务会议，您部门第 2 项", "Executive meeting no. 20, your item 2"), path, "", "09:00"
        ),
        ComingDay(today + timedelta(days=11), t("公布审议结果最后一日", "Last day to publish the result"), path, ""),
    ]
