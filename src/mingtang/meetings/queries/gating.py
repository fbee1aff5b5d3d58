"""Facts and answers of the gates to an agenda, for one matter or for all of a meeting in the same number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mingtang.consultations import queries as consultation_queries
from mingtang.hearings import queries as hearing_queries
from mingtang.hearings.rules import may_table_heard
from mingtang.kernel.decision import Decision, all_of
from mingtang.kernel.text import Text
from mingtang.meetings.models import AgendaItem, Meeting
from mingtang.meetings.rules import ItemFacts, LateFacts, lateness, may_come_late, may_put_on_agenda
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.topics import queries as topic_queries
from mingtang.topics.rules import may_be_tabled

LIVE = ("planned", "frozen", "convened", "running", "postponed")


def consulted(topic_id: int) -> bool:
    """Whether a matter was put before the public."""
    return consultation_queries.listened([topic_id])[topic_id][0] is not None


def facts_of(topic_ids: Sequence[int], *, meeting_id: int | None = None) -> dict[int, ItemFacts]:
    """What the gate to the agenda needs to know of each matter."""
    openness = topic_queries.openness_of(topic_ids)
    listened = consultation_queries.listened(topic_ids)
    statutory = topic_queries.statutory_facts_of(topic_ids)
    kinds: dict[int, set[str]] = {}
    for each in topic_queries.documents_of_many(topic_ids, "material", "adoption_note"):
        kinds.setdefault(each.topic_id, set()).add(each.kind)
    elsewhere = AgendaItem.objects.filter(topic_id__in=topic_ids, meeting__state__in=LIVE).exclude(state="withdrawn")
    elsewhere = elsewhere.exclude(meeting_id=meeting_id) if meeting_id else elsewhere
    taken = set(elsewhere.values_list("topic_id", flat=True))
    return {
        each: ItemFacts(
            approved=openness[each].approved,
            has_forms=bool(openness[each].forms),
            consulted=listened[each][0] is not None,
            needs_consultation=statutory[each].is_major,
            reported=listened[each][1] is not None,
            has_statement="adoption_note" in kinds.get(each, ()),
            has_material="material" in kinds.get(each, ()),
            on_agenda_elsewhere=each in taken,
        )
        for each in topic_ids
    }


def gates_of(topic_ids: Sequence[int], kind: str, day: date, government_id: int, *, meeting_id: int | None = None) -> dict[int, Decision]:
    """Whether each matter may be on the agenda of a meeting of this kind on this day."""
    facts, statutory = facts_of(topic_ids, meeting_id=meeting_id), topic_queries.statutory_facts_of(topic_ids)
    figures, calendar = figures_for(government_id, day), work_calendar()
    needs = hearing_queries.needs_of(topic_ids)
    return {
        each: may_put_on_agenda(facts[each], all_of(may_be_tabled(statutory[each], kind, figures, calendar), may_table_heard(needs[each])))
        for each in topic_ids
    }


def gate_of(topic_id: int, kind: str, day: date, government_id: int, *, meeting_id: int | None = None) -> Decision:
    """The same for one matter, also for a meeting that is only wished for."""
    return gates_of([topic_id], kind, day, government_id, meeting_id=meeting_id)[topic_id]


def gates(meeting: Meeting, order: Iterable[AgendaItem]) -> dict[int, Decision]:
    """Whether each item of a meeting is formally complete, by item."""
    rows = list(order)
    topics = [each.topic_id for each in rows]
    found = gates_of(topics, meeting.kind, day_of(meeting.starts_at), meeting.government_id, meeting_id=meeting.pk)
    return {each.pk: found[each.topic_id] for each in rows}


def _late_facts(order: Sequence[AgendaItem]) -> dict[int, LateFacts]:
    papers: dict[int, date] = {}
    for each in topic_queries.documents_of_many([row.topic_id for row in order], "material"):
        papers.setdefault(each.topic_id, day_of(each.added_at))
    return {
        row.pk: LateFacts(
            row.position,
            day_of(row.listed_at) if row.listed_at else None,
            papers.get(row.topic_id),
            row.late_reason,
            row.late_approved_at is not None,
        )
        for row in order
    }


def lateness_of(meeting: Meeting, order: Sequence[AgendaItem]) -> dict[int, tuple[Text, ...]]:
    """Which lead times each item misses, by item; none when it is in time."""
    day = day_of(meeting.starts_at)
    figures, calendar = figures_for(meeting.government_id, day), work_calendar()
    return {key: lateness(facts, day, figures, calendar) for key, facts in _late_facts(order).items()}


def late_gates(meeting: Meeting, order: Sequence[AgendaItem]) -> dict[int, Decision]:
    """Whether each item is in time, or its exception approved."""
    late, facts = lateness_of(meeting, order), _late_facts(order)
    return {key: may_come_late(facts[key], why) for key, why in late.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """An item on the agenda being built: what is missing, and whether it comes late."""

    item: AgendaItem
    gate: Decision
    late: tuple[Text, ...]


def standing(meeting: Meeting, order: Sequence[AgendaItem]) -> list[Standing]:
    """Every item with what its formal check says; the same number of queries for any number of items."""
    if not order:
        return []
    answers, late = gates(meeting, order), lateness_of(meeting, order)
    return [Standing(each, answers[each.pk], late[each.pk]) for each in order]


def late_waiting(government_id: int) -> list[AgendaItem]:
    """Late items a leader is asked to let in, the nearest meeting first."""
    rows = AgendaItem.objects.filter(
        government_id=government_id, late_approved_at=None, meeting__state__in=("planned", "frozen", "postponed")
    )
    rows = rows.exclude(late_reason="").exclude(state="withdrawn").select_related("meeting", "topic")
    return list(rows.order_by("meeting__starts_at", "position")[:50])
