"""The matrix for staff, with the rules that carry each duty."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import path

from mingtang.oversight import queries
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request, page, staff_page


@staff_page
def obligations(request: Request) -> HttpResponse:
    """The 36 duties with rules, pages, evidence."""
    today = day_of(request.now)
    duties = queries.matrix(request.government.pk, date(today.year, 1, 1), today)
    context = {
        "duties": duties,
        "tally": queries.tally(duties),
        "year": today.year,
        "seats": queries.attended(request.government.pk, today),
    }
    return page(request, "oversight/workspace/obligations.html", context)


urlpatterns = [path("obligations/", obligations, name="obligations")]
