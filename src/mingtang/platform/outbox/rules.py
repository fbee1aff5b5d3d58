"""START HERE. The states of a notice and when a failed sending is tried again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from mingtang.kernel.text import t
from mingtang.kernel.workflow import State, Workflow, arrow

MAX_ATTEMPTS = 8
LEASE = timedelta(minutes=5)
PERMANENT = 500

NOTICE = Workflow(
    "notice",
    t("通知", "The notice"),
    (
        State("queued", t("待发", "Queued")),
        State("sending", t("发送中", "Sending")),
        State("sent", t("已发", "Sent"), final=True),
        State("failed", t("未能送达", "Failed"), final=True),
        State("shown", t("站内", "In the inbox"), final=True),
    ),
    (
        arrow("take", ("queued", "sending"), "sending", t("开始发送", "take")),
        arrow("deliver", "sending", "sent", t("送达", "deliver")),
        arrow("retry", "sending", "queued", t("稍后再发", "try again later")),
        arrow("give_up", "sending", "failed", t("停止发送", "give up")),
        arrow("resend", "failed", "queued", t("重新发送", "send again")),
        arrow("show", "queued", "shown", t("站内显示", "show in the inbox")),
    ),
)


def is_final(codes: Iterable[int]) -> bool:
    """Whether a mail server's answers about the recipients say that trying again cannot help (RFC 5321 4.2.1: 5yz)."""
    told = list(codes)
    return bool(told) and all(PERMANENT <= code < PERMANENT + 100 for code in told)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after the `attempts`-th failure: 1, 2, 4 … minutes, at most 4 hours."""
    return min(timedelta(minutes=2 ** max(attempts - 1, 0)), timedelta(hours=4))
