"""States and arrows of a hearing, of the people in it, of a proposal and of the other activities; their words."""

from __future__ import annotations

from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

ART16, ART17 = "713 Art.16", "713 Art.17"

HEARING = Workflow(
    "hearing",
    t("听证会", "The hearing"),
    (
        State("decided", t("已决定召开", "Decided")),
        State("announced", t("已公告", "Announced")),
        State("enrolling", t("报名中", "Enrolment open")),
        State("drawn", t("参加人已产生", "Participants found")),
        State("listed", t("名单已公布", "List published")),
        State("served", t("材料已送达", "Papers delivered")),
        State("running", t("正在举行", "In session")),
        State("held", t("已举行，笔录待确认", "Held, record unconfirmed")),
        State("confirmed", t("笔录已确认", "Record confirmed")),
        State("reported", t("听证报告已公布", "Report published"), final=True),
        State("postponed", t("已延期", "Postponed")),
        State("cancelled", t("已取消", "Cancelled"), final=True),
    ),
    (
        arrow("announce", "decided", "announced", t("公告", "announce"), ART16),
        arrow("open_enrolment", "announced", "enrolling", t("开始报名", "open enrolment"), ART16),
        arrow("extend_enrolment", "enrolling", "enrolling", t("延长报名", "extend enrolment"), ART16, reason_required=True),
        arrow("settle", "enrolling", "drawn", t("确定参加人", "settle the participants"), ART16),
        arrow("publish_list", "drawn", "listed", t("公布名单", "publish the list"), ART16),
        arrow("finish_serving", "listed", "served", t("材料送达完毕", "finish delivery"), ART16),
        arrow("open", "served", "running", t("开会", "open"), ART17),
        arrow("close", "running", "held", t("结束", "close"), ART17),
        arrow("confirm_record", "held", "confirmed", t("确认笔录", "confirm the record"), ART17),
        arrow("publish_report", "confirmed", "reported", t("公布听证报告", "publish the report"), "2.1d"),
        arrow(
            "postpone",
            ("announced", "enrolling", "drawn", "listed", "served"),
            "postponed",
            t("延期", "postpone"),
            "2.1d",
            reason_required=True,
        ),
        arrow("reschedule", "postponed", "listed", t("另定时间", "set a new day"), ART16),
        arrow("reopen_enrolment", "postponed", "enrolling", t("另定时间并重新报名", "set a new day and enrol again"), ART16),
        arrow(
            "cancel",
            ("decided", "announced", "enrolling", "drawn", "listed", "served", "postponed"),
            "cancelled",
            t("取消", "cancel"),
            "2.1d",
            reason_required=True,
        ),
    ),
)
PARTICIPANT = Workflow(
    "participant",
    t("听证参加人", "The participant"),
    (
        State("enrolled", t("已报名", "Enrolled")),
        State("chosen", t("已产生", "Chosen")),
        State("reserve", t("候补", "Reserve")),
        State("passed_over", t("未产生", "Not chosen"), final=True),
        State("withdrawn", t("已退出", "Withdrawn"), final=True),
        State("served", t("材料已发出", "Papers sent")),
        State("present", t("到会", "Present")),
        State("absent", t("缺席", "Absent")),
        State("signed", t("笔录已确认", "Record confirmed"), final=True),
        State("refused", t("拒绝确认笔录", "Refused to confirm"), final=True),
    ),
    (
        arrow("choose", ("enrolled", "reserve"), "chosen", t("产生", "choose"), ART16),
        arrow("hold_in_reserve", "enrolled", "reserve", t("列为候补", "hold in reserve"), ART16),
        arrow("draw_again", ("chosen", "reserve"), "enrolled", t("重新等待抽签", "wait for the corrected draw"), ART16),
        arrow("pass_over", ("enrolled", "reserve"), "passed_over", t("记为未产生", "pass over"), ART16),
        arrow("withdraw", ("enrolled", "chosen", "reserve", "served"), "withdrawn", t("退出", "withdraw"), ART16, reason_required=True),
        arrow("serve", "chosen", "served", t("送达材料", "deliver the papers"), ART16),
        arrow("check_in", ("chosen", "served", "absent"), "present", t("签到", "check in"), ART17),
        arrow("miss", ("chosen", "served"), "absent", t("记为缺席", "mark absent"), ART17),
        arrow("wait_again", ("present", "absent"), "served", t("延期后重新候会", "wait for the new day"), "2.1d"),
        arrow("keep_seat", ("present", "absent"), "chosen", t("延期后保留席位", "keep the seat for the new day"), "2.1d"),
        arrow("sign", "present", "signed", t("确认笔录", "confirm the record"), ART17),
        arrow("refuse", "present", "refused", t("拒绝确认笔录", "refuse to confirm"), ART17, reason_required=True),
    ),
)
PROPOSAL = Workflow(
    "hearing_proposal",
    t("听证建议", "The proposal to hold a hearing"),
    (
        State("received", t("已收到", "Received")),
        State("accepted", t("决定召开", "A hearing will be held"), final=True),
        State("declined", t("不召开", "No hearing"), final=True),
    ),
    (
        arrow("accept", "received", "accepted", t("采纳", "accept"), "2.1d", reason_required=True),
        arrow("decline", "received", "declined", t("不采纳", "decline"), "2.1d", reason_required=True),
    ),
)
ACTIVITY = Workflow(
    "activity",
    t("听取意见活动", "The listening activity"),
    (
        State("planned", t("准备中", "Planned")),
        State("under_way", t("进行中", "Under way")),
        State("done", t("已结束", "Done")),
        State("published", t("情况已公布", "Published"), final=True),
        State("cancelled", t("已取消", "Cancelled"), final=True),
    ),
    (
        arrow("start", "planned", "under_way", t("开始", "start"), "2.1c"),
        arrow("finish", "under_way", "done", t("结束", "finish"), "2.1c"),
        arrow("publish", "done", "published", t("公布情况", "publish"), "2.1c"),
        arrow("cancel", ("planned", "under_way"), "cancelled", t("取消", "cancel"), "2.1c", reason_required=True),
    ),
)

