"""What waits on the desk: the next step of each hearing, proposals to answer, requests of other departments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse

from mingtang.hearings import policy
from mingtang.hearings.models import UNTOLD, Hearing, HearingProposal, Member, Participant
from mingtang.hearings.queries.listening import requests_to
from mingtang.hearings.rules import periods_for
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.desk import DeskItem

STEPS: dict[str, tuple[Text, Text, str]] = {
    "decided": (t("写公告，公布听证会", "Write and publish the notice"), t("去公告", "Announce"), "713 Art.16"),
    "enrolling": (t("报名截止，产生参加人", "Enrolment is over: find the participants"), t("去产生", "Choose"), "713 Art.16"),
    "drawn": (t("公布参加人名单", "Publish the list"), t("去公布", "Publish"), "713 Art.16"),
    "listed": (t("送达听证材料", "Deliver the papers"), t("去送达", "Deliver"), "713 Art.16"),
    "served": (t("举行听证会", "Hold the hearing"), t("到会场", "Open"), "713 Art.17"),
    "running": (t("听证会正在举行", "The hearing is in session"), t("控制台", "Console"), "713 Art.17"),
    "held": (t("确认笔录", "Confirm the record"), t("看笔录", "Record"), "713 Art.17"),
    "confirmed": (t("公布听证报告", "Publish the report"), t("写报告", "Report"), "2.1d"),
    "postponed": (t("另定听证时间", "Set a new day"), t("去定", "Set"), "2.1d"),
}


def desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """Steps of hearings, people to be told of a correction, proposals and requests that wait for the actor."""
    return [*_hearings(actor, now), *_untold(actor), *_proposals(actor), *_requests(actor)]


def _hearings(actor: Actor, now: datetime) -> Iterator[DeskItem]:
    today = day_of(now)
    figures = figures_for(actor.government_id, today)
    rows = Hearing.objects.filter(government_id=actor.government_id, state__in=list(STEPS)).select_related("topic").order_by("-id")[:100]
    for row in rows:
        if not policy.may_run(actor, row.topic.department_id):
            continue
        title, act, clause = STEPS[row.state]
        waits = row.state not in {"enrolling", "served"} or _ripe(row, today)
        yield DeskItem(title, row.title, reverse("workspace:hearing", args=[row.pk]), act, clause, due_on=_due(row, figures), waits=waits)


def _ripe(row: Hearing, today: date) -> bool:
    if row.state == "enrolling":
        return row.enrol_until is not None and today > row.enrol_until
    return row.starts_at is not None and today >= day_of(row.starts_at)


def _due(row: Hearing, figures: Figures) -> date | None:
    if row.starts_at is None or row.state in {"decided", "postponed", "held", "confirmed"}:
        return None
    day, periods = day_of(row.starts_at), periods_for(row.preset, figures)
    ahead = {"enrolling": periods.draw or periods.listing, "drawn": periods.listing, "listed": periods.papers}
    return day - timedelta(days=ahead.get(row.state, 0))


def _untold(actor: Actor) -> Iterator[DeskItem]:
    """People heard whose answer was corrected and who left no address: somebody calls them, or tells them in person (2.1e)."""
    people = Participant.objects.filter(UNTOLD, government_id=actor.government_id)
    members = Member.objects.filter(UNTOLD, activity__government_id=actor.government_id)
    for rows, place, page in ((people, "hearing", "hearing-people"), (members, "activity", "activity")):
        fields = (f"{place}_id", f"{place}__title", f"{place}__topic__department_id")
        for pk, title, department_id, n in rows.values_list(*fields).annotate(n=Count("pk")).order_by(f"{place}_id")[:100]:
            if policy.may_run(actor, department_id):
                what = t("答复已更正，请告知 {n} 人", "Answers were corrected: tell {n} people", n=n)
                yield DeskItem(what, title, reverse(f"workspace:{page}", args=[pk]), t("去告知", "Tell them"), "2.1e")


def _proposals(actor: Actor) -> Iterator[DeskItem]:
    rows = HearingProposal.objects.filter(government_id=actor.government_id, state="received").select_related("topic").order_by("id")[:100]
    for row in rows:
        if policy.may_decide(actor, row.topic.department_id):
            url = reverse("workspace:hearing-proposal", args=[row.pk])
            title = t("答复听证建议 {no}", "Answer the proposal {no}", no=row.receipt)
            yield DeskItem(title, str(row.topic), url, t("去答复", "Answer"), "2.1d", began_on=day_of(row.received_at))


def _requests(actor: Actor) -> Iterator[DeskItem]:
    for row in requests_to(actor):
        url = reverse("workspace:activity-request", args=[row.pk])
        title = t("回复征求意见：{what}", "Answer the request: {what}", what=row.activity.title)
        yield DeskItem(title, str(row.activity.topic), url, t("去回复", "Reply"), "2.1c", due_on=row.activity.due_on)
