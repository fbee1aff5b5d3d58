"""Matters for tests: a bare draft, a complete one, an approved one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor, Role
from mingtang.topics.actions import Lists, approve_topic, attach_document, begin_topic, record_step, save_declaration, submit_topic
from mingtang.topics.models import Topic, TopicDocument
from mingtang.topics.rules import StepKind
from tests.factories.kept import kept
from tests.factories.platform import NOW, acting, actor, department, government, person

FIELDS: dict[str, Any] = {
    "title": "清河区老旧小区加装电梯|补助实施办法",
    "title_en": "Lift subsidies in older estates",
    "summary": "老旧小区装电梯，区里补一部分钱。",
    "background": "依据市政府办公厅文件。",
    "content": "补助对象、标准、程序。",
    "differences": "无",
    "touches_interests": True,
    "is_major": False,
    "exclusion": "minor",
    "form_reason": "关系居民切身利益。",
    "seats_total": 3,
    "disclosure": "open",
    "interpretation_plan": "住建局发布图解。",
    "meeting_kind": "executive",
    "wished_on": date(2027, 1, 20),
    "contact": "住建局 0000-0000001",
}
LISTS = Lists(
    focus_areas=["governance", "welfare"],
    forms=["attendance", "publication"],
    audiences={"public": (2, "住在老旧小区"), "expert": (1, "懂电梯安全")},
)


def clerk_of(of: Department) -> Actor:
    """A clerk of one department."""
    return acting(person(of.government, within=of), Role.CLERK, within=of)


def topic(of: Department | None = None, **fields: Any) -> Topic:
    """A draft that only has a title: a bare row."""
    of = of or department(government())
    drafter = fields.pop("drafted_by", None) or person(of.government, within=of)
    given = {"title": "路灯节能改造方案", "created_at": NOW, "changed_at": NOW, "drafted_by": drafter}
    return Topic.objects.create(government=of.government, department=of, **{**given, **fields})


def document(of: Topic, kind: str = "draft", *, by: Actor | None = None, now: datetime = NOW, **fields: Any) -> TopicDocument:
    """A text file attached as `kind`."""
    by = by or clerk_of(of.department)
    words = fields.pop("words", f"{of.pk} {kind}").encode()
    return attach_document(
        of.pk, actor=by, now=now, kind=kind, title=fields.pop("title", f"{kind} 文件"), upload=words, file_name=f"{kind}.txt", **fields
    )


@kept
def complete(of: Department | None = None, *, by: Actor | None = None, now: datetime = NOW, lists: Lists = LISTS, **fields: Any) -> Topic:
    """A declaration with nothing missing, still a draft."""
    of = of or department(government())
    by = by or clerk_of(of)
    made = begin_topic(of.pk, actor=by, now=now, title="加装电梯")
    save_declaration(made.pk, actor=by, now=now, lists=lists, **{**FIELDS, **fields})
    for kind in ("draft", "basis", "explanation"):
        document(made, kind, by=by, now=now)
    if fields.get("is_major"):
        answer_steps(made, by=by, now=now)
    return Topic.objects.get(pk=made.pk)


def answer_steps(of: Topic, *, by: Actor, now: datetime = NOW) -> None:
    """Each of the five steps answered: not needed where that is lawful, under way else."""
    for kind in StepKind:
        if kind in (StepKind.LEGALITY, StepKind.COLLECTIVE):
            record_step(of.pk, kind, actor=by, now=now, status="under_way")
        else:
            record_step(of.pk, kind, actor=by, now=now, status="not_needed", reason="事项简单")


def approvers(of: Department) -> tuple[Actor, Actor, Actor]:
    """New holders of the three shipped levels: head, office, leader."""
    head = person(of.government, Role.HEAD, within=of)
    return acting(head), actor(of.government, Role.OFFICE), actor(of.government, Role.LEADER)


@kept
def submitted(of: Department | None = None, *, now: datetime = NOW, **fields: Any) -> tuple[Topic, tuple[Actor, Actor, Actor]]:
    """A complete declaration in approval, and who gives its levels."""
    made = complete(of, now=now, **fields)
    levels = approvers(made.department)
    return submit_topic(made.pk, actor=drafter(made), now=now), levels


@kept
def approved(of: Department | None = None, *, now: datetime = NOW, **fields: Any) -> Topic:
    """A declaration approved at every level."""
    made, levels = submitted(of, now=now, **fields)
    for who in levels:
        approve_topic(made.pk, actor=who, now=now)
    return Topic.objects.get(pk=made.pk)


def drafter(of: Topic) -> Actor:
    """The clerk who drafted a matter."""
    return acting(of.drafted_by, Role.CLERK, within=of.department)
