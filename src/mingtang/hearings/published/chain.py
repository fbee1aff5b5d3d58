"""What hearings and activities give to the matter page: entries of the chain."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mingtang.hearings.models import Activity, Hearing, Participant
from mingtang.hearings.published.hearing import CAME
from mingtang.kernel.text import NOTHING, Text, same, t
from mingtang.platform.clock import local
from mingtang.platform.web.chain import ChainEntry


def chain(topic_id: int) -> list[ChainEntry]:
    """Notices, lists, sessions and reports of hearings; activities published."""
    hearings = Hearing.objects.filter(topic_id=topic_id, announced_at__isnull=False).prefetch_related("quotas").order_by("id")
    entries = [entry for row in hearings for entry in _of_hearing(row)]
    for row in Activity.objects.filter(topic_id=topic_id, published_at__isnull=False).order_by("id"):
        assert row.published_at is not None
        title = t("{kind}：{title}", "{kind}: {title}", kind=row.kind_label, title=row.title)
        entries.append(ChainEntry(row.published_at, title, same(row.summary[:120]), url=reverse("portal:activity", args=[row.pk])))
    return entries


def _of_hearing(row: Hearing) -> list[ChainEntry]:
    url = reverse("portal:hearing", args=[row.pk])
    when = local(row.starts_at).strftime("%Y-%m-%d %H:%M") if row.starts_at else ""
    steps: list[tuple[datetime | None, Text, Text]] = [
        (
            row.announced_at,
            t("公告听证会", "Hearing announced"),
            t("{at} 在{place}举行，{sum}", "{at}, {place}. {sum}", at=when, place=row.place, sum=row.seat_sum().says),
        ),
        (row.listed_at, t("公布听证参加人名单", "List of participants published"), _found(row)),
        (row.closed_at, t("举行听证会", "Hearing held"), _held(row) if row.closed_at else NOTHING),
        (row.reported_at, t("公布听证报告", "Hearing report published"), NOTHING),
    ]
    return [ChainEntry(at, title, body, url=url) for at, title, body in steps if at]


def _found(row: Hearing) -> Text:
    if row.draws.filter(annulled_at=None, revealed_at__isnull=False).exists():
        return t("席位由抽签产生，人人可以重算。", "The seats were drawn by lot; anybody can repeat the draw.")
    return NOTHING


def _held(row: Hearing) -> Text:
    people = Participant.objects.filter(hearing=row, seat="participant")
    n, points = people.filter(state__in=CAME).count(), row.points.count()
    return t(
        "{n} 位参加人到会，提出 {points} 条意见，已归入征求意见一并答复。",
        "{n} participants raised {points} points, answered with the other opinions.",
        n=n,
        points=points,
    )
