"""Every write on releases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record, require_own
from mingtang.platform.files.keep import keep
from mingtang.platform.guard.gate import require_clean, require_plain
from mingtang.platform.moves import move
from mingtang.platform.web.versions import touch
from mingtang.publishing import policy, queries, rules
from mingtang.publishing.models import Release, ReleaseFile, ReleaseReview
from mingtang.publishing.rules import KIND_LABELS, RELEASE, STAGES
from mingtang.topics import queries as topic_queries


@transaction.atomic
def draft_release(
    topic_id: int, *, actor: Actor, now: datetime, kind: str, title: str, body: str, number: str = "", corrects_id: int | None = None
) -> Release:
    """Begin a release; a draft of the same kind and title is given back instead of a second one."""
    topic = topic_queries.for_update(topic_id)
    policy.may_draft(actor, topic.department_id).require()
    if kind not in KIND_LABELS or not title.strip():
        no(t("要选类型、写标题。", "Kind and title are needed."), "2.3", t("请补全。", "Complete them."), code="empty").require()
    found = (
        Release.objects.filter(topic_id=topic_id, kind=kind, title=title.strip(), corrects_id=corrects_id)
        .exclude(state="withdrawn")
        .first()
    )
    if found:
        return found
    if corrects_id:
        old = queries.for_update(corrects_id)
        rules.may_correct(old.state, same_matter=old.topic_id == topic_id).require()
    item = next((each for each in meeting_queries.meetings_of(topic_id) if each.decided_at), None)
    row = Release.objects.create(
        government_id=topic.government_id,
        topic=topic,
        item=item,
        corrects_id=corrects_id,
        kind=kind,
        title=title.strip(),
        number=number.strip(),
        body=body,
        drafted_by_id=actor.person,
        created_at=now,
    )
    record("release.draft", row, actor=actor, now=now, clause="2.3")
    return row


def _drafting(release_id: int, actor: Actor) -> Release:
    row = queries.for_update(release_id)
    require_own(row, actor)
    policy.may_draft(actor, row.topic.department_id).require()
    if row.state != "drafting":
        RELEASE.may(row.state, "submit").require()
    return row


@transaction.atomic
def save_release(release_id: int, *, actor: Actor, now: datetime, title: str, body: str, number: str = "") -> Release:
    """Change a draft."""
    row = _drafting(release_id, actor)
    row.title, row.body, row.number = title.strip(), body, number.strip()
    row.save(update_fields=["title", "body", "number"])
    record("release.save", row, actor=actor, now=now)
    return row


@transaction.atomic
def attach_file(
    release_id: int, *, actor: Actor, now: datetime, upload: Any, title: str = "", number: str = "", file_name: str = ""
) -> ReleaseFile:
    """Attach a document; the same content twice is kept once."""
    row = _drafting(release_id, actor)
    stored = keep(upload, file_name, government_id=row.government_id, person_id=actor.person, now=now)
    found = ReleaseFile.objects.filter(release=row, file__sha256=stored.sha256).first()
    if found:
        return found
    made = ReleaseFile.objects.create(release=row, file=stored, title=title.strip() or stored.name, number=number.strip())
    record("release.attach", row, actor=actor, now=now, data={"sha256": stored.sha256})
    return made


@transaction.atomic
def remove_file(release_id: int, file_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a document off a draft; one that is gone already changes nothing."""
    row = _drafting(release_id, actor)
    found = ReleaseFile.objects.select_related("file").filter(release=row, pk=file_id).first()
    if found:
        record("release.detach", row, actor=actor, now=now, data={"sha256": found.file.sha256})
        found.delete()


@transaction.atomic
def submit_release(release_id: int, *, actor: Actor, now: datetime) -> Release:
    """Send to the three reviews."""
    row = queries.for_update(release_id)
    policy.may_draft(actor, row.topic.department_id).require()
    RELEASE.may(row.state, "submit").require()
    rules.may_submit(queries.facts(row)).require()
    move(row, RELEASE, "submit", actor=actor, now=now, drafted_by_id=actor.person)
    return row


@transaction.atomic
def review_release(release_id: int, *, actor: Actor, now: datetime) -> Release:
    """Pass the stage whose turn it is."""
    row = queries.for_update(release_id)
    if row.state not in STAGES:
        RELEASE.may(row.state, "pass_1").require()
    stage = STAGES[row.state]
    policy.may_review(actor, row, stage, queries.reviewers(row)).require()
    ReleaseReview.objects.create(release=row, round=row.round, stage=stage, person_id=actor.person, given_at=now)
    move(row, RELEASE, f"pass_{stage}", actor=actor, now=now)
    return row


@transaction.atomic
def return_release(release_id: int, *, actor: Actor, now: datetime, reason: str) -> Release:
    """The reviewer whose turn it is returns it; the reviews start anew."""
    row = queries.for_update(release_id)
    RELEASE.may(row.state, "return", reason=reason).require()
    stage = STAGES.get(row.state, 3)
    policy.may_review(actor, row, stage, queries.reviewers(row) if row.state in STAGES else frozenset()).require()
    move(row, RELEASE, "return", actor=actor, now=now, reason=reason, round=row.round + 1)
    return row


@transaction.atomic
def publish_release(release_id: int, *, actor: Actor, now: datetime) -> Release:
    """2.3a: publish at this very moment; the moment never changes."""
    row = queries.for_update(release_id)
    policy.may_draft(actor, row.topic.department_id).require()
    RELEASE.may(row.state, "publish").require()
    rules.may_submit(queries.facts(row)).require()
    require_clean(queries.material(row.government_id, row.pk), actor=actor, now=now)
    move(row, RELEASE, "publish", actor=actor, now=now, published_at=now)
    _touch(row)
    if row.corrects_id:
        touch(row.government_id, f"release:{row.corrects_id}")
    return row


@transaction.atomic
def withdraw_release(release_id: int, *, actor: Actor, now: datetime, reason: str) -> Release:
    """Take down with a reason; a stub stays in its place."""
    row = queries.for_update(release_id)
    policy.may_withdraw(actor).require()
    require_plain(reason, actor=actor)
    move(row, RELEASE, "withdraw", actor=actor, now=now, reason=reason, withdrawn_at=now, withdraw_reason=reason)
    _touch(row)
    return row


def _touch(row: Release) -> None:
    keys = [f"meeting:{row.item.meeting_id}"] if row.item_id and row.item else []
    touch(row.government_id, "home", "results", f"topic:{row.topic_id}", f"release:{row.pk}", *keys)
