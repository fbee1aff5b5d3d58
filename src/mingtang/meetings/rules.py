"""START HERE. States of a meeting and its items, and what may be put on an agenda (1.1a, 2.2c, 3.1a, 3.2a)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Bound, Figures, Level, Parameter, Unit
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow
from mingtang.platform.clock import day_of

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


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What the gate to the agenda needs to know of a matter."""

    approved: bool
    has_forms: bool
    consulted: bool
    needs_consultation: bool
    reported: bool
    has_statement: bool
    has_material: bool
    on_agenda_elsewhere: bool = False


@carries("2.1e", "2.2c", "3.2a", title=t("上会条件", "Conditions for the agenda"))
def may_put_on_agenda(facts: ItemFacts, tabled: Decision) -> Decision:
    """2.1, 2.2c, 3.1a, 3.2a: approved, opened, listened to, reported, with statement and papers.

    `tabled` is the five-step gate of the matter (`topics.rules.may_be_tabled`).
    """
    return all_of(_approved(facts), _elsewhere(facts), *_listened(facts), tabled, *_papers(facts))


def _approved(facts: ItemFacts) -> Decision:
    if facts.approved and facts.has_forms:
        return YES
    return no(
        t("议题的开放形式和代表类别还没有批准。", "Form of openness and audiences are not approved."),
        "3.2a",
        t("先完成申报表的逐级审批。", "Finish the approval of the declaration."),
        code="not_approved",
    )


def _elsewhere(facts: ItemFacts) -> Decision:
    if not facts.on_agenda_elsewhere:
        return YES
    return no(
        t("这件议题已列入另一次未结束的会议。", "The matter is on the agenda of another meeting."),
        "1.1",
        t("先从那次会议的议程移出。", "Take it off that agenda first."),
        code="elsewhere",
    )


def _listened(facts: ItemFacts) -> list[Decision]:
    if facts.needs_consultation and not facts.consulted:
        return [
            no(
                t("草案和依据还没有公开征求意见。", "Draft and basis were not put before the public."),
                "2.1a",
                t("重大事项会前须公开征求意见。", "A major matter is consulted on before its meeting."),
                code="not_consulted",
            )
        ]
    if facts.consulted and not facts.reported:
        return [
            no(
                t("征求意见的采纳情况报告还没有公布。", "The adoption report is not published."),
                "2.1e",
                t(
                    "归组答复全部意见，签署并公布采纳报告后再列入议程。",
                    "Answer every opinion, have the report signed and publish it, then put it on the agenda.",
                ),
                code="not_reported",
            )
        ]
    return []


def _papers(facts: ItemFacts) -> list[Decision]:
    found = []
    if facts.consulted and not facts.has_statement:
        found.append(
            no(
                t("没有附“意见征集和采纳情况说明”。", "The statement on solicitation and adoption is missing."),
                "2.2c",
                t(
                    "在议题档案附上这份说明，审议时由牵头部门宣读。",
                    "Attach it in the dossier; the drafting department gives it at the meeting.",
                ),
                code="no_statement",
            )
        )
    if not facts.has_material:
        found.append(
            no(
                t("没有附会议审议材料。", "The meeting paper is missing."),
                "3.2",
                t("在议题档案附上“会议审议材料”。", "Attach the meeting paper in the dossier."),
                code="no_material",
            )
        )
    return found


@carries("1.1a", title=t("议程不能为空", "An agenda is not empty"))
def may_freeze(starts_at: datetime, now: datetime, refusals: tuple[Decision, ...]) -> Decision:
    """An agenda has items, each of which still passes its gate (`refusals`, one answer an item), and a day to come."""
    if not refusals:
        return no(t("议程里还没有议题。", "The agenda has no items."), "1.1", t("先列入议题。", "Put matters on it first."), code="empty")
    ahead = (
        YES
        if now < starts_at
        else no(
            t("会议时间已经过了。", "The meeting's time has passed."),
            "1.1",
            t("先改会议时间，再冻结议程。", "Change its day and time, then freeze the agenda."),
            code="past",
        )
    )
    return all_of(ahead, *refusals)


