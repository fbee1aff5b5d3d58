"""What consultations put on a person's desk: the same few queries at one and at a hundred of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from mingtang.consultations.models import Consultation, Opinion, PublicReview, Tally
from mingtang.consultations.policy import REVIEW_ROLES, may_decide_correction, may_review, may_sign_report
from mingtang.consultations.queries.adopting import places_in, reports
from mingtang.consultations.queries.mails import mail_desk
from mingtang.consultations.queries.moderating import moderation_desk
from mingtang.consultations.queries.preparing import visible
from mingtang.consultations.queries.replies import corrections_waiting
from mingtang.consultations.rules import low_response
from mingtang.consultations.rules.opening import unused_doors
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import NOTHING, t
from mingtang.platform.actor import BUSINESS_ROLES, Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.signing.reads import signers_in, waiting_in
from mingtang.platform.web.desk import ComingDay, DeskItem

REPORT_OWED = ("closed", "report_drafted", "report_approved")
MOST, WAITING = 100, ("state", "received")


@dataclass(frozen=True)
class _Known:
    """What the items of all consultations need, read at once."""

    today: date
    figures: Figures
    calendar: WorkCalendar
    reviewers: dict[int, frozenset[int]]
    numbers: dict[int, dict[tuple[str, str], int]]
    oldest: dict[int, date]


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Reviews, moderation, grouping, signatures that wait for the actor."""
    rows = list(visible(actor).exclude(state__in=["reported", "cancelled"]).prefetch_related(reports()).order_by("-id")[:MOST])
    later = [*_corrections(actor), *moderation_desk(actor, now), *mail_desk(actor, now)]
    if not rows:
        return later
    known = _read(actor, rows, now)
    return [*later, *(item for row in rows for item in _items(actor, row, known))]


def _corrections(actor: Actor) -> list[DeskItem]:
    """Changes of published reports that wait for the office."""
    if not actor.holds(Role.OFFICE):
        return []
    return [
        DeskItem(
            t("批准采纳报告的更正", "A correction of an adoption report"),
            str(each.consultation.topic),
            reverse("workspace:correction", args=[each.consultation_id, each.pk]),
            t("去看", "Look"),
            "2.1e",
        )
        for each in corrections_waiting(actor.government_id)
        if may_decide_correction(actor, each)
    ]


def coming(actor: Actor, first: date, last: date) -> list[ComingDay]:
    """Consultations that close between two days, and adoption reports whose day comes."""
    if not actor.roles & BUSINESS_ROLES:
        return []
    grace = timedelta(days=figures_for(actor.government_id, first).number("consult.feedback_due_days"))
    rows = visible(actor).filter(opened_at__isnull=False)
    closing = rows.filter(state="open", closes_on__range=(first, last)).order_by("closes_on")
    owing = rows.filter(state__in=REPORT_OWED, closes_on__range=(first - grace, last - grace)).order_by("closes_on")
    words = t("征求意见截止，开始归组答复", "Consultation closes; grouping begins")
    due = t("采纳情况报告最后一日", "Last day for the adoption report")
    found = [(row, row.closes_on, words, "24:00") for row in closing[:MOST]]
    found += [(row, row.closes_on + grace, due, "") for row in owing[:MOST] if row.closes_on]
    return [
        ComingDay(day, what, str(row.topic), reverse("workspace:consultation", args=[row.pk]), time)
        for row, day, what, time in found
        if day
    ]


def _read(actor: Actor, rows: Sequence[Consultation], now: datetime) -> _Known:
    today = day_of(now)
    numbers = _numbers([row.pk for row in rows if row.opened_at])
    return _Known(
        today,
        figures_for(actor.government_id, today),
        work_calendar(),
        _reviewers({row.pk: row.round for row in rows if row.state == "in_review"}),
        numbers,
        _oldest([pk for pk, counted in numbers.items() if counted.get(WAITING)]) if actor.holds(Role.MODERATOR) else {},
    )


