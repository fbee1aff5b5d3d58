"""What is theirs: the page behind a personal link of a participant, or of somebody heard elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mingtang.hearings.models import Hearing, Member, Paper, Participant, Point
from mingtang.hearings.published.hearing import SEATED
from mingtang.hearings.published.points import PointView, points_of
from mingtang.hearings.rules import SEAT_LABELS, least_age, may_enrol
from mingtang.kernel.text import Text
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.files.models import StoredFile
from mingtang.platform.guard.gate import public_file
from mingtang.topics import published as topics_published

HANDED_OUT = ("document__file__public_copy__copy", "document__redacted__public_copy__copy")


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper handed to the holder of the link."""

    document_id: int
    title: str
    kind: Text
    size: int
    format: str
    fetched_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonalView:
    """Where a participant stands, their papers, the record to confirm, and what became of their points."""

    token: str
    number: str
    name: str
    state: str
    state_label: Text
    seat: Text
    category: Text
    reason: str
    hearing: Hearing
    topic: str
    papers: tuple[PaperView, ...]
    points: tuple[PointView, ...]
    answered: bool
    may_leave: bool
    seated: bool
    record: str
    may_sign: bool
    signed_at: datetime | None
    signed_label: Text


def personal(row: Participant) -> PersonalView:
    """The page behind a participant's link."""
    points = tuple(points_of(Point.objects.filter(participant=row), own=True))
    papers = tuple(_paper(each) for each in row.papers.select_related(*HANDED_OUT).order_by("id") if each.document.is_released)
    record = row.hearing.record_text if row.hearing.record_sha256 and row.state in {"present", "signed", "refused"} and row.in_at else ""
    return PersonalView(
        row.token,
        row.number,
        row.name,
        row.state,
        row.state_label,
        row.seat_label,
        row.category_label,
        row.left_reason or row.method_reason,
        row.hearing,
        topics_published.title_of(row.hearing.topic),
        papers,
        points,
        any(each.verdict for each in points),
        row.state in {"enrolled", "chosen", "reserve", "served"},
        row.state in SEATED,
        record if row.seat == "participant" else "",
        row.state == "present" and row.seat == "participant" and row.hearing.state == "held" and bool(record),
        row.signed_at,
        row.signed_label,
    )


def _paper(row: Paper) -> PaperView:
    file, document = paper(row), row.document
    return PaperView(document.pk, document.title, document.kind_label, file.byte_count, file.format, row.fetched_at)


def paper(found: Paper) -> StoredFile:
    """What is handed over: the same copy everybody else gets, without what is withheld and without names in its properties."""
    return public_file(found.document.public_file)


@dataclass(frozen=True, slots=True)
class MemberView:
    """What became of what somebody said at a symposium, on a visit, as an expert."""

    name: str
    activity: str
    activity_id: int
    is_public: bool
    topic_id: int
    topic: str
    points: tuple[PointView, ...]
    answered: bool


def heard(government_id: int, token: str) -> MemberView | None:
    """The page behind the link of somebody heard in an activity."""
    rows = Member.objects.select_related("activity__topic__government").filter(token=token, activity__government_id=government_id)
    found = rows.first()
    if found is None:
        return None
    points = tuple(points_of(Point.objects.filter(member=found), own=True))
    activity = found.activity
    return MemberView(
        found.name,
        activity.title,
        activity.pk,
        activity.published_at is not None,
        activity.topic_id,
        topics_published.title_of(activity.topic),
        points,
        any(each.verdict for each in points),
    )


Choices = list[tuple[str, Text]]


def enrolment(government_id: int, hearing_id: int, now: datetime) -> tuple[Hearing, Choices, Choices, int] | None:
    """The hearing one may enrol for now, the kinds of seat and the categories to choose from, and the least age in years."""
    row = Hearing.objects.prefetch_related("quotas").select_related("topic").filter(government_id=government_id, pk=hearing_id).first()
    if row is None or row.announced_at is None or not row.topic.is_named:
        return None
    open_quotas = {each.category: each for each in row.quotas.all() if each.method != "nomination"}
    over = row.enrol_until is None or day_of(now) > row.enrol_until
    figures = figures_for(row.government_id, day_of(now))
    seats = {key: each.seats for key, each in open_quotas.items()}
    categories = [
        (key, each.category_label)
        for key, each in open_quotas.items()
        if may_enrol(row.state, seats, key, over=over, of_age=True, reachable=True, figures=figures)
    ]
    others = [] if row.state != "enrolling" or over else [key for key, n in (("observer", row.observers), ("media", row.media_seats)) if n]
    kinds = [("participant", SEAT_LABELS["participant"])] if categories else []
    return row, [*kinds, *((key, SEAT_LABELS[key]) for key in others)], categories, least_age(figures)
