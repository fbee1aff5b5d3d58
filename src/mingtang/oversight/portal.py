"""How this district keeps the regulation, for everybody."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.oversight import published
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request, page, public_page


@page_for("3.4d", title=t("制度落实情况", "How the regulation is kept"), url_name="portal:obligations")
@public_page("obligations", "home")
def obligations(request: Request) -> HttpResponse:
    """The 36 duties with their state, computed from what happened this year."""
    today = day_of(request.now)
    duties = published.matrix(request.government.pk, date(today.year, 1, 1), today)
    context = {
        "duties": duties,
        "tally": published.tally(duties),
        "year": today.year,
        "seats": published.attended(request.government.pk, today),
    }
    return page(request, "oversight/portal/obligations.html", context)


urlpatterns = [path("obligations/", obligations, name="obligations")]
