"""What may be put on an agenda, frozen, convened; local lead times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.decision import YES, Decision, all_of, no, warn
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of


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


@carries("1.2a", title=t("不公开的议题只作不开放的议程项", "A matter that is not public is a closed item"))
def may_be_listed(attendance: str, ground: str, *, named: bool) -> Decision:
    """1.2a: an item that is not fully open has its legal ground; a matter whose title is not public (`named`) is closed to everybody."""
    if attendance != "open" and not ground:
        return no(
            t("不开放或部分开放的议程项要写明法定依据。", "An item that is not fully open needs its legal ground."),
            "1.2a",
            t("请选择依据。", "Choose the ground."),
            code="ground",
        )
    if not named and attendance != "closed":
        return no(
            t("这件议题批准为不予公开，议程上不能写出名称。", "The matter was approved as not public; the agenda must not name it."),
            "1.2a",
            t("列席选“不开放”并写明依据。", "Put it on the agenda as closed, with its ground."),
            code="nameless",
        )
    return YES


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
