"""The links in the head of the public site."""

from __future__ import annotations

from django.urls import reverse

from mingtang.kernel.text import t
from mingtang.platform.web.edges import Request
from mingtang.platform.web.navigation import Link

LINKS = (
    (t("首页", "Home"), "portal:home", ()),
    (
        t("征求意见", "Consultations"),
        "portal:consultations",
        (
            *("consultation", "opinions", "opinion-new", "report", "receipt", "receipt-find"),
            *("draft-versions", "draft-compare", "trace", "answers", "inquiries", "inquiry-new"),
        ),
    ),
    (
        t("听证座谈", "Hearings"),
        "portal:hearings",
        ("hearing", "hearing-draw", "hearing-enrol", "hearing-mine", "hearing-propose", "hearing-proposal", "activity"),
    ),
    (t("会议日历", "Calendar"), "portal:calendar", ("meeting", "minutes")),
    (t("结果与决定", "Results"), "portal:results", ("release",)),
    (t("全部议题", "Matters"), "portal:matters", ("matter",)),
    (
        t("代表列席", "Representatives"),
        "portal:calls",
        (
            *("call", "call-apply", "call-form", "house-rules", "house-rules-of", "invitation"),
            *("pool", "pool-join", "pool-find", "pool-mine"),
        ),
    ),
    (t("制度落实", "Compliance"), "portal:obligations", ()),
)


def nav(request: Request) -> list[Link]:
    """Every link, the current one marked."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [Link(label, reverse(name), name == f"portal:{here}" or here in others) for label, name, others in LINKS]
