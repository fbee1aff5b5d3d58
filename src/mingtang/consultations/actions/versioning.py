"""Later versions of a draft: begun, aligned, published; a public one never changes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mingtang.consultations import policy, queries
from mingtang.consultations.actions.drafting import changeable
from mingtang.consultations.models import DraftVersion, VersionClause
from mingtang.consultations.rules.drafting import Kind
from mingtang.consultations.rules.versions import may_publish_version, may_revise
from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform import events
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.guard.gate import require_clean
from mingtang.platform.web.versions import touch


@transaction.atomic
def begin_version(consultation_id: int, kind: str, *, actor: Actor, now: datetime) -> DraftVersion:
    """Begin a revised or the final version; one still in preparation is given again."""
    row = queries.for_update(consultation_id)
    policy.may_prepare(actor, row.topic.department_id).require()
    may_revise(row.state, kind).require()
    found = row.versions.filter(published_at=None).first()
    if found is None:
        number = (row.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        found = DraftVersion.objects.create(consultation=row, number=number, kind=kind, made_by_id=actor.person_id, made_at=now)
        record("draft.begin", row, actor=actor, now=now, clause="2.1e", data={"version": number, "kind": kind})
    elif found.kind != kind:
        found.kind = kind
        found.save(update_fields=["kind"])
    return found


@transaction.atomic
def note_version(version_id: int, note: str, *, actor: Actor, now: datetime) -> DraftVersion:
    """Say what changed in this version and why."""
    version = changeable(version_id, actor)
    version.note = note.strip()
    version.save(update_fields=["note"])
    record("draft.note", version.consultation, actor=actor, now=now, clause="2.1e", data={"version": version.number})
    events.announce(events.Happened("draft.prepare", version, actor, now))
    return version


@transaction.atomic
def align_clause(version_id: int, clause_id: int, stem: int, *, actor: Actor, now: datetime) -> VersionClause:
    """Correct which earlier clause this one grew from (0: from none); who held that stem before gets a new one."""
    version = changeable(version_id, actor)
    clause = VersionClause.objects.filter(version=version, pk=clause_id).first()
    if clause is None:
        no(t("没有这一条。", "There is no such clause."), "2.1e", t("请刷新页面。", "Reload the page."), code="gone").require()
    assert clause is not None
    known = set(VersionClause.objects.filter(version__consultation=version.consultation).values_list("stem", flat=True))
    if stem and stem not in known:
        no(
            t("前一稿没有这一条。", "The version before has no such clause."),
            "2.1e",
            t("请从列表里选。", "Choose it from the list."),
            code="stem",
        ).require()
    if clause.stem != stem or not clause.by_hand:
        free = max(known, default=0) + 1
        other = VersionClause.objects.filter(version=version, stem=stem).exclude(pk=clause.pk).first()
        if other is not None:
            other.stem, free = free, free + 1
            other.save(update_fields=["stem"])
        clause.stem, clause.by_hand = stem or free, True
        clause.save(update_fields=["stem", "by_hand"])
        record(
            "draft.align", version.consultation, actor=actor, now=now, clause="2.1e", data={"version": version.number, "stem": clause.stem}
        )
    return clause


@transaction.atomic
def publish_version(version_id: int, *, actor: Actor, now: datetime) -> DraftVersion:
    """Publish a later version; by somebody other than who prepared it. A second call changes nothing."""
    version = queries.version_for_update(version_id)
    if version.published_at is not None:
        return version
    row = version.consultation
    policy.may_publish_version(actor, row.topic.department_id, version).require()
    may_revise(row.state, version.kind).require()
    unresolved = version.blocks.filter(kind=Kind.UNRECOGNISED.value).count()
    may_publish_version(version.clauses.count(), unresolved, version.note).require()
    require_clean(queries.version_material(row.government_id, version.pk), actor=actor, now=now)
    version.published_by_id, version.published_at = actor.person_id, now
    version.save(update_fields=["published_by", "published_at"])
    record("draft.publish", row, actor=actor, now=now, clause="2.1e", data={"version": version.number, "kind": version.kind})
    touch(row.government_id, f"consultation:{row.pk}", f"topic:{row.topic_id}")
    return version
