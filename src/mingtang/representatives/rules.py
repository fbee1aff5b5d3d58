"""START HERE. States of an invitation, seats, house rules, the clock of the notice (2.2a–b, 3.2b–d)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.parameters import Figures, Level, Parameter, Unit
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow
from mingtang.platform.clock import closing_of, day_of
from mingtang.topics.rules import AUDIENCE_LABELS

INVITATION = Workflow(
    "invitation",
    t("邀请", "The invitation"),
    (
        State("selected", t("已选定", "Selected")),
        State("invited", t("已邀请", "Invited")),
        State("accepted", t("接受", "Accepted")),
        State("declined", t("不能参加", "Declined")),
        State("noticed", t("已告知", "Notified")),
        State("present", t("到会", "Present"), final=True),
        State("absent", t("缺席", "Absent"), final=True),
        State("lapsed", t("未答复", "No answer"), final=True),
        State("revoked", t("已撤销", "Revoked")),
    ),
    (
        arrow("invite", "selected", "invited", t("发出邀请", "invite"), "2.2a"),
        arrow("accept", "invited", "accepted", t("接受", "accept"), "3.2b"),
        arrow("decline", ("invited", "accepted", "noticed"), "declined", t("表示不能参加", "decline"), "2.2a"),
        arrow("notice", ("accepted", "noticed"), "noticed", t("告知要求并送材料", "notify with the papers"), "3.2d"),
        arrow("check_in", ("accepted", "noticed", "absent"), "present", t("签到", "check in"), "3.2f"),
        arrow("miss", ("accepted", "noticed"), "absent", t("记为缺席", "mark absent"), "3.2f"),
        arrow("lapse", ("selected", "invited"), "lapsed", t("记为未答复", "let lapse"), "2.2a"),
        arrow("revoke", ("selected", "invited", "accepted", "noticed"), "revoked", t("撤销", "revoke"), "3.2c", reason_required=True),
        arrow("seat_again", ("declined", "revoked"), "selected", t("重新选定", "select again"), "3.2c", reason_required=True),
    ),
)
METHOD_LABELS: dict[str, Text] = {
    "draw": t("抽签", "Drawn by lot"),
    "nomination": t("推荐", "Nominated"),
    "office": t("牵头部门选定", "Chosen by the lead department"),
}
DOOR_LABELS: dict[str, Text] = {
    "email": t("电子邮件", "E-mail"),
    "link": t("专用链接", "Personal link"),
    "post": t("邮寄", "Post"),
    "hand": t("当面送达", "By hand"),
    "phone": t("电话", "Phone"),
}
REGULATION = t("政府会议开放制度 3.2", "The regulation on open government meetings, 3.2")
SEED = t("政府会议开放制度 2.2", "The regulation on open government meetings, 2.2")
LOCAL = t("各地做法，本区可自定", "Local practice; each government may set its own")
LOC = date(2026, 1, 1)

FIGURES: tuple[Parameter, ...] = (
    Parameter("rep.min_invites_per_year", t("每年邀请代表列席", "Attended meetings a year"), 3, Unit.COUNT, LOC, SEED, Level.WARN, floor=3),
    Parameter(
        "rep.notice_lead_days",
        t("提前告知并送材料", "Notice and papers ahead"),
        2,
        Unit.DAYS,
        LOC,
        REGULATION,
        Level.HARD,
        floor=2,
        overridable=True,
    ),
    Parameter("rep.min_age", t("代表年龄下限", "Youngest age"), 18, Unit.YEARS, LOC, LOCAL, Level.HARD),
    Parameter("rep.max_age", t("代表年龄上限（0 为不设）", "Oldest age (0: none)"), 0, Unit.YEARS, LOC, LOCAL, Level.INFO),
    Parameter("rep.residence_min_months", t("居住年限", "Residence"), 0, Unit.MONTHS, LOC, LOCAL, Level.INFO),
    Parameter("rep.term_years", t("代表任期", "Term"), 1, Unit.YEARS, LOC, LOCAL, Level.INFO),
    Parameter("rep.signup_close_hours", t("报名截止提前", "Sign-up closes ahead"), 24, Unit.HOURS, LOC, LOCAL, Level.INFO),
    Parameter("rep.written_opinion_days", t("会后书面意见", "Written opinions after the meeting"), 2, Unit.DAYS, LOC, LOCAL, Level.INFO),
    Parameter("rep.feedback_workdays", t("答复代表建议", "Answer to a representative"), 10, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("rep.max_repeat_per_year", t("同一人每年列席", "Seats of one person a year"), 2, Unit.COUNT, LOC, LOCAL, Level.INFO),
    Parameter("pii.retain_years_reps", t("代表信息保存", "Data of representatives are kept"), 3, Unit.YEARS, LOC, LOCAL, Level.INFO),
)


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """The notice of one person: sent, reached them (delivered or opened by themselves), with papers."""

    name: str
    posted_at: datetime | None
    delivered_at: datetime | None
    has_materials: bool


@carries("3.2b", title=t("列席工作规定已生效", "House rules in force"))
def may_invite(*, rules_in_force: bool, agenda_frozen: bool) -> Decision:
    """3.2b: no invitation without the department's house rules in force and a settled agenda."""
    rules = (
        YES
        if rules_in_force
        else no(
            t("牵头部门还没有生效的列席工作规定。", "The lead department has no house rules in force."),
            "3.2b",
            t(
                "先公布代表产生、责任义务、会议组织、会议纪律四项规定。",
                "Publish the rules on selection, duties, organisation and discipline first.",
            ),
            code="no_rules",
        )
    )
    agenda = (
        YES
        if agenda_frozen
        else no(
            t("议程还没有冻结。", "The agenda is not frozen."),
            "3.2c",
            t("冻结议程后再邀请，代表才知道为哪一项而来。", "Freeze it first, so that people know what they are invited for."),
            code="not_frozen",
        )
    )
    return all_of(rules, agenda)


