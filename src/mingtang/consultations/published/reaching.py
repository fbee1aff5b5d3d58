"""News of consultations for those who follow a focus area or a department, and the code of its paper forms."""

from __future__ import annotations

from django.urls import reverse

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.consulting import ALIVE
from mingtang.consultations.rules.mails import code_of
from mingtang.kernel.text import t
from mingtang.platform.web.feeds import MOST, News
from mingtang.topics import published as topics_published
from mingtang.topics.rules import named


def news(government_id: int, *, area: str = "", department: int = 0) -> list[News]:
    """The newest consultations opened and adoption reports published, of one area or department or of all."""
    rows = Consultation.objects.filter(ALIVE, government_id=government_id, **named("topic__")).select_related("topic__government")
    if area:
        rows = rows.filter(topic__focus_areas__area=area)
    if department:
        rows = rows.filter(topic__department_id=department)
    opened = rows.filter(opened_at__isnull=False).order_by("-opened_at", "-id")[:MOST]
    reported = rows.filter(reported_at__isnull=False).order_by("-reported_at", "-id")[:MOST]
    return [*map(_opened, opened), *map(_reported, reported)]


def _opened(row: Consultation) -> News:
    assert row.opened_at is not None
    title = t("征求意见，至 {day}：{x}", "Open for comment until {day}: {x}", day=row.closes_on, x=topics_published.plain_title(row.topic))
    return News(row.opened_at, str(title), row.summary, reverse("portal:consultation", args=[row.pk]))


def _reported(row: Consultation) -> News:
    assert row.reported_at is not None
    title = t("意见采纳情况报告：{x}", "Adoption report: {x}", x=topics_published.plain_title(row.topic))
    return News(row.reported_at, str(title), row.summary, reverse("portal:report", args=[row.pk]))


def sheet_code(prefix: str, consultation_id: int) -> str:
    """What is printed on a form and typed by whoever keys it in, e.g. QH-B12."""
    return code_of(prefix, consultation_id)
