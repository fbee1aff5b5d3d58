"""The dossier of a meeting as one signed archive: documents, proofs of notice, excerpts of the log, a readable index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.template.loader import render_to_string

from mingtang.engines.ledger.archive import log_files, seal
from mingtang.engines.ledger.export import csv_lines
from mingtang.engines.ledger.receipts import moment
from mingtang.kernel.decision import no
from mingtang.kernel.text import speaking, t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import policy
from mingtang.minutes.models import Minutes, MinutesVersion, Suggestion, Told
from mingtang.minutes.published import paper_of, view_of
from mingtang.minutes.queries.papers import NamedPaper, papers_of
from mingtang.platform.actor import Actor
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of, local
from mingtang.platform.documents.official import to_pdf
from mingtang.platform.ledger import published as ledger
from mingtang.platform.ledger.keys import signing
from mingtang.platform.papers.writing import as_docx
from mingtang.representatives import queries as representative_queries

if TYPE_CHECKING:
    from mingtang.meetings.models import Meeting
    from mingtang.platform.documents.official import Paper

NOTICE_COLUMNS = (
    "invitation", "name", "audience", "item", "invited_at", "answered_at", "noticed_at", "door", "delivered_at", "opened_at",
    "in_at", "out_at", "told_at", "told_by_door",
)  # fmt: skip
PAPER_COLUMNS = ("invitation", "title", "sha256", "handed_at", "fetched_at")
SUGGESTION_COLUMNS = ("invitation", "item", "text", "said_at", "reasonable", "reason", "reply", "replied_at")


@transaction.atomic
def export_dossier(meeting_id: int, *, actor: Actor, now: datetime) -> bytes:
    """The archive as ZIP; refused before the minutes are issued, or while the log has no head.

    It holds every name: it is for the house's archive, not for the public, and taking it out is recorded.
    """
    policy.may_see_record(actor).require()
    meeting = meeting_queries.get(actor.government_id, meeting_id)
    row = Minutes.objects.select_related("meeting__government").filter(meeting=meeting, first_issued_at__isnull=False).first()
    head = ledger.newest_head(meeting.government_id)
    if row is None or head is None:
        no(
            t("纪要还没有印发，或总账还没有签名。", "The minutes are not issued, or the log has no signed head yet."),
            "3.2e",
            t("印发之后一分钟再来。", "Come back a minute after the issue."),
            code="too_early",
        ).require()
    assert row is not None
    assert head is not None
    record("minutes.export", row, actor=actor, now=now)
    return _archive(meeting, row, head, now)


def _archive(meeting: Meeting, row: Minutes, head: dict[str, Any], now: datetime) -> bytes:
    files: dict[str, bytes] = {}
    with speaking("zh"):
        versions = [
            NamedPaper("minutes", f"minutes-v{each.version}", _minutes(each))
            for each in row.versions.select_related("minutes__meeting__government").order_by("version")
        ]
        papers = [*papers_of(meeting, day_of(now)), *versions]
        for each in papers:
            files[f"documents/{each.name}.pdf"] = to_pdf(each.paper)
            files[f"documents/{each.name}.docx"] = as_docx(meeting.government_id, each.kind, each.paper)
        files |= _proofs(meeting)
        indexes: list[int] = []
        entries = list(_entries(meeting, row, int(head["size"]), indexes))
        nodes = ledger.completing(meeting.government_id, indexes, int(head["size"]))
        files |= log_files(entries, nodes, ledger.keys(meeting.government_id))
        context = {"meeting": meeting, "papers": papers, "entries": len(entries), "head": head, "now": now, "row": row}
        files["index.html"] = render_to_string("minutes/archive/index.html", context).encode()
        files["index.md"] = render_to_string("minutes/archive/index.md", context).encode()
    log, key = signing(meeting.government_id, now)
    facts = {
        "log": log.name,
        "about": f"meeting:{meeting.pk}",
        "title": meeting.title.within("zh"),
        "government": meeting.government.name,
        "made_at": moment(now),
        "head": head,
    }
    return seal(files, facts, key)


def _minutes(version: MinutesVersion) -> Paper:
    return paper_of(view_of(version), version.minutes.meeting.government.name)


def _entries(meeting: Meeting, row: Minutes, size: int, indexes: list[int]) -> Iterable[tuple[int, dict[str, object]]]:
    items = [each.pk for each in meeting_queries.items(meeting.pk)]
    seats = [each.pk for each in representative_queries.invitations(meeting.pk)]
    said = list(Suggestion.objects.filter(item_id__in=items).values_list("pk", flat=True))
    subjects = [
        ("meetings.meeting", [meeting.pk]),
        ("meetings.agendaitem", items),
        ("representatives.invitation", seats),
        ("minutes.minutes", [row.pk]),
        ("minutes.suggestion", said),
    ]
    for index, entry in ledger.entries_about(meeting.government_id, subjects, size):
        indexes.append(index)
        yield index, entry


def _proofs(meeting: Meeting) -> dict[str, bytes]:
    told = {each.invitation_id: each for each in Told.objects.filter(meeting=meeting)}
    seats = representative_queries.invitations(meeting.pk)
    notices, papers = [], []
    for each in seats:
        answer = told.get(each.pk)
        notices.append(
            [each.pk, each.representative.name, each.audience, each.item.position]
            + [_at(at) for at in (each.invited_at, each.answered_at, each.noticed_at)]
            + [each.noticed_by_door, *(_at(at) for at in (each.delivered_at, each.opened_at, each.in_at, each.out_at))]
            + [_at(answer.told_at if answer else None), answer.door if answer else ""]
        )
        papers += [[each.pk, one.document.title, one.sha256, _at(one.handed_at), _at(one.fetched_at)] for one in each.materials.all()]
    said = [
        [one.invitation_id, one.item.position, one.text, _at(one.said_at), one.reasonable, one.reason, one.reply, _at(one.replied_at)]
        for one in Suggestion.objects.filter(item__meeting=meeting).select_related("item").order_by("id")
    ]
    return {
        "proofs/notices.csv": _table(NOTICE_COLUMNS, notices),
        "proofs/papers.csv": _table(PAPER_COLUMNS, papers),
        "proofs/suggestions.csv": _table(SUGGESTION_COLUMNS, said),
    }


def _at(at: datetime | None) -> str:
    return local(at).isoformat(timespec="seconds") if at else ""


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return "".join(csv_lines(columns, (dict(zip(columns, row, strict=True)) for row in rows))).encode()