@carries("1.3b", "3.2c", title=t("席位按申报表批准的类别", "Seats follow the approved audiences"))
def may_select(audience: str, seats: Mapping[str, int], taken: Iterable[str], method: str, reason: str) -> Decision:
    """1.3b, 3.2c: a seat of the approved audience is free, and the method is recorded with its reason."""
    if method not in METHOD_LABELS:
        return no(t("请选择产生方式。", "Choose how the person was found."), "3.2c", code="method")
    if method != "draw" and not reason.strip():
        return no(
            t("“{method}”要写明理由或推荐单位。", "“{method}” needs the reason or the nominating body.", method=METHOD_LABELS[method]),
            "3.2c",
            t("理由会公开。", "It is published."),
            code="reason",
        )
    approved, used = seats.get(audience, 0), Counter(taken)[audience]
    if used < approved:
        return YES
    return no(
        t(
            "“{who}”批准 {n} 席，已用 {used} 席。",
            "“{who}” has {n} approved seats; {used} are taken.",
            who=AUDIENCE_LABELS[audience],
            n=approved,
            used=used,
        ),
        "3.2c",
        t(
            "改选其他类别，或在申报表中变更席位并重新报批。",
            "Choose another audience, or change the seats on the declaration and have it approved anew.",
        ),
        code="no_seat",
    )


def last_notice_moment(starts_at: datetime, figures: Figures) -> datetime:
    """3.2d: the first moment that is too late: 24:00 of the day `rep.notice_lead_days` before the meeting day.

    With two days, a meeting on the 22nd is notified on the 20th at the latest.
    """
    return closing_of(day_of(starts_at) - timedelta(days=figures.number("rep.notice_lead_days")))


@carries("3.2d", title=t("提前两天告知要求并提供材料", "Requirements and papers two days ahead"))
def may_convene(starts_at: datetime, notices: tuple[NoticeFact, ...], emergency: str, figures: Figures) -> Decision:
    """3.2d: every accepted representative got requirements AND papers in time, or an emergency is recorded.

    The clock runs from the sending; that it reached them has to be known as well. An emergency shortens
    the period, it does not do away with notice and papers.
    """
    last, lead = last_notice_moment(starts_at, figures), figures.number("rep.notice_lead_days")
    return all_of(*(_told(each, last, lead, emergency) for each in notices))


