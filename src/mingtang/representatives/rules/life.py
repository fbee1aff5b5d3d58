"""States and arrows of an invitation; the figures of the law."""

from __future__ import annotations

from datetime import date

from mingtang.kernel.parameters import Level, Parameter, Unit
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

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
        arrow("admit", "selected", "present", t("现场登记到会", "admit at the door"), "3.2f", reason_required=True),
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
    "walk_in": t("现场到会", "Came without an invitation"),
}
CHOOSABLE = {key: label for key, label in METHOD_LABELS.items() if key != "walk_in"}
DOOR_LABELS: dict[str, Text] = {
    "email": t("电子邮件", "E-mail"),
    "sms": t("短信", "Text message"),
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
    Parameter(
        "rep.notice_in_workdays",
        t("提前告知按工作日计算", "Notice counted in working days"),
        value=False,
        unit=Unit.YES_NO,
        since=LOC,
        source=LOCAL,
        level=Level.INFO,
    ),
    Parameter("rep.min_age", t("代表年龄下限", "Youngest age"), 18, Unit.YEARS, LOC, LOCAL, Level.HARD),
    Parameter("rep.max_age", t("代表年龄上限（0 为不设）", "Oldest age (0: none)"), 0, Unit.YEARS, LOC, LOCAL, Level.INFO),
    Parameter("rep.residence_min_months", t("居住年限", "Residence"), 0, Unit.MONTHS, LOC, LOCAL, Level.INFO),
    Parameter("rep.term_years", t("代表任期", "Term"), 1, Unit.YEARS, LOC, LOCAL, Level.INFO),
    Parameter("rep.renew_ask_days", t("到期前提醒续期", "Renewal is asked ahead"), 30, Unit.DAYS, LOC, LOCAL, Level.INFO),
    Parameter(
        "rep.public_by_draw", t("社会公众席位一律抽签", "Seats of the public by lot only"), False, Unit.YES_NO, LOC, LOCAL, Level.INFO
    ),
    Parameter("rep.signup_close_hours", t("报名截止提前", "Sign-up closes ahead"), 24, Unit.HOURS, LOC, LOCAL, Level.INFO),
    Parameter("rep.written_opinion_days", t("会后书面意见", "Written opinions after the meeting"), 2, Unit.DAYS, LOC, LOCAL, Level.INFO),
    Parameter("rep.feedback_workdays", t("答复代表建议", "Answer to a representative"), 10, Unit.WORKDAYS, LOC, LOCAL, Level.WARN),
    Parameter("rep.max_repeat_per_year", t("同一人每年列席", "Seats of one person a year"), 2, Unit.COUNT, LOC, LOCAL, Level.INFO),
    Parameter(
        "rep.apply_per_hour", t("同一来源每小时报名上限", "Applications an hour from one address"), 20, Unit.COUNT, LOC, LOCAL, Level.INFO
    ),
    Parameter("pii.retain_years_reps", t("代表信息保存", "Data of representatives are kept"), 3, Unit.YEARS, LOC, LOCAL, Level.INFO),
)
