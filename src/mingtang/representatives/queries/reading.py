"""Reads for staff and facts for gates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.meetings.rules import forecast
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import SIZE, Page, page_of
from mingtang.representatives.models import HouseRules, Invitation, Material, Representative
from mingtang.representatives.rules import NoticeFact
from mingtang.topics import queries as topic_queries

GONE = no(
    t("没有找到这份邀请。", "There is no such invitation."), "", t("请从会议页面重新打开。", "Open it from the meeting again."), code="gone"
)
SEATED = ("selected", "invited", "accepted", "noticed", "present", "absent")
COUNTED = ("plenary", "executive", "mayors_office")
COMING = ("accepted", "noticed", "present")


def rules_in_force(department_id: int, day: date) -> HouseRules | None:
    """The newest house rules of a department in force on a day."""
    return HouseRules.objects.filter(department_id=department_id, in_force_on__lte=day).order_by("-version").first()


def all_rules(government_id: int) -> list[HouseRules]:
    """Every version of every department, newest first."""
    return list(
        HouseRules.objects.filter(government_id=government_id)
        .select_related("department", "published_by")
        .order_by("department_id", "-version")
    )


def for_update(invitation_id: int) -> Invitation:
    """One invitation, locked; `Refused` when there is none."""
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("meeting__government", "item__topic__department", "representative")
        .filter(pk=invitation_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found


def by_token(token: str) -> Invitation | None:
    """The invitation behind a personal link."""
    return (
        Invitation.objects.select_related("meeting__government", "item__topic__department", "representative", "rules")
        .prefetch_related("materials__document__file")
        .filter(token=token)
        .first()
    )


def invitation_page(meeting_id: int, *, state: str = "", words: str = "", after: str = "") -> Page[Invitation]:
    """One page of those invited to a meeting, in the order in which they were selected; by state or name when asked."""
    rows = Invitation.objects.filter(meeting_id=meeting_id).select_related("item__topic__department", "representative")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(representative__name__icontains=words) if words else rows
    return page_of(rows.prefetch_related(Prefetch("materials", Material.objects.select_related("document"))), key=("id",), after=after)


def by_state(meeting_id: int) -> dict[str, int]:
    """How many of those invited to a meeting are in each state."""
    rows = Invitation.objects.filter(meeting_id=meeting_id).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def invitations(meeting_id: int) -> list[Invitation]:
    """Everybody invited to a meeting, by item."""
    rows = Invitation.objects.filter(meeting_id=meeting_id).select_related("item__topic__department", "representative")
    return list(rows.prefetch_related(Prefetch("materials", Material.objects.select_related("document"))).order_by("item__position", "id"))


def choices(government_id: int, year: int, *, meeting_id: int, items: int, most: int = SIZE) -> list[tuple[int, str]]:
    """People to choose from for a meeting with so many open items, with their audience and how often they sat in this year; rarest first.

    Whoever has a seat at each of the items is not among them. Of a larger pool the newest `most`; the page "choose"
    looks through all of them.
    """
    seats_here = Count("pk", filter=Q(state__in=SEATED))
    here = Invitation.objects.filter(meeting_id=meeting_id).order_by().values("representative_id").annotate(n=seats_here)
    newest = Representative.objects.filter(government_id=government_id, state="listed").order_by("-id")
    newest = newest.exclude(pk__in=here.filter(n__gte=max(items, 1)).values("representative_id"))[:most]
    rows = Representative.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).only("name", "audience")
    rows = rows.annotate(seats=Count("invitations", filter=Q(invitations__state="present", invitations__meeting__year=year)))
    return [(row.pk, _choice(row, row.seats)) for row in rows.order_by("audience", "seats", "name")]


def _choice(row: Representative, seats: int) -> str:
    words = t("{name}（{who}）", "{name} ({who})", name=row.name, who=row.audience_label)
    return str(t("{words}，今年已列席 {n} 次", "{words}, sat in {n} times this year", words=words, n=seats) if seats else words)


def taken(item_id: int) -> list[str]:
    """The audiences of the seats taken at an item."""
    return list(Invitation.objects.filter(item_id=item_id, state__in=SEATED).values_list("audience", flat=True))


def taken_at(item_ids: Sequence[int]) -> dict[int, int]:
    """How many seats are taken at each of these items; those without any are left out."""
    rows = Invitation.objects.filter(item_id__in=item_ids, state__in=SEATED).order_by()
    return dict(rows.values_list("item_id").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Seats of one audience at one item: approved and taken."""

    item_id: int
    title: str
    seats: dict[str, int]
    taken: int
    wanted: int


def seat_lines(meeting_id: int) -> list[SeatLine]:
    """Approved seats and those taken, for each open item of a meeting."""
    items = [item for item in meeting_queries.items(meeting_id) if item.attendance != "closed"]
    openness = topic_queries.openness_of(item.topic_id for item in items)
    seated = taken_at([item.pk for item in items])
    return [
        SeatLine(item.pk, str(item), seats, seated.get(item.pk, 0), sum(seats.values()))
        for item in items
        if (seats := openness[item.topic_id].audiences)
    ]


