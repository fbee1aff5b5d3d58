"""Reads for staff, the desk, evidence for 3.2e–f."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from mingtang.kernel.decision import no
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same, t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes.models import Minutes, Suggestion
from mingtang.minutes.policy import may_issue
from mingtang.minutes.queries.telling import answers_to_give
from mingtang.minutes.rules import IssueFacts, names_in
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_over
from mingtang.platform.guard.subjects import Material, subject
from mingtang.platform.web.desk import DeskItem
from mingtang.representatives import queries as representative_queries

GONE = no(
    t("没有找到这条建议。", "There is no such suggestion."), "", t("请从纪要页面重新打开。", "Open it from the minutes again."), code="gone"
)


def of_meeting(meeting_id: int) -> Minutes | None:
    """The minutes of a meeting, if begun."""
    return Minutes.objects.select_related("meeting", "drafted_by").filter(meeting_id=meeting_id).first()


def state_of(meeting_id: int) -> str:
    """The state of the minutes of a meeting; empty before they are begun."""
    return Minutes.objects.filter(meeting_id=meeting_id).values_list("state", flat=True).first() or ""


@subject("minutes")
def material(government_id: int, meeting_id: int) -> Material:
    """What the publish guard looks through: the minutes as they will be issued."""
    row = Minutes.objects.select_related("meeting").filter(government_id=government_id, meeting_id=meeting_id).first()
    if row is None:
        GONE.require()
    assert row is not None
    words = (
        (t("正文", "Text"), row.body),
        (t("出席", "Attending"), row.attendees),
        (t("请假", "Excused"), row.excused),
        (t("列席", "Observers"), row.observers),
        (t("更正说明", "Correction"), row.correction),
    )
    url = reverse("workspace:minutes", args=[meeting_id])
    return Material("minutes", meeting_id, government_id, None, str(row.meeting), url, frozenset({row.drafted_by_id}), words)


def suggestion_for_update(suggestion_id: int) -> Suggestion:
    """One suggestion, locked; `Refused` when there is none."""
    found = Suggestion.objects.select_for_update(of=("self",)).select_related("item__topic", "invitation").filter(pk=suggestion_id).first()
    if found is None:
        GONE.require()
    assert found is not None
    return found


def suggestions(meeting_id: int) -> list[Suggestion]:
    """Every suggestion made at a meeting, by item."""
    rows = Suggestion.objects.filter(item__meeting_id=meeting_id).select_related("invitation__representative", "item__topic__department")
    return list(rows.order_by("item__position", "id"))


def issue_facts(row: Minutes) -> IssueFacts:
    """What the gate to issuing needs to know."""
    said = suggestions(row.meeting_id)
    present = [each.name for each in representative_queries.attendance(row.meeting_id) if each.present]
    items = meeting_queries.items(row.meeting_id)
    return IssueFacts(
        row.meeting.state in {"ended", "closed"},
        row.body,
        tuple(present),
        row.observers,
        tuple(each.text for each in said if each.reasonable),
        sum(each.reasonable is None for each in said),
        sum(each.state == "running" for each in items),
    )


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Minutes to draft or to issue, representatives to answer."""
    found = []
    rows = meeting_queries.meetings(actor.government_id, state="ended").rows
    begun = {each.meeting_id: each for each in Minutes.objects.select_related("drafted_by").filter(meeting_id__in=[row.pk for row in rows])}
    figures = figures_over(actor.government_id)
    for row in rows:
        minutes = begun.get(row.pk)
        if row.ended_at is None or (minutes and minutes.state == "issued"):
            continue
        ended = day_of(row.ended_at)
        due = ended + timedelta(days=figures(ended).number("minutes.due_days"))
        url = reverse("workspace:minutes", args=[row.pk])
        if minutes and minutes.state == "circulated" and may_issue(actor, minutes):
            found.append(
                DeskItem(t("印发会议纪要", "Issue the minutes"), str(row), url, t("印发", "Issue"), "3.2e", due_on=due, began_on=ended)
            )
        elif (minutes is None or minutes.state == "drafting") and actor.holds(Role.OPERATOR):
            found.append(
                DeskItem(t("起草会议纪要", "Draft the minutes"), str(row), url, t("起草", "Draft"), "3.2e", due_on=due, began_on=ended)
            )
    return [*found, *answers_to_give(actor, now)]


def _issued(government_id: int, first: date, last: date) -> QuerySet[Minutes]:
    return (
        Minutes.objects.filter(government_id=government_id, first_issued_at__gte=opening_of(first), first_issued_at__lt=closing_of(last))
        .select_related("meeting")
        .order_by("-id")
    )


def _example(row: Minutes) -> Example:
    return Example(same(str(row.meeting)), reverse("portal:minutes", args=[row.meeting_id]))


@evidence_for("3.2e")
def suggestions_written(government_id: int, first: date, last: date) -> Evidence:
    """Reasonable suggestions that stand in issued minutes, and those that do not."""
    rows = list(_issued(government_id, first, last))
    kept = broken = 0
    for row in rows:
        flat = "".join(row.body.split())
        for each in suggestions(row.meeting_id):
            if each.reasonable:
                there = "".join(each.text.split()) in flat
                kept, broken = kept + there, broken + (not there)
    return Evidence(kept, broken, tuple(map(_example, rows[:5])))


@evidence_for("3.2f")
def names_listed(government_id: int, first: date, last: date) -> Evidence:
    """Attendees whose names stand in the list of issued minutes, and those missing."""
    rows = list(_issued(government_id, first, last))
    kept = broken = 0
    for row in rows:
        for each in representative_queries.attendance(row.meeting_id):
            if each.present:
                listed = "".join(each.name.split()) in names_in(row.observers)
                kept, broken = kept + listed, broken + (not listed)
    return Evidence(kept, broken, tuple(map(_example, rows[:5])))
