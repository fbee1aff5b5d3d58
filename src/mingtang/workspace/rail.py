"""The rail of the workspace: what this person works with, and what waits there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.urls import reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.actor import ADMIN_ROLES, BUSINESS_ROLES, Role
from mingtang.platform.web.edges import Request
from mingtang.platform.web.navigation import Link, LinkGroup

MAIL = (t("邮件意见", "Mails"), "mails", ("mail",))
SORTERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICE})
POOL = frozenset({Role.CLERK, Role.OPERATOR, Role.OFFICE})
BUSINESS = (
    (t("议题", "Matters"), "topics", ("topic",)),
    (t("征求意见", "Consultations"), "consultations", ("consultation", "opinion", "grouping", "group", "report", "draft", "clause")),
    (t("听证会", "Hearings"), "hearings", ("hearing",)),
    (t("其他听取意见", "Other listening"), "activities", ("activity",)),
    (t("会议与议程", "Meetings"), "meetings", ("meeting", "console", "minutes", "invitation", "checkin")),
    (t("征集和抽签", "Calls and draws"), "calls", ("call", "application")),
    (t("列席代表", "Representatives"), "representatives", ("representative", "house-rules")),
    (t("列席规定", "House rules"), "house-rules", ()),
    (t("审核发布", "Releases"), "releases", ("release",)),
    (t("期限倒排", "Planner"), "planner", ()),
)
TEMPLATES = (t("公文模板", "Document templates"), "templates", ("template",))
RULES = (
    (t("制度职责", "Duties"), "obligations", ()),
    (t("法定数字", "Figures"), "figures", ("figure", "calendar")),
    (t("审批层级", "Sign-off levels"), "levels", ("levels",)),
)
ADMIN: tuple[tuple[Text, str, frozenset[Role]], ...] = (
    (t("人员与岗位", "People and roles"), "people", frozenset({Role.SECURITY_ADMIN})),
    (t("发件箱", "Outbox"), "outbox", frozenset({Role.SYSTEM_ADMIN, Role.OFFICE, Role.OPERATOR})),
    (t("后台任务", "Jobs"), "jobs", frozenset({Role.SYSTEM_ADMIN})),
    (t("审计日志", "Audit log"), "audit", frozenset({Role.AUDITOR})),
)


def rail(request: Request) -> list[LinkGroup]:
    """Groups of links by what the actor may do; three administrators see no business.

    Those who keep no pool of representatives get the house rules in its place.
    """
    here = (request.resolver_match.url_name if request.resolver_match else "") or ""
    roles = request.actor.roles
    groups = [LinkGroup(items=[_link(t("工作台", "My desk"), "desk", (), here)])]
    counted: Callable[[str], int] | None = getattr(request, "counted", None)
    if roles & BUSINESS_ROLES:
        unseen = "house-rules" if roles & POOL else "representatives"
        links = [*BUSINESS[:2], *([MAIL] if roles & SORTERS else []), *BUSINESS[2:]]
        groups[0].items.extend(_link(label, name, also, here) for label, name, also in links if name != unseen)
    rules = [*RULES, *([TEMPLATES] if Role.OFFICE in roles else [])]
    groups.append(LinkGroup(t("规则", "Rules"), [_link(label, name, also, here) for label, name, also in rules]))
    admin = [_link(label, name, (), here) for label, name, needed in ADMIN if roles & needed]
    if admin:
        groups.append(LinkGroup(t("管理", "Administration") if roles & ADMIN_ROLES else t("运行", "Operation"), admin))
    return [_counted(group, counted) for group in groups] if counted else groups


def _counted(group: LinkGroup, counted: Callable[[str], int]) -> LinkGroup:
    """What waits behind each link, known where the desk was just read; nothing waiting is no figure."""
    return replace(group, items=[replace(each, count=counted(each.url) or None) for each in group.items])


def _link(label: Text, name: str, also: tuple[str, ...], here: str) -> Link:
    return Link(label, reverse(f"workspace:{name}"), here == name or any(here.startswith(each) for each in also))
