"""Opening and saving a declaration, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.topics import policy, queries
from mingtang.topics.models import Topic, TopicAudience, TopicFocus, TopicForm
from mingtang.topics.rules import AUDIENCE_LABELS, FOCUS_LABELS, FORM_LABELS

OWN_FIELDS = frozenset(
    {
        "title",
        "title_en",
        "background",
        "content",
        "differences",
        "summary",
        "touches_interests",
        "is_major",
        "major_category",
        "exclusion",
        "broadcast_url",
        "form_reason",
        "closing_ground",
        "closing_reason",
        "seats_total",
        "disclosure",
        "disclosure_ground",
        "interpretation_plan",
        "meeting_kind",
        "wished_on",
        "contact",
    }
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The parts of a declaration that are rows; None leaves a list as it is."""

    focus_areas: Sequence[str] | None = None
    forms: Sequence[str] | None = None
    audiences: Mapping[str, tuple[int, str]] | None = None
    partners: Sequence[int] | None = None


@transaction.atomic
def begin_topic(department_id: int, *, actor: Actor, now: datetime, title: str, is_secret: bool = False) -> Topic:
    """Open a declaration for a department; a secret one stays a stub."""
    policy.may_declare(actor, department_id).require()
    department = Department.objects.get(pk=department_id, government_id=actor.government_id)
    topic = Topic.objects.create(
        government_id=actor.government_id,
        department=department,
        title=title.strip(),
        is_secret=is_secret,
        drafted_by_id=_drafter(actor),
        created_at=now,
        changed_at=now,
    )
    record("topic.begin", topic, actor=actor, now=now, clause="3.2")
    return topic


def _drafter(actor: Actor) -> int:
    if actor.person_id is None:
        no(
            t("申报须有起草人。", "A declaration has a drafter."),
            "3.2",
            t("请由经办人登录后申报。", "A clerk signs in and declares."),
            code="role",
        ).require()
    assert actor.person_id is not None
    return actor.person_id


@transaction.atomic
def save_declaration(topic_id: int, *, actor: Actor, now: datetime, lists: Lists | None = None, **fields: Any) -> Topic:
    """Save part of a declaration; incomplete is allowed, a secret stub takes no text.

    Raises TypeError on a field that a declaration does not have, ValueError on an area, form or audience nobody knows.
    """
    _require_known(lists or Lists())
    topic = queries.for_update(topic_id)
    policy.may_edit(actor, topic).require()
    if unknown := set(fields) - OWN_FIELDS:
        msg = f"a declaration has no {sorted(unknown)}"
        raise TypeError(msg)
    if topic.is_secret:
        refuse_secret_text(set(fields) - {"title"})
    for name, value in fields.items():
        setattr(topic, name, value)
    topic.changed_at, topic.version = now, topic.version + 1
    topic.save(update_fields=[*fields, "changed_at", "version"])
    _save_lists(topic, lists or Lists())
    record("topic.save", topic, actor=actor, now=now, data={"fields": sorted(fields), "version": topic.version})
    return topic


def _require_known(lists: Lists) -> None:
    asked = ((lists.focus_areas, FOCUS_LABELS), (lists.forms, FORM_LABELS), (lists.audiences, AUDIENCE_LABELS))
    if unknown := sorted(each for given, known in asked for each in given or () if each not in known):
        msg = f"nobody knows {unknown}"
        raise ValueError(msg)


def refuse_secret_text(fields: set[str]) -> None:
    """Raise `Refused` when anything but the code name of a secret matter would be kept."""
    if fields:
        no(
            t("涉密议题只留代号，不写内容、不传文件。", "A secret matter keeps its code name only: no text, no files."),
            "711 Art.14",
            t("请在涉密系统中办理内容。", "Handle its content in the classified system."),
            code="secret",
        ).require()


def _save_lists(topic: Topic, lists: Lists) -> None:
    if lists.focus_areas is not None:
        topic.focus_areas.all().delete()
        TopicFocus.objects.bulk_create(TopicFocus(topic=topic, area=each) for each in dict.fromkeys(lists.focus_areas))
    if lists.forms is not None:
        topic.forms.all().delete()
        TopicForm.objects.bulk_create(TopicForm(topic=topic, form=each) for each in dict.fromkeys(lists.forms))
    if lists.audiences is not None:
        topic.audiences.all().delete()
        TopicAudience.objects.bulk_create(
            TopicAudience(topic=topic, audience=name, seats=seats, rationale=why) for name, (seats, why) in lists.audiences.items() if seats
        )
    if lists.partners is not None:
        topic.co_departments.set(Department.objects.filter(pk__in=lists.partners, government_id=topic.government_id))
