"""What the machine may propose and a person decides: groups of opinions that say the same (2.1f)."""

from __future__ import annotations

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import Text, t
from mingtang.kernel.workflow import State, Workflow, arrow

RUN = Workflow(
    "grouping_run",
    t("这次归组建议", "The run of proposals"),
    (
        State("waiting", t("进行中", "Under way")),
        State("done", t("已完成", "Done"), final=True),
        State("failed", t("没有完成", "Failed"), final=True),
    ),
    (
        arrow("finish", "waiting", "done", t("完成", "finish"), "2.1f"),
        arrow("fail", "waiting", "failed", t("没有完成", "fail"), "2.1f"),
    ),
)
GROUP_PROPOSAL = Workflow(
    "group_proposal",
    t("这条归组建议", "The proposal"),
    (
        State("open", t("待决定", "Open")),
        State("accepted", t("已采用", "Accepted"), final=True),
        State("dismissed", t("不采用", "Dismissed"), final=True),
        State("outdated", t("已过时", "Outdated"), final=True),
    ),
    (
        arrow("accept", "open", "accepted", t("采用", "accept"), "2.1f"),
        arrow("dismiss", "open", "dismissed", t("不采用", "dismiss"), "2.1f"),
        arrow("outdate", "open", "outdated", t("过时", "outdate"), "2.1f"),
    ),
)
LAYER_LABELS: dict[str, Text] = {
    "stance": t("只表态", "A stance only"),
    "same": t("文字相同", "Same words"),
    "copy": t("几乎相同", "Near copy"),
    "meaning": t("意思相近", "Similar meaning"),
    "decision": t("人工已归", "Grouped by staff"),
    "single": t("代表句", "Speaks for them"),
}
LEAST = 2
PROPOSE = "consultations.propose"
NIGHT = 3
"""The hour at which the machine looks by itself through what came, when few people are at work."""
DISTINCT = 60
"""Of a set that was taken apart so many different wordings are kept apart, each from each."""


def may_propose(homeless: int) -> Decision:
    """There must be something to group."""
    if homeless >= LEAST:
        return YES
    return no(
        t("没有着落的意见不到 {n} 条，不用机器归组。", "Fewer than {n} opinions have no place; nothing to propose.", n=LEAST),
        "2.1f",
        t("在下面逐条归组或单独答复。", "Group or answer them below."),
        code="nothing",
    )
