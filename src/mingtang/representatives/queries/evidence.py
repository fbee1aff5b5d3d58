"""Evidence for 2.2a-b and 3.2b-d."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import same
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.representatives.models import HouseRules, Invitation
from mingtang.representatives.queries.reading import attended_meetings
from mingtang.representatives.rules import last_notice_moment


def _came(government_id: int, first: date, last: date) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        government_id=government_id, meeting__started_at__gte=opening_of(first), meeting__started_at__lt=closing_of(last)
    )


def _example(row: Invitation) -> Example:
    return Example(same(str(row.meeting)), reverse("portal:meeting", args=[row.meeting_id]))


@evidence_for("2.2a", "3.2c")
def invited(government_id: int, first: date, last: date) -> Evidence:
    """Seats filled with a recorded method."""
    rows = _came(government_id, first, last).exclude(state="revoked").select_related("meeting")
    return Evidence(rows.count(), examples=tuple({each.url: each for each in map(_example, rows.order_by("-id")[:20])}.values())[:5])


@evidence_for("2.2b")
def attended_enough(government_id: int, first: date, last: date) -> Evidence:  # noqa: ARG001 - the signature of every count; the duty is a yearly one  # noqa: ARG001 - every count has the same signature
    """Attended meetings of the year against the figure; broken only when the year is over or behind its pace."""
    count = attended_meetings(government_id, last.year)
    least = figures_for(government_id, last).number("rep.min_invites_per_year")
    passed = (last - date(last.year, 1, 1)).days / 365
    behind = count < least * passed - 1
    return Evidence(count, 1 if behind else 0)


@evidence_for("3.2b")
def rules_published(government_id: int, first: date, last: date) -> Evidence:
    """Departments with house rules, and people told or present who had not accepted the version in force on the day of the meeting."""
    rows = _came(government_id, first, last).filter(state__in=["noticed", "present"]).select_related("meeting", "item__topic")
    versions: dict[int, list[HouseRules]] = {}
    for each in HouseRules.objects.filter(government_id=government_id, in_force_on__lte=last).order_by("-version"):
        versions.setdefault(each.department_id, []).append(each)
    broken = sum(row.rules_id is None or row.rules_id != _binding(row, versions) for row in rows)
    return Evidence(len(versions), broken)


def _binding(row: Invitation, versions: Mapping[int, Sequence[HouseRules]]) -> int | None:
    day = day_of(row.meeting.starts_at)
    return next((each.pk for each in versions.get(row.item.topic.department_id, ()) if each.in_force_on <= day), None)


@evidence_for("3.2d")
def told_in_time(government_id: int, first: date, last: date) -> Evidence:
    """People present who were told in time with papers, and those told late without a recorded emergency."""
    kept = broken = 0
    figures: dict[date, Figures] = {}
    calendar = work_calendar()
    for row in _came(government_id, first, last).filter(state="present").exclude(method="walk_in").select_related("meeting"):
        day = day_of(row.meeting.starts_at)
        figures.setdefault(day, figures_for(government_id, day))
        late = row.noticed_at is None or row.noticed_at >= last_notice_moment(row.meeting.starts_at, figures[day], calendar)
        kept, broken = kept + (not late), broken + (late and not row.meeting.emergency_reason)
    return Evidence(kept, broken)
