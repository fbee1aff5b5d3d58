"""What later stages and the desk need to know of listening; evidence for the duties of 2.1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse

from mingtang.consultations.models import Consultation, Opinion, OpinionGroup
from mingtang.consultations.policy import REVIEW_ROLES, may_review, may_sign_as_head, may_sign_as_office
from mingtang.consultations.queries.adopting import people, places
from mingtang.consultations.queries.preparing import reviewers, tallies, visible, waiting_stage
from mingtang.kernel.obligations import Evidence, Example, evidence_for
from mingtang.kernel.text import same, t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import closing_of, day_of, opening_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.desk import DeskItem


@dataclass(frozen=True, slots=True)
class ListeningFacts:
    """The listening of a matter for the gates of its meeting."""

    consultation_id: int
    state: str
    opened_at: datetime | None
    closed_at: datetime | None
    reported_at: datetime | None
    opinions: int
    people: int


def listening(topic_id: int) -> ListeningFacts | None:
    """How a matter was listened to; None when no consultation was begun (or it was cancelled)."""
    row = Consultation.objects.filter(topic_id=topic_id).exclude(state="cancelled").first()
    if row is None:
        return None
    return ListeningFacts(row.pk, row.state, row.opened_at, row.closed_at, row.reported_at, tallies(row.pk).get(("all", ""), 0), people(row.pk))


def report_due(row: Consultation) -> date | None:
    """The day by which the adoption report is due."""
    if row.closes_on is None:
        return None
    return row.closes_on + timedelta(days=figures_for(row.government_id, row.closes_on).number("consult.feedback_due_days"))


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Reviews, moderation, grouping, signatures that wait for the actor."""
    rows = visible(actor).exclude(state__in=["reported", "cancelled"]).select_related("report").order_by("-id")[:100]
    return [item for row in rows for item in _items(actor, row, now)]


def _items(actor: Actor, row: Consultation, now: datetime) -> list[DeskItem]:
    title, url = str(row.topic), reverse("workspace:consultation", args=[row.pk])
    mine = actor.holds(Role.CLERK, department_id=row.topic.department_id)
    if row.state == "in_review":
        stage = waiting_stage(row)
        if stage in REVIEW_ROLES and may_review(actor, row, stage, reviewers(row)):
            return [DeskItem(t("公开前第 {n} 道审核", "Review {n} before publication", n=stage), title, url, t("审核", "Review"), "711 Art.17")]
        return []
    if row.state == "reviewed" and mine:
        return [DeskItem(t("审核通过，可以公开征求意见", "Reviewed: ready to open"), title, url, t("去公开", "Open it"), "2.1a")]
    if row.state == "preparing" and mine:
        return [DeskItem(t("准备征求意见", "Prepare the consultation"), title, url, t("接着填", "Continue"), "2.1a")]
    return [*_moderation(actor, row, title, now), *_answering(actor, row, title, mine)]


def _moderation(actor: Actor, row: Consultation, title: str, now: datetime) -> list[DeskItem]:
    waiting = Opinion.objects.filter(consultation=row, state="received")
    if not actor.holds(Role.MODERATOR) or not (count := waiting.count()):
        return []
    oldest = day_of(waiting.order_by("received_at").values_list("received_at", flat=True)[0])
    due = work_calendar().add_working_days(oldest, figures_for(row.government_id, day_of(now)).number("opinion.moderation_workdays"))
    url = reverse("workspace:opinions", args=[row.pk])
    return [DeskItem(t("审核新到意见 {n} 条", "Moderate {n} opinions", n=count), title, url, t("审核", "Moderate"), "2.1", due_on=due.day, began_on=oldest, provisional=due.provisional)]


def _answering(actor: Actor, row: Consultation, title: str, mine: bool) -> list[DeskItem]:  # noqa: FBT001 - a fact, not a switch
    due, began = report_due(row), row.closes_on
    if row.state == "open" and mine:
        return [DeskItem(t("征求意见进行中", "Consultation open"), title, reverse("workspace:consultation", args=[row.pk]), t("看渠道", "Look"), "713 Art.15", due_on=row.closes_on, began_on=day_of(row.opened_at) if row.opened_at else None, waits=False)]
    if row.state == "closed" and mine:
        homeless = places(row.pk).homeless
        url = reverse("workspace:grouping" if homeless else "workspace:report", args=[row.pk])
        what = t("{n} 条意见没有着落", "{n} opinions without a place", n=homeless) if homeless else t("起草采纳情况报告", "Draft the adoption report")
        return [DeskItem(what, title, url, t("去归组", "Group") if homeless else t("写报告", "Write"), "2.1e", due_on=due, began_on=began)]
    report = getattr(row, "report", None)
    url = reverse("workspace:report", args=[row.pk])
    if row.state == "report_drafted" and report is not None:
        wants = not report.head_at and bool(may_sign_as_head(actor, row.topic.department_id, report))
        wants = wants or (bool(report.head_at) and bool(may_sign_as_office(actor, report)))
        return [DeskItem(t("签署采纳情况报告", "Sign the adoption report"), title, url, t("签署", "Sign"), "2.1e", due_on=due, began_on=began)] if wants else []
    if row.state == "report_approved" and mine:
        return [DeskItem(t("公布采纳情况报告", "Publish the adoption report"), title, url, t("公布", "Publish"), "2.1e", due_on=due, began_on=began)]
    return []


def _opened(government_id: int, first: date, last: date) -> QuerySet[Consultation]:
    return Consultation.objects.filter(government_id=government_id, opened_at__gte=opening_of(first), opened_at__lt=closing_of(last)).select_related("topic")


def _examples(rows: QuerySet[Consultation]) -> tuple[Example, ...]:
    return tuple(Example(same(str(row)), reverse("portal:consultation", args=[row.pk])) for row in rows[:5])


@evidence_for("2.1a", "2.1b")
def opened_with_papers(government_id: int, first: date, last: date) -> Evidence:
    """Consultations opened: each passed the gate that asks for draft, basis, explanation and plain words."""
    rows = _opened(government_id, first, last)
    return Evidence(rows.count(), examples=_examples(rows))


@evidence_for("2.1c")
def many_doors(government_id: int, first: date, last: date) -> Evidence:
    """Consultations that heard people through more than one channel."""
    rows = _opened(government_id, first, last)
    kept = [row for row in rows if sum(1 for (dimension, _key), n in tallies(row.pk).items() if dimension == "channel" and n) > 1]
    return Evidence(len(kept), examples=tuple(Example(same(str(row)), reverse("portal:consultation", args=[row.pk])) for row in kept[:5]))


@evidence_for("2.1e")
def reported_in_time(government_id: int, first: date, last: date) -> Evidence:
    """Adoption reports published, against consultations whose report is overdue."""
    rows = _opened(government_id, first, last).exclude(state="cancelled")
    kept = rows.filter(reported_at__isnull=False)
    broken = [row for row in rows.filter(reported_at=None, closes_on__lt=last) if (due := report_due(row)) and due < last]
    return Evidence(kept.count(), len(broken), _examples(kept))


@evidence_for("2.1f")
def reasons_given(government_id: int, first: date, last: date) -> Evidence:
    """Groups not adopted in published reports, with and without a reason."""
    rows = OpinionGroup.objects.filter(
        consultation__government_id=government_id, consultation__reported_at__gte=opening_of(first), consultation__reported_at__lt=closing_of(last), verdict="not_adopted"
    )
    return Evidence(rows.exclude(reason="").count(), rows.filter(reason="").count())
