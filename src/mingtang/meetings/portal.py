"""The calendar of meetings, as a month and as a list."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.meetings import published
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import work_calendar
from mingtang.platform.web.edges import Request, page, public_page
from mingtang.topics.rules import KIND_LABELS

YEARS = range(2000, 2200)


@page_for("1.1a", title=t("会议日历，按类型", "Calendar of meetings by kind"), url_name="portal:calendar")
@public_page("calendar")
def calendar(request: Request) -> HttpResponse:
    """One month of meetings."""
    today = day_of(request.now)
    first, bad = _month(request.GET.get("month", ""), today)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KIND_LABELS else ""
    rows = published.month(request.government.pk, first, kind)
    context = {
        "first": first,
        "rows": rows,
        "weeks": published.grid(first, rows, work_calendar(), today),
        "kind": kind,
        "kinds": KIND_LABELS.items(),
        "before": published.shift(first, -1),
        "after": published.shift(first, 1),
        "bad": bad,
        "last": None if rows else published.last_held(request.government.pk),
    }
    return page(request, "meetings/portal/calendar.html", context)


def _month(asked: str, today: date) -> tuple[date, str]:
    if not asked:
        return today.replace(day=1), ""
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today.replace(day=1), asked[:20]
    return (first, "") if first.year in YEARS else (today.replace(day=1), asked[:20])


urlpatterns = [path("calendar/", calendar, name="calendar")]
