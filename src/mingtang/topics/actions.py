"""Every write on matters: one function, one transaction per use case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.accounts.models import Assignment, Department, Government, Person
from mingtang.platform.actor import Actor, Role
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.moves import move
from mingtang.platform.outbox.post import inbox, post
from mingtang.platform.web.versions import touch
from mingtang.topics import policy, queries
from mingtang.topics.models import Approval, StatutoryStep, Topic, TopicAudience, TopicDocument, TopicFocus, TopicForm
from mingtang.topics.rules import TOPIC, change_reopens, may_submit
from mingtang.topics.rules.steps import may_record_step
from mingtang.topics.rules.workflow import Level

OWN_FIELDS = frozenset(
    {
        "title", "title_en", "background", "content", "differences", "summary", "touches_interests", "is_major",
        "major_category", "exclusion", "broadcast_url", "form_reason", "closing_ground", "closing_reason",
        "seats_total", "disclosure", "disclosure_ground", "interpretation_plan", "meeting_kind", "wished_on", "contact",
    }
)


@dataclass(frozen=True, slots=True)
class Lists:
    """The parts of a declaration that are rows; None leaves a list as it is."""

    focus_areas: Sequence[str] | None = None
    forms: Sequence[str] | None = None
    audiences: Mapping[str, tuple[int, str]] | None = None
    partners: Sequence[int] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def begin_topic(
    department_id: int, *, actor: Actor, now: datetime, title: str, is_secret: bool = False
) -> Topic:
    """Open a declaration for a department; a secret one stays a stub."""
    policy.may_declare(actor, department_id).require()
    department = Department.objects.get(pk=department_id, government_id=actor.government_id)
    topic = Topic.objects.create(
        government_id=actor.government_id, department=department, title=title.strip(), is_secret=is_secret,
        drafted_by_id=actor.person_id, created_at=now, changed_at=now,
    )
    record("topic.begin", topic, actor=actor, now=now, clause="3.2")
    return topic


@transaction.atomic
def save_declaration(
    topic_id: int, *, actor: Actor, now: datetime, lists: Lists | None = None, **fields: Any
) -> Topic:
    """Save part of a declaration; incomplete is allowed, a secret stub takes no text.

    Raises TypeError on a field that a declaration does not have.
    """
    topic = queries.for_update(topic_id)
    policy.may_edit(actor, topic).require()
    if unknown := set(fields) - OWN_FIELDS:
        msg = f"a declaration has no {sorted(unknown)}"
        raise TypeError(msg)
    if topic.is_secret:
        _refuse_secret_text(set(fields) - {"title"})
    for name, value in fields.items():
        setattr(topic, name, value)
    topic.changed_at, topic.version = now, topic.version + 1
    topic.save(update_fields=[*fields, "changed_at", "version"])
    _save_lists(topic, lists or Lists())
    record("topic.save", topic, actor=actor, now=now, data={"fields": sorted(fields), "version": topic.version})
    return topic


def _refuse_secret_text(fields: set[str]) -> None:
    if fields:
        no(
            t("涉密议题只留代号，不写内容、不传文件。", "A secret matter keeps its code name only: no text, no files."), "711 Art.14",
            t("请在涉密系统中办理内容。", "Handle its content in the classified system."), code="secret",
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
            TopicAudience(topic=topic, audience=name, seats=seats, rationale=why)
            for name, (seats, why) in lists.audiences.items() if seats
        )
    if lists.partners is not None:
        topic.co_departments.set(Department.objects.filter(pk__in=lists.partners, government_id=topic.government_id))


@transaction.atomic
def submit_topic(topic_id: int, *, actor: Actor, now: datetime) -> Topic:
    """3.2a: submit a complete declaration; it gets its number the first time."""
    topic = queries.for_update(topic_id)
    policy.may_edit(actor, topic).require() if topic.state in {"drafting", "returned"} else None
    TOPIC.may(topic.state, "submit").require()
    may_submit(queries.facts_of(topic)).require()
    number = {} if topic.number else _next_number(topic, now)
    move(topic, TOPIC, "submit", actor=actor, now=now, submitted_at=now, changed_at=now, **number)
    _tell_level(topic, queries.waiting_level(topic), now)
    return topic


def _next_number(topic: Topic, now: datetime) -> dict[str, int]:
    Government.objects.select_for_update().get(pk=topic.government_id)
    year = day_of(now).year
    last = Topic.objects.filter(government_id=topic.government_id, year=year).aggregate(last=Max("number"))["last"]
    return {"year": year, "number": (last or 0) + 1}


def _tell_level(topic: Topic, level: Level | None, now: datetime) -> None:
    if level is None:
        return
    department = topic.department_id if level.role in {Role.HEAD, Role.CLERK} else None
    rows = Assignment.objects.filter(role=level.role, person__government_id=topic.government_id, person__is_active=True)
    if department:
        rows = rows.filter(department_id__in=[department])
    for row in rows.select_related("person")[:20]:
        post(
            "topics/email/waiting.txt", to=inbox(row.person), government_id=topic.government_id, now=now, about=topic,
            url=f"/workspace/topics/{topic.pk}/", dedupe=f"topic:{topic.pk}:{topic.round}:{topic.version}:{level.position}:{row.person_id}",
            topic=str(topic), level=level.title, name=row.person.name,
        )


@transaction.atomic
def approve_topic(topic_id: int, *, actor: Actor, now: datetime, remark: str = "") -> Topic:
    """3.2a, 3.4b: give the next level; the last one approves the declaration."""
    topic = queries.for_update(topic_id)
    TOPIC.may(topic.state, "approve").require()
    level = queries.waiting_level(topic)
    policy.may_approve(actor, topic, level, queries.approvers(topic)).require()
    assert level is not None  # noqa: S101 - may_approve refuses None
    Approval.objects.create(
        topic=topic, round=topic.round, position=level.position, role=level.role,
        person_id=actor.person_id, given_at=now, remark=remark,
    )
    following = queries.waiting_level(topic)
    if following is not None:
        move(topic, TOPIC, "give_level", actor=actor, now=now, reason=remark, changed_at=now)
        _tell_level(topic, following, now)
        return topic
    first = topic.first_approved_at or now
    move(topic, TOPIC, "approve", actor=actor, now=now, reason=remark, approved_at=now, first_approved_at=first, changed_at=now)
    _tell_drafter(topic, "topics/email/approved.txt", now, remark)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic


def _tell_drafter(topic: Topic, template: str, now: datetime, reason: str) -> None:
    person = Person.objects.get(pk=topic.drafted_by_id)
    post(
        template, to=inbox(person), government_id=topic.government_id, now=now, about=topic,
        url=f"/workspace/topics/{topic.pk}/", topic=str(topic), reason=reason, name=person.name,
    )


@transaction.atomic
def return_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """3.4b: the level whose turn it is returns the declaration with a reason; approvals start anew."""
    topic = queries.for_update(topic_id)
    TOPIC.may(topic.state, "return", reason=reason).require()
    policy.may_approve(actor, topic, queries.waiting_level(topic), queries.approvers(topic)).require()
    move(topic, TOPIC, "return", actor=actor, now=now, reason=reason, round=topic.round + 1, changed_at=now)
    _tell_drafter(topic, "topics/email/returned.txt", now, reason)
    return topic


@transaction.atomic
def reopen_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """3.2a: change what was approved together; the declaration is approved anew."""
    topic = queries.for_update(topic_id)
    policy.may_work(actor, topic).require()
    move(topic, TOPIC, "reopen", actor=actor, now=now, reason=reason, round=topic.round + 1, changed_at=now, approved_at=None)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic


@transaction.atomic
def change_openness(  # noqa: PLR0913 - what is approved together, by name
    topic_id: int, *, actor: Actor, now: datetime, reason: str, lists: Lists, seats_total: int | None = None
) -> Topic:
    """3.2a: change form or audiences of an approved declaration; if anything differs it is reopened."""
    topic = queries.get(actor.government_id, topic_id)
    before = queries.facts_of(topic)
    after_audiences = before.seats if lists.audiences is None else {name: each[0] for name, each in lists.audiences.items()}
    changed = change_reopens(
        before,
        type(before)(
            forms=frozenset(lists.forms) if lists.forms is not None else before.forms, seats=after_audiences,
            seats_total=before.seats_total if seats_total is None else seats_total,
            closing_ground=before.closing_ground, disclosure=before.disclosure, meeting_kind=before.meeting_kind,
        ),
    )
    if not changed:
        return topic
    reopen_topic(topic_id, actor=actor, now=now, reason=reason)
    fields = {} if seats_total is None else {"seats_total": seats_total}
    return save_declaration(topic_id, actor=actor, now=now, lists=lists, **fields)


@transaction.atomic
def withdraw_topic(topic_id: int, *, actor: Actor, now: datetime, reason: str) -> Topic:
    """Withdraw a matter with a reason that the public reads when it was approved before."""
    topic = queries.for_update(topic_id)
    policy.may_withdraw(actor, topic).require()
    move(topic, TOPIC, "withdraw", actor=actor, now=now, reason=reason, changed_at=now)
    touch(topic.government_id, "home", "matters", f"topic:{topic.pk}")
    return topic


@transaction.atomic
def record_step(  # noqa: PLR0913 - every fact of the step by name
    topic_id: int,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    status: str,
    started_on: date | None = None,
    done_on: date | None = None,
    outcome: str = "",
    people: int = 0,
    reason: str = "",
    document_id: int | None = None,
) -> StatutoryStep:
    """3.1a: record how far one statutory step is; legality and collective decision are never skipped."""
    topic = queries.for_update(topic_id)
    policy.may_work(actor, topic).require()
    may_record_step(kind, status, reason).require()
    if started_on and done_on and done_on < started_on:
        no(t("完成日期早于开始日期。", "It ends before it begins."), "3.1", t("请核对两个日期。", "Check both days."), code="dates").require()
    step, _ = StatutoryStep.objects.update_or_create(
        topic=topic, kind=kind,
        defaults={
            "status": status, "started_on": started_on, "done_on": done_on, "outcome": outcome, "people": people,
            "reason": reason, "document_id": document_id, "recorded_by_id": actor.person_id, "recorded_at": now,
        },
    )
    record("topic.step", topic, actor=actor, now=now, reason=reason, clause="3.1", data={"kind": kind, "status": status, "outcome": outcome})
    touch(topic.government_id, f"topic:{topic.pk}")
    return step


@transaction.atomic
def complete_collective_step(topic_id: int, *, actor: Actor, now: datetime) -> None:
    """713 Art.30: deliberation in the meeting is the fifth step; recorded once, by the meeting itself."""
    topic = queries.for_update(topic_id)
    day = day_of(now)
    defaults = {"status": "done", "started_on": day, "done_on": day, "recorded_by_id": actor.person_id, "recorded_at": now}
    _, fresh = StatutoryStep.objects.update_or_create(topic=topic, kind="collective", defaults=defaults)
    record("topic.step", topic, actor=actor, now=now, clause="713 Art.30", data={"kind": "collective", "status": "done", "new": fresh})
    touch(topic.government_id, f"topic:{topic.pk}")


@transaction.atomic
def attach_document(  # noqa: PLR0913 - every fact of the document by name
    topic_id: int,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    title: str,
    upload: Any = None,
    file_name: str = "",
    stored: StoredFile | None = None,
    number: str = "",
    issuer: str = "",
    dated_on: date | None = None,
    disclosure: str = "open",
    ground: str = "",
) -> TopicDocument:
    """Attach a document of a kind; the same content as the same kind twice gives the one already there."""
    topic = queries.for_update(topic_id)
    policy.may_work(actor, topic).require()
    if topic.is_secret:
        _refuse_secret_text({"file"})
    if disclosure != "open" and not ground:
        no(t("不公开的文件要写明法定依据。", "A document that is not public needs its legal ground."), "711 Art.16", t("请选择依据。", "Choose the ground."), code="ground").require()
    file = stored or keep(upload, file_name, government_id=topic.government_id, person_id=actor.person_id, now=now)
    same_one = TopicDocument.objects.filter(topic=topic, kind=kind, file__sha256=file.sha256).first()
    if same_one:
        return same_one
    document = TopicDocument.objects.create(
        topic=topic, kind=kind, title=title.strip() or file.name, file=file, number=number, issuer=issuer, dated_on=dated_on,
        disclosure=disclosure, ground=ground, added_by_id=actor.person_id, added_at=now,
        withheld_by=actor.name if disclosure != "open" else "", withheld_at=now if disclosure != "open" else None,
    )
    record("topic.attach", topic, actor=actor, now=now, data={"kind": kind, "document": document.pk, "sha256": file.sha256})
    return document


@transaction.atomic
def remove_document(document_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove a document that was never public; what was public stays."""
    document = TopicDocument.objects.select_for_update().filter(pk=document_id).first()
    if document is None:
        return
    policy.may_work(actor, queries.for_update(document.topic_id)).require()
    if document.published_at:
        no(
            t("“{title}”已经公开，不能删除。", "“{title}” is public and cannot be removed.", title=document.title), "711 Art.6",
            t("如有错误，请另附更正后的文件。", "Attach a corrected document instead."), code="published",
        ).require()
    record("topic.remove_document", document.topic, actor=actor, now=now, data={"document": document.pk})
    document.delete()


@transaction.atomic
def publish_documents(topic_id: int, kinds: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """Make the open documents of these kinds public from `now`; returns how many became so."""
    rows = TopicDocument.objects.filter(topic_id=topic_id, kind__in=kinds, disclosure="open", published_at=None)
    changed = rows.update(published_at=now)
    if changed:
        topic = queries.for_update(topic_id)
        record("topic.publish_documents", topic, actor=actor, now=now, clause="2.1", data={"kinds": list(kinds)})
        touch(topic.government_id, f"topic:{topic_id}")
    return changed
