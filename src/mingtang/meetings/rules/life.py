"""States and arrows of a meeting and its items; the figures of the law."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingtang.kernel.parameters import Bound, Level, Parameter, Unit
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

MEETING = Workflow(
    "meeting",
    t("会议", "The meeting"),
    (
        State("planned", t("筹备中", "Planned")),
        State("frozen", t("议程已定", "Agenda frozen")),
        State("convened", t("已召集", "Convened")),
        State("running", t("进行中", "Running")),
        State("ended", t("已结束", "Ended")),
        State("closed", t("已办结", "Closed"), final=True),
        State("postponed", t("已延期", "Postponed")),
        State("cancelled", t("已取消", "Cancelled"), final=True),
    ),
    (
        arrow("freeze", ("planned", "frozen", "postponed"), "frozen", t("冻结议程", "freeze the agenda"), "1.1"),
        arrow("convene", "frozen", "convened", t("召集", "convene"), "3.2d"),
        arrow("start", "convened", "running", t("开始", "start"), "2.2"),
        arrow("end", "running", "ended", t("结束", "end"), "2.2"),
        arrow("close", "ended", "closed", t("办结", "close"), "2.3"),
        arrow("postpone", ("planned", "frozen", "convened"), "postponed", t("延期", "postpone"), "1.1", reason_required=True),
        arrow("cancel", ("planned", "frozen", "convened", "postponed"), "cancelled", t("取消", "cancel"), "1.1", reason_required=True),
    ),
)

ITEM = Workflow(
    "agenda_item",
    t("议程项", "The item"),
    (
        State("listed", t("待审议", "Listed")),
        State("running", t("审议中", "Under deliberation")),
        State("decided", t("已审议", "Deliberated"), final=True),
        State("adjourned", t("本次未审议", "Not reached"), final=True),
        State("withdrawn", t("已移出议程", "Taken off the agenda")),
    ),
    (
        arrow("begin", "listed", "running", t("开始审议", "begin"), "2.2"),
        arrow("state_adoption", "running", "running", t("说明意见采纳情况", "give the statement on adoption"), "2.2c"),
        arrow("decide", "running", "decided", t("作出决定", "decide"), "713 Art.30"),
        arrow("adjourn", "listed", "adjourned", t("留待以后审议", "adjourn"), "2.2"),
        arrow("withdraw", "listed", "withdrawn", t("移出议程", "take off the agenda"), "1.1"),
        arrow("relist", "withdrawn", "listed", t("重新列入", "put on again"), "2.2"),
    ),
)

OUTCOME_LABELS: dict[str, Text] = {
    "passed": t("通过", "Passed"),
    "passed_in_principle": t("原则通过", "Passed in principle"),
    "not_passed": t("不通过", "Not passed"),
    "deferred": t("暂缓", "Deferred"),
    "returned": t("退回", "Returned"),
}
SETTLING = frozenset({"passed", "passed_in_principle", "not_passed"})
ATTENDANCE_LABELS: dict[str, Text] = {
    "open": t("开放列席", "Open to representatives"),
    "partly": t("部分开放", "Partly open"),
    "closed": t("不开放", "Not open"),
}
PRESENCE_LABELS: dict[str, Text] = {
    "expected": t("未到", "Not here"),
    "present": t("到会", "Present"),
    "excused": t("请假", "Excused"),
    "left": t("已离席", "Left"),
}
OFFICE, LOCAL = (
    t("国办发〔2016〕80号及各地议事规则", "State Council Office 2016 No. 80 and local rules"),
    t("各地做法，本区可自定", "Local practice; each government may set its own"),
)
DECISIONS = t("《重大行政决策程序暂行条例》第三十条", "Decree 713 Art. 30")
REGULATION = t("政府会议开放制度 2.2", "The regulation on open government meetings, 2.2")
LOC, S713 = date(2026, 1, 1), date(2019, 9, 1)

FIGURES: tuple[Parameter, ...] = (
    Parameter(
        "agenda.materials_lead_days", t("材料报送提前", "Papers to the office ahead of the meeting"), 3, Unit.DAYS, LOC, OFFICE, Level.WARN
    ),
    Parameter("agenda.finalize_lead_workdays", t("议程确定提前", "Agenda settled ahead"), 2, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("agenda.report_max_chars", t("汇报材料字数上限", "Longest report"), 3000, Unit.CHARACTERS, LOC, LOCAL, Level.INFO),
    Parameter(
        "agenda.adoption_note_required",
        t("上会须附意见采纳情况说明", "The item carries the statement on adoption"),
        value=True,
        unit=Unit.YES_NO,
        since=LOC,
        source=REGULATION,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter("meeting.preview_days", t("会议预告提前", "Announced ahead"), 3, Unit.DAYS, LOC, LOCAL, Level.WARN),
    Parameter("meeting.notice_lead_days", t("会议通知提前", "Members told ahead"), 1, Unit.DAYS, LOC, LOCAL, Level.WARN),
    Parameter("meeting.quorum", t("法定到会人数", "Quorum of the members"), Fraction(1, 2), Unit.RATIO, LOC, LOCAL, Level.WARN),
    Parameter("meeting.speech_minutes", t("每次发言", "Time of one statement"), 3, Unit.MINUTES, LOC, LOCAL, Level.INFO),
    Parameter("meeting.break_minutes", t("休会", "A break"), 15, Unit.MINUTES, LOC, LOCAL, Level.INFO),
    Parameter(
        "meeting.head_speaks_last",
        t("行政首长最后发表意见", "The head speaks last"),
        value=True,
        unit=Unit.YES_NO,
        since=S713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "meeting.dissent_recorded",
        t("不同意见如实载明", "Dissent is recorded"),
        value=True,
        unit=Unit.YES_NO,
        since=S713,
        source=DECISIONS,
        level=Level.HARD,
        floor=True,
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "meeting.major_only_in",
        t("重大决策只在全体、常务会议决定", "Major decisions only in plenary or executive meetings"),
        "plenary,executive",
        Unit.WORD,
        S713,
        DECISIONS,
        Level.HARD,
        floor="plenary,executive",
        bound=Bound.EXACTLY,
    ),
    Parameter(
        "live.retain_days",
        t("直播记录保存", "Recordings of broadcasts are kept"),
        60,
        Unit.DAYS,
        date(2016, 12, 1),
        t("《互联网直播服务管理规定》第十六条", "Rules on live streaming, Art. 16"),
        Level.HARD,
        floor=60,
    ),
)
