"""3.2d: the papers themselves. Handed over, fetched, delivered; a changed paper goes to everybody who had the one before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from mingtang.kernel.decision import Refused, no
from mingtang.kernel.text import t
from mingtang.platform.audit.acts import record
from mingtang.platform.documents.official import require_stampable
from mingtang.platform.documents.reading import read_blocks
from mingtang.platform.events import Happened
from mingtang.platform.files.keep import content_of
from mingtang.platform.web.versions import touch
from mingtang.representatives import queries
from mingtang.representatives.actions.inviting import call_keys, touch_seat
from mingtang.representatives.actions.reaching import reach
from mingtang.representatives.models import Invitation, Material
from mingtang.representatives.rules import OVER, Held, change_label, difference, is_marked, replaced_by
from mingtang.topics import queries as topic_queries

if TYPE_CHECKING:
    from mingtang.topics.models import TopicDocument

PAPERS = ("material", "draft", "adoption_note", "explanation")
LOST = frozenset({"declined", "revoked", "lapsed"})


def hand_over(row: Invitation, papers: Iterable[TopicDocument], now: datetime, *, marked: bool, delivered_at: datetime | None) -> None:
    """Note which papers a person has; `Refused` when one that shall carry their name cannot."""
    made = [
        Material(
            invitation=row,
            document=each,
            sha256=each.file.sha256,
            handed_at=now,
            delivered_at=delivered_at,
            marked=_marked(each, wanted=marked),
        )
        for each in papers
    ]
    Material.objects.bulk_create(made, ignore_conflicts=True)


def _marked(paper: TopicDocument, *, wanted: bool) -> bool:
    marks = is_marked(wanted=wanted, is_public=paper.published_at is not None, media_type=paper.file.media_type)
    if marks:
        require_stampable(content_of(paper.file))
    return marks


@transaction.atomic
def fetch_material(token: str, document_id: int, *, now: datetime) -> Material | None:
    """Note that a paper was fetched; None when it was not handed to this person, was replaced, or the meeting is over."""
    found = (
        Material.objects.select_related("document__file", "invitation__meeting", "invitation__representative")
        .filter(invitation__token=token, document_id=document_id, withdrawn_at=None)
        .first()
    )
    if found is None or found.invitation.state in LOST or found.invitation.meeting.state in OVER:
        return None
    if found.fetched_at is None:
        Material.objects.filter(pk=found.pk, fetched_at=None).update(fetched_at=now)
        Invitation.objects.filter(pk=found.invitation_id, opened_at=None).update(opened_at=now)
    return found


def delivered(happened: Happened) -> None:
    """Reaction to ``notice.delivered``: a server or provider took the notice, or the word of a changed paper."""
    notice = happened.subject
    if notice.about_type != "representatives.invitation" or not notice.template.endswith(("/notice.txt", "/materials.txt")):
        return
    seats = Invitation.objects.filter(pk=notice.about_id)
    if notice.template.endswith("/notice.txt"):
        seats.filter(delivered_at=None).update(delivered_at=happened.now)
        seats.filter(bounced_at__isnull=False).update(delivered_at=happened.now, bounced_at=None, bounce_words="")
    Material.objects.filter(invitation_id=notice.about_id, delivered_at=None, handed_at__lte=notice.posted_at).update(
        delivered_at=happened.now
    )


def failed(happened: Happened) -> None:
    """Reaction to ``notice.failed``: no server would take the invitation or the notice; the desk is told why."""
    notice = happened.subject
    if notice.about_type == "representatives.invitation":
        Invitation.objects.filter(pk=notice.about_id).update(bounced_at=happened.now, bounce_words=notice.last_error[:200])


def paper_attached(happened: Happened) -> None:
    """Reaction to ``topic.attach``: whoever was notified gets the new paper and is told what changed."""
    new: TopicDocument = happened.facts["document"]
    if new.kind not in PAPERS:
        return
    changes: dict[int, list[object]] = {}
    for row in queries.notified_of(new.topic_id):
        if any(each.document_id == new.pk for each in row.materials.all()):
            continue
        held = {each.document_id: each for each in row.materials.all() if each.withdrawn_at is None}
        before = replaced_by(
            new.kind, new.title, (Held(pk, each.document.kind, each.document.title, each.version) for pk, each in held.items())
        )
        old = held[before.document_id] if before else None
        if old is not None and old.document_id not in changes:
            changes[old.document_id] = list(_difference(old.document, new))
        _renew(row, new, old, changes.get(old.document_id, []) if old else [], happened)


def papers_published(happened: Happened) -> None:
    """Reaction to ``topic.publish_documents``: the calls for the matter show its papers, so their pages changed."""
    touch(happened.subject.government_id, *call_keys(happened.subject.pk))


def _renew(row: Invitation, new: TopicDocument, old: Material | None, changes: list[object], happened: Happened) -> None:
    now, version = happened.now, old.version + 1 if old else 1
    marks = any(each.marked for each in row.materials.all())
    if old is not None:
        Material.objects.filter(pk=old.pk).update(withdrawn_at=now)
    Material.objects.create(
        invitation=row,
        document=new,
        sha256=new.file.sha256,
        handed_at=now,
        version=version,
        difference=changes,
        marked=_marked(new, wanted=marks),
    )
    reach(row, "materials", f"materials:{row.token}:{new.pk}", now, change=change_label(new.title, version))
    data = {"document": new.pk, "version": version, "sha256": new.file.sha256}
    record("invitation.renew", row, actor=happened.actor, now=now, clause="3.2d", data=data)
    touch_seat(row)


def _difference(old: TopicDocument, new: TopicDocument) -> list[object]:
    """What changed, where both versions can be read; a scan says nothing, and then only the new version is named."""
    try:
        before, after = ("\n".join(each.text for each in read_blocks(content_of(paper.file), paper.file.name)) for paper in (old, new))
    except Refused:
        return []
    return [dict(each) for each in difference(before, after)]


def paper_removed(happened: Happened) -> None:
    """Reaction to ``topic.remove_document``: refuse when somebody was handed the paper; it is part of the proof."""
    n = Material.objects.filter(document=happened.facts["document"]).count()
    if n:
        no(
            t("这份材料已提供给 {n} 位列席代表，不能删除。", "The paper was handed to {n} representatives and cannot be removed.", n=n),
            "3.2d",
            t(
                "附上同名的新版本，他们会收到并看到改了哪里。",
                "Attach a new version under the same title; they get it and see what changed.",
            ),
            code="handed",
        ).require()


def current(topic_id: int) -> list[TopicDocument]:
    """The papers of a matter as they are handed over: of one kind and title the newest."""
    newest: dict[tuple[str, str], TopicDocument] = {}
    for each in topic_queries.documents_of(topic_id, *PAPERS):
        newest[(each.kind, each.title.strip())] = each
    return list(newest.values())