CATEGORY_LABELS: dict[str, Text] = {
    "affected": t("利害关系人", "Affected parties"),
    "consumer": t("消费者", "Consumers"),
    "low_income": t("低收入群体", "Low-income people"),
    "operator": t("经营者", "Operators"),
    "public": t("社会公众", "The public"),
    "expert": t("专家学者", "Experts"),
    "npc_deputy": t("人大代表", "People's Congress deputies"),
    "cppcc_member": t("政协委员", "CPPCC members"),
    "department": t("政府相关部门", "Departments"),
    "organisation": t("社会组织", "Social organisations"),
    "other": t("其他", "Others"),
}
AFFECTED = frozenset({"affected", "consumer", "low_income", "operator"})
CONSUMERS = frozenset({"consumer", "low_income"})
SEAT_LABELS: dict[str, Text] = {
    "participant": t("参加人", "Participant"),
    "observer": t("旁听人", "Observer"),
    "media": t("新闻媒体", "Media"),
}
METHOD_LABELS: dict[str, Text] = {
    "lot": t("报名抽签", "By lot among those enrolled"),
    "order": t("报名先后", "In the order of enrolment"),
    "rule": t("按条件选定", "By rule, with reasons"),
    "nomination": t("推荐或聘请", "Nominated or invited"),
}
CHANNELS: dict[str, Text] = {
    "web": t("网上", "Web"),
    "phone": t("电话", "Phone"),
    "paper": t("纸质", "Paper"),
    "on_site": t("现场", "On site"),
    "nominated": t("推荐", "Nominated"),
}
DOOR_LABELS: dict[str, Text] = {
    "email": t("电子邮件", "E-mail"),
    "link": t("专用链接", "Personal link"),
    "hand": t("当面送达", "By hand"),
    "post": t("邮寄签收", "Post, signed for"),
    "phone": t("电话", "Phone"),
}
SIGN_LABELS: dict[str, Text] = {
    "electronic": t("电子确认", "Electronic"),
    "scanned": t("纸质签名扫描", "Signature on paper, scanned"),
    "refused": t("拒绝确认", "Refused"),
}
SPEAKER_LABELS: dict[str, Text] = {
    "presenter": t("承办单位介绍", "Presentation by the lead department"),
    "participant": t("参加人发言", "Statement"),
    "question": t("质证、询问", "Questions and challenge"),
    "expert": t("专家说明", "Expert explanation"),
    "answer": t("承办单位回应", "Answer by the lead department"),
}
KIND_LABELS: dict[str, Text] = {
    "symposium": t("座谈会", "Symposium"),
    "survey": t("问卷调查", "Survey"),
    "field_visit": t("实地走访", "Field visit"),
    "expert": t("专家论证", "Expert consultation"),
    "departments": t("征求部门意见", "Consultation of departments"),
}
KIND_CHANNELS: dict[str, str] = {
    "symposium": "symposium",
    "survey": "survey",
    "field_visit": "visit",
    "expert": "expert",
    "departments": "department",
}
REACH_LABELS: dict[str, Text] = {
    "self_selected": t("公开发放，自愿填答", "Open to all, self-selected"),
    "random": t("随机抽样", "Random sample"),
    "everyone": t("全部对象逐一填答", "Everybody concerned"),
    "invited": t("邀请", "Invited"),
}
ANSWER_LABELS: dict[str, Text] = {
    "": t("未回复", "No reply"),
    "opinion": t("有意见", "With opinions"),
    "none": t("无意见", "No opinion"),
}
AFTER_ANNOUNCEMENT = ("announced", "enrolling", "drawn", "listed", "served", "running", "held", "confirmed", "reported", "postponed")
AFTER_LIST = ("listed", "served", "running", "held", "confirmed", "reported")