def _reviewers(rounds: dict[int, int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for pk, number, person in PublicReview.objects.filter(consultation_id__in=rounds).values_list("consultation_id", "round", "person_id"):
        if rounds[pk] == number:
            found[pk].add(person)
    return {pk: frozenset(people) for pk, people in found.items()}


def _numbers(ids: list[int]) -> dict[int, dict[tuple[str, str], int]]:
    found: dict[int, dict[tuple[str, str], int]] = {pk: {} for pk in ids}
    rows = Tally.objects.filter(consultation_id__in=ids, dimension__in=["all", "people", "channel", "state", "grouped", "single"])
    for pk, dimension, key, number in rows.values_list("consultation_id", "dimension", "key", "number"):
        found[pk][dimension, key] = number
    return found


def _oldest(ids: list[int]) -> dict[int, date]:
    """The day on which the first of each moderation queue came; the index gives it without reading the queue."""
    first = Opinion.objects.filter(consultation=OuterRef("pk"), state="received").order_by("id").values("received_at")[:1]
    rows = Consultation.objects.filter(pk__in=ids).annotate(at=Subquery(first)).values_list("pk", "at")
    return {pk: day_of(at) for pk, at in rows if at}


def _is_mine(actor: Actor, row: Consultation) -> bool:
    return actor.holds(Role.CLERK, department_id=row.topic.department_id)


def _items(actor: Actor, row: Consultation, known: _Known) -> list[DeskItem]:
    if row.state in {"preparing", "in_review", "reviewed"}:
        return _preparing(actor, row, known)
    return [*_moderation(row, known), *_answering(actor, row, known)]


def _preparing(actor: Actor, row: Consultation, known: _Known) -> list[DeskItem]:
    title, url = str(row.topic), reverse("workspace:consultation", args=[row.pk])
    if row.state == "in_review":
        reviewers = known.reviewers.get(row.pk, frozenset())
        stage = len(reviewers) + 1
        if stage in REVIEW_ROLES and may_review(actor, row, stage, reviewers):
            return [
                DeskItem(t("公开前第 {n} 道审核", "Review {n} before publication", n=stage), title, url, t("审核", "Review"), "711 Art.17")
            ]
        return []
    if not _is_mine(actor, row):
        return []
    if row.state == "reviewed":
        return [DeskItem(t("审核通过，可以公开征求意见", "Reviewed: ready to open"), title, url, t("去公开", "Open it"), "2.1a")]
    return [DeskItem(t("准备征求意见", "Prepare the consultation"), title, url, t("接着填", "Continue"), "2.1a")]


def _moderation(row: Consultation, known: _Known) -> list[DeskItem]:
    oldest = known.oldest.get(row.pk)
    if oldest is None:
        return []
    due = known.calendar.add_working_days(oldest, known.figures.number("opinion.moderation_workdays"))
    return [
        DeskItem(
            t("审核新到意见 {n} 条", "Moderate {n} opinions", n=known.numbers[row.pk][WAITING]),
            str(row.topic),
            reverse("workspace:opinions", args=[row.pk]),
            t("审核", "Moderate"),
            "2.1",
            due_on=due.day,
            began_on=oldest,
            provisional=due.provisional,
        )
    ]


def _answering(actor: Actor, row: Consultation, known: _Known) -> list[DeskItem]:
    mine, title, url = _is_mine(actor, row), str(row.topic), reverse("workspace:report", args=[row.pk])
    if row.state == "open":
        return [_running(row, title, known)] if mine else []
    due = row.closes_on + timedelta(days=known.figures.number("consult.feedback_due_days")) if row.closes_on else None
    homeless = places_in(known.numbers.get(row.pk, {})).homeless
    if row.state == "closed" and mine and homeless:
        what, url, action = (
            t("{n} 条意见没有着落", "{n} opinions without a place", n=homeless),
            reverse("workspace:grouping", args=[row.pk]),
            t("去归组", "Group"),
        )
    elif row.state == "closed" and mine:
        what, action = t("起草采纳情况报告", "Draft the adoption report"), t("写报告", "Write")
    elif row.state == "report_drafted" and _signs(actor, row):
        what, action = t("签署采纳情况报告", "Sign the adoption report"), t("签署", "Sign")
    elif row.state == "report_approved" and mine:
        what, action = t("公布采纳情况报告", "Publish the adoption report"), t("公布", "Publish")
    else:
        return []
    return [DeskItem(what, title, url, action, "2.1e", due_on=due, began_on=row.closes_on)]


def _running(row: Consultation, title: str, known: _Known) -> DeskItem:
    url, began = reverse("workspace:consultation", args=[row.pk]), day_of(row.opened_at) if row.opened_at else None
    what, action, sub, waits = t("征求意见进行中", "Consultation open"), t("看渠道", "Look"), NOTHING, False
    numbers = known.numbers.get(row.pk, {})
    people = numbers.get(("people", ""), 0)
    if row.closes_on and known.today > row.closes_on:
        what, action, waits = t("期限已满，可以截止整理", "The period is over: close it"), t("截止", "Close"), True
    elif row.closes_on and began and low_response(began, row.closes_on, known.today, people, known.figures):
        doors = unused_doors(numbers)[:4]
        sub = t(
            "期限过半，只有 {n} 人提意见；还没有用过：{doors}",
            "Half over, {n} people answered; not used yet: {doors}",
            n=people,
            doors=doors,
        )
        sub = (
            sub if doors else t("期限过半，只有 {n} 人提意见，宜再告知公众", "Half over, {n} people answered: tell people again", n=people)
        )
    return DeskItem(what, title, url, action, "713 Art.15", sub=sub, due_on=row.closes_on, began_on=began, waits=waits or bool(sub))


def _signs(actor: Actor, row: Consultation) -> bool:
    report = getattr(row, "report", None)
    if report is None or report.chain is None:
        return False
    steps = list(report.chain.steps.all())
    return bool(may_sign_report(actor, row.topic.department_id, report, waiting_in(steps), signers_in(steps)))
