"""Who may be selected, invited, answer and be checked in, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from mingtang.kernel.decision import YES, Decision, all_of, no
from mingtang.kernel.obligations import carries
from mingtang.kernel.text import t
from mingtang.representatives.rules.life import CHOOSABLE, METHOD_LABELS
from mingtang.topics.rules import AUDIENCE_LABELS


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
    if method not in CHOOSABLE:
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
