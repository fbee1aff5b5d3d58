"""How a declaration is approved: one main line; its levels are rows of `platform.signing` (3.2a, 3.4b)."""

from __future__ import annotations

from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

TOPIC = Workflow(
    "topic",
    t("议题申报", "The declaration"),
    (
        State("drafting", t("起草中", "Drafting")),
        State("submitted", t("报批中", "In approval")),
        State("returned", t("已退回", "Returned")),
        State("approved", t("已批准", "Approved")),
        State("withdrawn", t("已撤回", "Withdrawn"), final=True),
    ),
    (
        arrow("submit", ("drafting", "returned"), "submitted", t("报批", "submit"), "3.2"),
        arrow("give_level", "submitted", "submitted", t("逐级批准", "approve at a level"), "3.2"),
        arrow("approve", "submitted", "approved", t("批准", "approve"), "3.2"),
        arrow("return", "submitted", "returned", t("退回", "return"), "3.4", reason_required=True),
        arrow("reopen", "approved", "drafting", t("重新报批", "reopen"), "3.2", reason_required=True),
        arrow(
            "withdraw", ("drafting", "submitted", "returned", "approved"), "withdrawn", t("撤回", "withdraw"), "3.2", reason_required=True
        ),
    ),
)


ACT_LABELS: dict[str, Text] = {
    "topic.begin": t("开始申报", "Declaration begun"),
    "topic.save": t("保存", "Saved"),
    "topic.step": t("记录法定程序", "Statutory step recorded"),
    "topic.attach": t("附上文件", "Document attached"),
    "topic.remove_document": t("删除文件", "Document removed"),
    "topic.publish_documents": t("公开文件", "Documents published"),
    "topic.withhold": t("批准文件不公开", "Withholding of a document approved"),
    **{f"topic.{each.name}": each.label for each in TOPIC.arrows},
}

NEXT: dict[str, Text] = {
    "drafting": t("填齐申报表，然后报批。", "Complete the declaration, then submit it."),
    "returned": t("按退回理由修改，再次报批。", "Mend what the return names, then submit again."),
    "submitted": t("由下一级审批人办理。", "The next level approves or returns it."),
    "approved": t("公开征求意见，办完法定程序，再上会。", "Open the consultation, finish the statutory steps, then table it."),
    "withdrawn": t("已经结束，不再办理。", "It has ended."),
}