def _told(each: NoticeFact, last: datetime, lead: int, emergency: str) -> Decision:
    if each.posted_at is None or not each.has_materials:
        return no(
            t("还没有向{name}告知要求并提供材料。", "{name} has not been sent requirements and papers.", name=each.name),
            "3.2d",
            t("先发出告知，附上材料。", "Send the notice with the papers first."),
            code="not_noticed",
        )
    if each.delivered_at is None:
        return no(
            t("没有送达{name}的记录。", "Nothing shows that the notice reached {name}.", name=each.name),
            "3.2d",
            t(
                "打电话或当面告知后记录送达，或等本人打开链接。",
                "Tell them by phone or by hand and record it, or wait until they open the link.",
            ),
            code="not_delivered",
        )
    if each.posted_at >= last and not emergency.strip():
        return no(
            t("{name}的告知晚于会前 {n} 日的最后时限。", "{name} was notified later than {n} days ahead.", name=each.name, n=lead),
            "3.2d",
            t("改期，或由分管领导记录紧急情况，理由公开。", "Postpone, or a leader records an emergency; its reason is published."),
            code="late_notice",
        )
    return YES


OVER = frozenset({"ended", "closed", "cancelled"})


def may_seat(meeting_state: str, attendance: str) -> Decision:
    """Seats are filled for items open to representatives of a meeting still to come."""
    if meeting_state in OVER | {"running"}:
        return no(
            t("会议已经开始或结束，不能再安排席位。", "The meeting has begun or is over; no seat can be given."),
            "3.2c",
            t("请在以后的会议邀请。", "Invite them to a later meeting."),
            code="over",
        )
    if attendance == "closed":
        return no(
            t("这一项不开放列席。", "This item is not open to representatives."),
            "1.2a",
            t("请选开放的议程项。", "Choose an open item."),
            code="closed",
        )
    return YES


def may_answer(meeting_state: str) -> Decision:
    """An invitation is answered before its meeting begins."""
    if meeting_state in OVER | {"running"}:
        return no(
            t("会议已经开始或结束，不能再答复。", "The meeting has begun or is over; it is too late to answer."),
            "2.2a",
            t("如有意见，可在会后两天内交书面意见。", "You may still hand in written opinions within two days of the meeting."),
            code="over",
        )
    return YES


def may_register(meeting_state: str) -> Decision:
    """Presence is recorded from the convening on, until the meeting is put away."""
    if meeting_state in {"convened", "running", "ended"}:
        return YES
    return no(
        t("会议还没有召集，或已经办结，不能签到。", "The meeting is not convened yet, or is put away; nobody can be checked in."),
        "3.2f",
        t("会议召集后再签到。", "Check in once it is convened."),
        code="not_convened",
    )


def may_accept(accepted_rules: bool) -> Decision:  # noqa: FBT001 - a tick in a form
    """3.2b: attending means accepting the duties and the discipline in force."""
    if accepted_rules:
        return YES
    return no(
        t("请先阅读并确认责任义务和会议纪律。", "Please read and confirm the duties and the discipline first."),
        "3.2b",
        t("勾选“已阅读并遵守”。", "Tick “read and accepted”."),
        code="rules",
    )


def calendar_entry(
    uid: str,
    title: str,
    starts_at: datetime,
    place: str,
    *,
    now: datetime,
    to: tuple[str, str],
    organiser: tuple[str, str],
    minutes: int = 180,
) -> str:
    """An iCalendar request (RFC 5545, 5546) for one invitation; `to` and `organiser` are (name, address)."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Mingtang//ZH",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(starts_at + timedelta(minutes=minutes))}",
        f"SUMMARY:{_ics(title)}",
        f"LOCATION:{_ics(place)}",
        f'ORGANIZER;CN="{_name(organiser[0])}":mailto:{organiser[1]}',
        f'ATTENDEE;CN="{_name(to[0])}";RSVP=FALSE:mailto:{to[1]}',
        f"SEQUENCE:{int(now.timestamp()) // 60}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(_folded(line) for line in lines)


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _ics(words: str) -> str:
    return words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _name(words: str) -> str:
    return words.replace('"', "").replace("\r", "").replace("\n", " ")


def _folded(line: str) -> str:
    parts, rest = [], line
    while len(rest.encode()) > 75:  # noqa: PLR2004 - octets of a line, RFC 5545 3.1
        at = 24  # 24 characters are at most 72 octets of Chinese
        parts.append(rest[:at])
        rest = " " + rest[at:]
    return "\r\n".join([*parts, rest])