def notice_facts(meeting_id: int) -> tuple[NoticeFact, ...]:
    """The notice of everybody who is coming, with the newest paper each of them has."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=COMING).select_related("representative").order_by("pk")
    return tuple(_fact(row) for row in rows.prefetch_related(Prefetch("materials", Material.objects.filter(withdrawn_at=None))))


def _fact(row: Invitation) -> NoticeFact:
    papers = list(row.materials.all())
    if row.noticed_at is None:
        return NoticeFact(row.representative.name, None, row.reached_at, bool(papers))
    added = [each for each in papers if each.handed_at > row.noticed_at]
    lacking = any(each.delivered_at is None and each.fetched_at is None for each in added)
    sent = max([row.noticed_at, *(each.handed_at for each in added)])
    return NoticeFact(row.representative.name, sent, None if lacking else row.reached_at, bool(papers))


def not_told_at(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many of those coming were not notified yet, for each of these meetings; none are left out."""
    rows = Invitation.objects.filter(meeting_id__in=meeting_ids, state__in=COMING, noticed_at=None).order_by()
    return dict(rows.values_list("meeting_id").annotate(n=Count("pk")))


def come_back_at(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many invitations or notices came back, for each of these meetings; none are left out."""
    rows = Invitation.objects.filter(meeting_id__in=meeting_ids, state__in=["invited", "accepted", "noticed"], bounced_at__isnull=False)
    rows = rows.filter(opened_at=None, acknowledged_at=None).filter(Q(delivered_at=None) | Q(delivered_at__lte=F("bounced_at")))
    return dict(rows.order_by().values_list("meeting_id").annotate(n=Count("pk")))


def left_empty_at(meeting_ids: Sequence[int]) -> dict[int, int]:
    """How many freed seats stay empty, for each of these meetings; none are left out."""
    rows = Invitation.objects.filter(meeting_id__in=meeting_ids, unfilled_at__isnull=False).order_by()
    return dict(rows.values_list("meeting_id").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Attendance:
    """One line of the attendance list (3.2f)."""

    invitation_id: int
    name: str
    audience: str
    unit: str
    present: bool
    publish_name: bool
    item_id: int


def attendance(meeting_id: int) -> list[Attendance]:
    """Who came, for the minutes."""
    rows = (
        Invitation.objects.filter(meeting_id=meeting_id, state__in=["present", "absent"])
        .select_related("representative")
        .order_by("item__position", "id")
    )
    return [
        Attendance(
            row.pk, row.representative.name, row.audience, row.representative.unit, row.state == "present", row.publish_name, row.item_id
        )
        for row in rows
    ]


def present_at(meeting_id: int) -> list[Invitation]:
    """Everybody who was present, with item and contact, by item."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state="present")
    return list(rows.select_related("item__topic__department", "representative__contact").order_by("item__position", "id"))


def present_count(meeting_ids: Sequence[int], *, may: Callable[[int], bool]) -> dict[int, int]:
    """How many were present at each of these meetings, at items of departments that `may` names."""
    rows = Invitation.objects.filter(meeting_id__in=meeting_ids, state="present").order_by()
    found: dict[int, int] = {}
    for meeting_id, department_id, n in rows.values_list("meeting_id", "item__topic__department_id").annotate(n=Count("pk")):
        if may(department_id):
            found[meeting_id] = found.get(meeting_id, 0) + n
    return found


def address_of(row: Invitation) -> str:
    """The e-mail address a notice goes to, for sending only; empty when none is known."""
    contact = getattr(row.representative, "contact", None)
    return contact.email if contact else ""


def attended_meetings(government_id: int, year: int) -> int:
    """Plenary, executive and mayor's office meetings of a year with a representative present (2.2b)."""
    rows = Invitation.objects.filter(government_id=government_id, state="present", meeting__year=year, meeting__kind__in=COUNTED)
    return rows.values("meeting_id").distinct().count()


@dataclass(frozen=True, slots=True)
class Year:
    """2.2b: attended meetings of a year so far, those that may still count, what the figure asks, how it looks."""

    year: int
    attended: int
    planned: int
    least: int
    outlook: Decision

    @property
    def expected(self) -> int:
        """How many there will be when everything planned takes place and somebody comes."""
        return self.attended + self.planned


def year_so_far(government_id: int, today: date) -> Year:
    """The yearly counter (2.2b): only meetings somebody attended count; behind its pace only if those planned do not make up for it."""
    least = figures_for(government_id, today).number("rep.min_invites_per_year")
    count = attended_meetings(government_id, today.year)
    coming = Invitation.objects.filter(
        government_id=government_id,
        state__in=["selected", "invited", "accepted", "noticed"],
        meeting__year=today.year,
        meeting__kind__in=COUNTED,
        meeting__state__in=["frozen", "convened", "running", "postponed"],
    )
    planned = coming.values("meeting_id").distinct().count()
    outlook = YES if count + planned >= least else forecast(count, least, today)
    return Year(today.year, count, planned, least, outlook)


def live_at(item_id: int) -> int:
    """How many people hold a seat at an item that is still to come."""
    return Invitation.objects.filter(item_id=item_id, state__in=["selected", "invited", "accepted", "noticed"]).count()


def told(meeting_id: int) -> list[Invitation]:
    """Everybody who has heard of the meeting and has not said no."""
    rows = Invitation.objects.filter(meeting_id=meeting_id, state__in=["invited", "accepted", "noticed"])
    return list(rows.select_related("meeting__government", "item__topic__department", "representative__contact"))


def one(government_id: int, invitation_id: int) -> Invitation:
    """One invitation to look at; `Refused` when there is none."""
    rows = Invitation.objects.select_related("meeting", "item__topic__department", "representative", "rules")
    found = (
        rows.prefetch_related(
            Prefetch("materials", Material.objects.select_related("document").order_by("id")), "checkins__item", "checkins__noted_by"
        )
        .filter(government_id=government_id, pk=invitation_id)
        .first()
    )
    if found is None:
        GONE.require()
    assert found is not None
    return found