def may_convene_agenda(*, as_frozen: bool) -> Decision:
    """A meeting is convened on the agenda the public has seen: the last frozen version."""
    if as_frozen:
        return YES
    return no(
        t(
            "冻结以后议程又改过，公众看到的还是旧的一版。",
            "The agenda was changed after it was frozen; the public still sees the old version.",
        ),
        "1.1",
        t("再冻结一次，成为新的一版，然后召集。", "Freeze it again as the next version, then convene."),
        code="not_frozen",
    )


def timing(starts_at: datetime, now: datetime, materials_at: datetime | None, figures: Figures, calendar: WorkCalendar) -> Decision:
    """Yes, with a warning for each local lead time that is not kept: papers, agenda, announcement.

    `materials_at` is when the last meeting paper came in; None when there is none yet (the gate refuses then).
    """
    day, today = day_of(starts_at), day_of(now)
    lead, settle, ahead = (
        figures.number(f"{key}") for key in ("agenda.materials_lead_days", "agenda.finalize_lead_workdays", "meeting.preview_days")
    )
    said = []
    if materials_at and (day - day_of(materials_at)).days < lead:
        said.append(t("有材料在会前不足 {n} 日才报送。", "A paper came in less than {n} days ahead.", n=lead))
    if calendar.working_days_between(today, day) < settle:
        said.append(t("现在离会议不足 {n} 个工作日。", "Less than {n} working days are left before the meeting.", n=settle))
    if (day - today).days < ahead:
        said.append(t("预告离会议不足 {n} 日。", "The announcement comes less than {n} days ahead.", n=ahead))
    return warn(*said)


def may_begin(meeting_state: str, *, other_running: bool) -> Decision:
    """Items are deliberated while the meeting runs, one at a time."""
    if meeting_state != "running":
        return no(
            t(
                "会议现在是“{state}”，不能审议议题。",
                "The meeting is “{state}”; no item can be deliberated.",
                state=MEETING.label(meeting_state),
            ),
            "2.2",
            t("会议开始以后再审议。", "Items are deliberated once it has begun."),
            code="wrong_state",
        )
    if other_running:
        return no(
            t("上一项还没有结束。", "Another item is still running."),
            "2.2",
            t("先记录上一项的决定。", "Record its decision first."),
            code="running",
        )
    return YES


@carries("2.2c", title=t("审议时说明意见征集和采纳情况", "The statement on adoption is given during deliberation"))
def may_decide(outcome: str, *, consulted: bool, statement_given: bool) -> Decision:
    """2.2c: a consulted matter is decided after its drafting department gave the statement."""
    if outcome not in OUTCOME_LABELS:
        return no(t("请选择审议结果。", "Choose the outcome."), "713 Art.30", code="outcome")
    if consulted and not statement_given:
        return no(
            t("牵头部门还没有说明意见征集和采纳情况。", "The drafting department has not given the statement on adoption."),
            "2.2c",
            t("先记录说明的时间，再作决定。", "Record the statement, then the decision."),
            code="no_statement",
        )
    return YES


def version_letter(number: int) -> str:
    """The name of an agenda version: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def forecast(attended: int, least: int, today: date) -> Decision:
    """2.2b: whether the year is on its way to its attended meetings; late when the pace is behind."""
    wanted = least * today.timetuple().tm_yday / 365
    if attended >= least or attended >= wanted - 1:
        return YES
    return no(
        t(
            "今年邀请代表列席 {n} 次，原则上不少于 {least} 次。",
            "{n} attended meetings this year; at least {least} are the rule.",
            n=attended,
            least=least,
        ),
        "2.2b",
        t("请在后面的全体、常务或区长办公会议安排代表列席。", "Plan attendance for coming meetings."),
        code="behind",
    )
