"""The agenda of a meeting as the house has it: as it stands, every title included."""

from __future__ import annotations

from datetime import date

from mingtang.meetings.models import Meeting
from mingtang.meetings.queries.reading import items
from mingtang.meetings.rules.papers import AgendaFacts, AgendaRow
from mingtang.meetings.rules.papers import agenda_paper as written
from mingtang.platform.clock import local
from mingtang.platform.documents.official import Paper


def agenda_paper(meeting: Meeting, today: date) -> Paper:
    """Time, place, chair, and every item with its department, minutes and whether representatives sit in."""
    last = meeting.versions.order_by("-number").first()
    issued_on = local(last.frozen_at).date() if last else today
    number = last.number if last else 0
    facts = AgendaFacts(meeting.title, meeting.government.name, local(meeting.starts_at), meeting.place, meeting.chair, number, issued_on)
    rows = [
        AgendaRow(each.position, str(each.topic), str(each.topic.department), each.planned_minutes, str(each.attendance_label))
        for each in items(meeting.pk)
    ]
    return written(facts, rows)
