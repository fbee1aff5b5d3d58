"""States of a consultation and of an opinion."""

from __future__ import annotations

from mingtang.kernel.text import t
from mingtang.kernel.workflow import State, Workflow, arrow

CONSULTATION = Workflow(
    "consultation",
    t("征求意见", "The consultation"),
    (
        State("preparing", t("准备中", "Preparing")),
        State("in_review", t("审核中", "In review")),
        State("reviewed", t("审核通过", "Reviewed")),
        State("open", t("征求意见中", "Open")),
        State("closed", t("已截止，整理中", "Closed, being studied")),
        State("report_drafted", t("采纳报告报批中", "Report in approval")),
        State("report_approved", t("采纳报告已批准", "Report approved")),
        State("reported", t("采纳报告已公布", "Report published"), final=True),
        State("cancelled", t("已取消", "Cancelled"), final=True),
    ),
    (
        arrow("submit_review", "preparing", "in_review", t("送审", "send to review"), "711 Art.17"),
        arrow("give_review", "in_review", "in_review", t("通过一道审核", "pass a review"), "711 Art.17"),
        arrow("finish_review", "in_review", "reviewed", t("审核通过", "finish the review"), "711 Art.17"),
        arrow("return_review", ("in_review", "reviewed"), "preparing", t("退回修改", "return"), "711 Art.17", reason_required=True),
        arrow("open", "reviewed", "open", t("公开征求意见", "open"), "2.1a"),
        arrow("extend", "open", "open", t("延长期限", "extend"), "713 Art.15", reason_required=True),
        arrow("close", "open", "closed", t("截止", "close"), "713 Art.15"),
        arrow("submit_report", "closed", "report_drafted", t("报告报批", "submit the report"), "2.1e"),
        arrow("sign_report", "report_drafted", "report_drafted", t("负责人签署", "sign the report"), "2.1e"),
        arrow(
            "return_report",
            ("report_drafted", "report_approved"),
            "closed",
            t("退回报告", "return the report"),
            "3.4b",
            reason_required=True,
        ),
        arrow("approve_report", "report_drafted", "report_approved", t("批准报告", "approve the report"), "3.4b"),
        arrow("publish_report", "report_approved", "reported", t("公布报告", "publish the report"), "2.1e"),
        arrow("cancel", ("preparing", "in_review", "reviewed", "open"), "cancelled", t("取消", "cancel"), "2.1", reason_required=True),
    ),
)

OPINION = Workflow(
    "opinion",
    t("这条意见", "The opinion"),
    (
        State("received", t("待审核", "Waiting for moderation")),
        State("doubted", t("拟不显示，待另一人确认", "Proposed to be withheld")),
        State("disputed", t("已显示，拟改为不显示", "Shown, proposed to be withheld")),
        State("hidden", t("先行隐藏，待另一人确认", "Hidden at once, to be confirmed")),
        State("shown", t("已显示", "Shown")),
        State("withheld", t("依法不显示", "Withheld")),
    ),
    (
        arrow("show", "received", "shown", t("显示", "show"), "2.1"),
        arrow("withdraw", ("received", "shown", "doubted", "disputed"), "withheld", t("撤回", "withdraw"), "2.1"),
        arrow("doubt", "received", "doubted", t("拟不显示", "propose to withhold"), "711 Art.17", reason_required=True),
        arrow("dispute", "shown", "disputed", t("拟改为不显示", "propose to withhold what is shown"), "711 Art.17", reason_required=True),
        arrow(
            "hide",
            ("received", "shown", "doubted", "disputed"),
            "hidden",
            t("先行隐藏", "hide at once"),
            "711 Art.14",
            reason_required=True,
        ),
        arrow(
            "withhold",
            ("received", "shown", "doubted", "disputed", "hidden"),
            "withheld",
            t("不显示", "withhold"),
            "711 Art.14",
            reason_required=True,
        ),
        arrow(
            "dismiss",
            ("doubted", "disputed", "hidden"),
            "shown",
            t("驳回，照常显示", "reject and show"),
            "711 Art.17",
            reason_required=True,
        ),
        arrow("restore", "withheld", "shown", t("恢复显示", "show again"), "2.1", reason_required=True),
    ),
)

APPEAL = Workflow(
    "appeal",
    t("这份申诉", "The appeal"),
    (
        State("waiting", t("待复议", "Waiting")),
        State("upheld", t("维持不显示", "Upheld"), final=True),
        State("restored", t("恢复显示", "Shown again"), final=True),
    ),
    (
        arrow("uphold", "waiting", "upheld", t("维持原决定", "uphold the decision"), "711 Art.17", reason_required=True),
        arrow("grant", "waiting", "restored", t("恢复显示", "grant the appeal"), "711 Art.17", reason_required=True),
    ),
)
