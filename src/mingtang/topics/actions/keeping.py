"""The five statutory steps and the documents of a matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform import events
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.files.keep import keep
from mingtang.platform.files.models import StoredFile
from mingtang.platform.web.versions import touch
from mingtang.topics import policy, queries
from mingtang.topics.actions.declaring import refuse_secret_text
from mingtang.topics.models import RELEASED, Redaction, StatutoryStep, Topic, TopicDocument
from mingtang.topics.rules.declaring import may_release_part, may_remove
from mingtang.topics.rules.kinds import PARTIAL
from mingtang.topics.rules.steps import may_record_step


@transaction.atomic
def record_step(
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
    if document_id is not None and not TopicDocument.objects.filter(pk=document_id, topic=topic).exists():
        no(
            t("所选文件不属于这件议题。", "The chosen document is not one of this matter."),
            "3.1",
            t("请从列表重选，或先把文件附上。", "Choose it from the list, or attach it first."),
            code="document",
        ).require()
    if started_on and done_on and done_on < started_on:
        no(
            t("完成日期早于开始日期。", "It ends before it begins."), "3.1", t("请核对两个日期。", "Check both days."), code="dates"
        ).require()
    if done_on and done_on > day_of(now):
        no(
            t("完成日期 {day} 还没有到。", "It cannot be done on {day}, which has not come yet.", day=done_on),
            "3.1",
            t("办完后再记“已完成”。", "Record it as done once it is."),
            code="future",
        ).require()
    step, _ = StatutoryStep.objects.update_or_create(
        topic=topic,
        kind=kind,
        defaults={
            "status": status,
            "started_on": started_on,
            "done_on": done_on,
            "outcome": outcome,
            "people": people,
            "reason": reason,
            "document_id": document_id,
            "recorded_by_id": actor.person_id,
            "recorded_at": now,
        },
    )
    record(
        "topic.step", topic, actor=actor, now=now, reason=reason, clause="3.1", data={"kind": kind, "status": status, "outcome": outcome}
    )
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


NO_GROUND = no(
    t("不公开的文件要写明法定依据。", "A document that is not public needs its legal ground."),
    "711 Art.16",
    t("请选择依据。", "Choose the ground."),
    code="ground",
)


@transaction.atomic
def attach_document(
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
    redacted: Any = None,
    redacted_name: str = "",
    parts: Sequence[tuple[str, str]] = (),
) -> TopicDocument:
    """Attach a document of a kind; the same content as the same kind twice gives the one already there.

    711 Art.37: where only a part may be public, a redacted copy comes with it and `parts` (where, why);
    the original stays inside.
    """
    topic = queries.for_update(topic_id)
    policy.may_work(actor, topic).require()
    if topic.is_secret:
        refuse_secret_text({"file"})
    if disclosure != "open" and not ground:
        NO_GROUND.require()
    may_release_part(disclosure, has_copy=redacted is not None, parts=len(parts)).require()
    file = stored or keep(upload, file_name, government_id=topic.government_id, person_id=actor.person_id, now=now)
    same_one = TopicDocument.objects.filter(topic=topic, kind=kind, file__sha256=file.sha256).first()
    if same_one:
        return same_one
    copy = _redacted_copy(topic, file, redacted, redacted_name, actor, now) if disclosure == PARTIAL else None
    document = TopicDocument.objects.create(
        redacted=copy,
        topic=topic,
        kind=kind,
        title=title.strip() or file.name,
        file=file,
        number=number,
        issuer=issuer,
        dated_on=dated_on,
        disclosure=disclosure,
        ground=ground,
        added_by_id=actor.person_id,
        added_at=now,
    )
    if copy is not None:
        Redaction.objects.bulk_create(
            Redaction(document=document, position=n, place=place, reason=reason) for n, (place, reason) in enumerate(parts, 1)
        )
    record("topic.attach", topic, actor=actor, now=now, data={"kind": kind, "document": document.pk, "sha256": file.sha256})
    events.announce(events.Happened("topic.attach", topic, actor, now, {"document": document}))
    return document


def _redacted_copy(topic: Topic, file: StoredFile, redacted: Any, name: str, actor: Actor, now: datetime) -> StoredFile:
    """The copy the public gets; never the original itself."""
    copy = keep(redacted, name, government_id=topic.government_id, person_id=actor.person_id, now=now)
    if copy.sha256 == file.sha256:
        no(
            t("遮盖后的副本和原件是同一个文件。", "The redacted copy is the original itself."),
            "711 Art.37",
            t("请上传遮盖后的副本。", "Upload the copy with the withheld parts blacked out."),
            code="same_file",
        ).require()
    return copy


@transaction.atomic
def withhold_document(document_id: int, *, actor: Actor, now: datetime) -> TopicDocument:
    """1.2a, 711 Art.17: approve that a document is not published; from then on a stub stands in its place.

    A second approval gives the first one. `Refused` for an open document, and for whoever attached it.
    """
    document = queries.document_for_update(actor.government_id, document_id)
    policy.may_withhold(actor, document).require()
    if document.withheld_at is None:
        document.withheld_by, document.withheld_at = actor.name, now
        document.save(update_fields=["withheld_by", "withheld_at"])
        data = {"document": document.pk, "ground": document.ground}
        record("topic.withhold", document.topic, actor=actor, now=now, clause="1.2", data=data)
        if document.disclosure == PARTIAL and _others_are_public(document):
            publish_documents(document.topic_id, (document.kind,), actor=actor, now=now)
        touch(document.topic.government_id, f"topic:{document.topic_id}")
    return document


def _others_are_public(document: TopicDocument) -> bool:
    """Whether the documents of its matter have been published, so that this one follows at once."""
    return TopicDocument.objects.filter(topic_id=document.topic_id, published_at__isnull=False).exists()


@transaction.atomic
def remove_document(document_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove a document that was never public; what was public stays."""
    if not TopicDocument.objects.filter(pk=document_id, topic__government_id=actor.government_id).exists():
        return
    document = queries.document_for_update(actor.government_id, document_id)
    policy.may_work(actor, document.topic).require()
    if document.published_at:
        no(
            t("“{title}”已经公开，不能删除。", "“{title}” is public and cannot be removed.", title=document.title),
            "711 Art.6",
            t("如有错误，请另附更正后的文件。", "Attach a corrected document instead."),
            code="published",
        ).require()
    others = TopicDocument.objects.filter(topic=document.topic, kind=document.kind).exclude(pk=document.pk)
    may_remove(document.topic.state, document.kind, others=others.exists()).require()
    events.announce(events.Happened("topic.remove_document", document.topic, actor, now, {"document": document}))
    record("topic.remove_document", document.topic, actor=actor, now=now, data={"document": document.pk})
    document.delete()


@transaction.atomic
def publish_documents(topic_id: int, kinds: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """Make the open documents of these kinds public from `now`, and the approved redacted copies; returns how many became so.

    The caller had the publish guard look through them together with the words they go public with.
    """
    rows = TopicDocument.objects.filter(RELEASED, topic_id=topic_id, kind__in=kinds, published_at=None)
    changed = rows.update(published_at=now)
    if changed:
        topic = queries.for_update(topic_id)
        record("topic.publish_documents", topic, actor=actor, now=now, clause="2.1", data={"kinds": list(kinds)})
        events.announce(events.Happened("topic.publish_documents", topic, actor, now))
        touch(topic.government_id, f"topic:{topic_id}")
    return changed
