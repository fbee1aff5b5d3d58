"""The other activities as the public sees them: whom they heard, what was said, survey figures with their n."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from mingtang.hearings.models import Activity, Member, Point, Question
from mingtang.hearings.published.points import PointView, points_of
from mingtang.hearings.rules import decimal, percentages, survey_says
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.platform.paging import Page, page_of
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named


def _public() -> QuerySet[Activity]:
    return Activity.objects.filter(published_at__isnull=False, **named("topic__")).select_related("topic__department", "topic__government")


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity in a list."""

    id: int
    title: str
    kind: Text
    department: Text
    held_on: date | None
    people: int
    published_at: datetime | None


def activities(government_id: int, *, after: str = "") -> tuple[Page[Activity], list[ActivityRow]]:
    """One page of published activities, newest first."""
    found = page_of(_public().filter(government_id=government_id).prefetch_related("members"), after=after)
    return found, [_row(each) for each in found.rows]


def _row(row: Activity) -> ActivityRow:
    people = row.answered or len(row.members.all())
    return ActivityRow(row.pk, row.title, row.kind_label, same(row.topic.department), row.held_on, people, row.published_at)


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer of a survey question with its count and share."""

    words: str
    count: int
    share: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One survey question; the shares of a single choice come to 100.0."""

    words: str
    several: bool
    answers: tuple[AnswerView, ...]
    base: int


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody heard: by name with consent or as a department, else only counted."""

    name: Text
    unit: str
    specialty: str
    asked_at: datetime | None
    read_at: datetime | None
    replied_at: datetime | None
    answer: Text


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Everything the page of an activity shows."""

    row: ActivityRow
    activity: Activity
    topic_id: int
    topic: str
    says: Text
    questions: tuple[QuestionView, ...]
    members: tuple[MemberRow, ...]
    unnamed: int
    answers: tuple[tuple[Text, int], ...]
    points: tuple[PointView, ...]


def activity(government_id: int, activity_id: int) -> ActivityView | None:
    """One published activity, None when there is none at this address."""
    members = Prefetch("members", Member.objects.order_by("id"))
    questions = Prefetch("questions", Question.objects.prefetch_related("options"))
    row = _public().prefetch_related(members, questions).filter(government_id=government_id, pk=activity_id).first()
    if row is None:
        return None
    everybody = list(row.members.all())
    named = [each for each in everybody if each.publish_name or each.department_id]
    return ActivityView(
        _row(row),
        row,
        row.topic_id,
        topics_published.title_of(row.topic),
        survey_says(row.reach, row.asked, row.answered) if row.kind == "survey" else NOTHING,
        tuple(question_view(each, row.answered) for each in row.questions.all()),
        tuple(_member(each) for each in named),
        len(everybody) - len(named),
        answers_of(everybody) if row.kind == "departments" else (),
        tuple(points_of(Point.objects.filter(activity=row))),
    )


def _member(row: Member) -> MemberRow:
    return MemberRow(same(row.name), row.unit, row.specialty, row.asked_at, row.read_at, row.replied_at, row.answer_label)


def answers_of(members: list[Member]) -> tuple[tuple[Text, int], ...]:
    """Departments with opinions, with none, and silent ones: three numbers, never one."""
    found = Counter(each.answer for each in members)
    return (
        (t("有意见", "with opinions"), found["opinion"]),
        (t("无意见", "no opinion"), found["none"]),
        (t("未回复", "no reply"), found[""]),
    )


def question_view(row: Question, people: int) -> QuestionView:
    """Counts with shares: of a single choice they come to 100.0 of those who answered it, of several each is of all people."""
    options = list(row.options.all())
    counts = [each.count for each in options]
    if row.several:
        shares = [percentages((n, max(people - n, 0)))[0] for n in counts]
        base = people
    else:
        shares, base = list(percentages(counts)), sum(counts)
    answers = tuple(AnswerView(each.words, each.count, decimal(share)) for each, share in zip(options, shares, strict=True))
    return QuestionView(row.words, row.several, answers, base)
