"""News of consultations for those who follow a focus area or a department, and the words of posters and forms."""

from __future__ import annotations

from django.urls import reverse

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.consulting import ALIVE
from mingtang.kernel.text import t
from mingtang.platform.web.feeds import MOST, News
from mingtang.topics import published as topics_published


def news(government_id: int, *, area: str = "", department: int = 0) -> list[News]:
    """The newest consultations opened and adoption reports published, of one area or department or of all."""
    rows = Consultation.objects.filter(ALIVE, government_id=government_id, topic__is_secret=False).select_related("topic__government")
    if area:
        rows = rows.filter(topic__focus_areas__area=area)
    if department:
        rows = rows.filter(topic__department_id=department)
    opened = rows.filter(opened_at__isnull=False).order_by("-opened_at", "-id")[:MOST]
    reported = rows.filter(reported_at__isnull=False).order_by("-reported_at", "-id")[:MOST]
    return [*map(_opened, opened), *map(_reported, reported)]


def _opened(row: Consultation) -> News:
    assert row.opened_at is not None
    title = t("征求意见，至 {day}：{x}", "Open for comment until {day}: {x}", day=row.closes_on, x=_title(row))
    return News(row.opened_at, str(title), row.summary, reverse("portal:consultation", args=[row.pk]))


def _reported(row: Consultation) -> News:
    assert row.reported_at is not None
    title = t("意见采纳情况报告：{x}", "Adoption report: {x}", x=_title(row))
    return News(row.reported_at, str(title), row.summary, reverse("portal:report", args=[row.pk]))


def _title(row: Consultation) -> str:
    return topics_published.title_of(row.topic).replace("|", "")


def sheet_code(prefix: str, consultation_id: int) -> str:
    """What is printed on a form and typed by whoever keys it in, e.g. QH-B12."""
    return f"{prefix}-B{consultation_id}"


def asks(questions: str) -> tuple[str, ...]:
    """The lines of what the department would like to hear."""
    return tuple(line.strip() for line in questions.splitlines() if line.strip())


def ways_in(ways: str, contact: str) -> tuple[str, ...]:
    """The other doors, a line each; the contact when none is given."""
    return asks(ways) or ((contact,) if contact else ())
