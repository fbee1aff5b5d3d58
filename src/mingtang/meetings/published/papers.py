"""The agenda as everybody may have it: the last frozen version, nothing of an item that is closed to the public."""

from __future__ import annotations

from datetime import date

from mingtang.meetings.models import AgendaItem
from mingtang.meetings.published.listing import seen
from mingtang.meetings.published.page import as_frozen, in_order
from mingtang.meetings.published.versions import HIDDEN
from mingtang.meetings.rules.papers import AgendaFacts, AgendaRow
from mingtang.meetings.rules.papers import agenda_paper as written
from mingtang.platform.clock import local
from mingtang.platform.documents.official import Paper
from mingtang.topics import published as topics_published


def agenda_paper(government_id: int, meeting_id: int, today: date) -> Paper | None:
    """The agenda of a public meeting as a document; None when there is none at this address."""
    row = seen(government_id).select_related("government").prefetch_related(in_order(), "versions").filter(pk=meeting_id).first()
    if row is None:
        return None
    frozen_on = max((local(each.frozen_at).date() for each in row.versions.all()), default=today)
    facts = AgendaFacts(row.title, row.government.name, local(row.starts_at), row.place, row.chair, row.version, frozen_on)
    return written(facts, [_row(each) for each in as_frozen(row)])


def _row(each: AgendaItem) -> AgendaRow:
    closed = each.attendance == "closed"
    title = str(HIDDEN) if closed else topics_published.plain_title(each.topic)
    department = "—" if closed else str(each.topic.department)
    return AgendaRow(each.position, title, department, each.planned_minutes, str(each.attendance_label))
