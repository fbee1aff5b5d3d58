"""Further points of one opinion: a passage goes into another group, or is taken back out of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, queries
from mingtang.consultations.workspace.grouping import seen_of
from mingtang.consultations.workspace.moderating import opinion_page
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, attempt, perform, require_POST, staff_page, tell


def _here(consultation_id: int, opinion_id: int) -> str:
    return reverse("workspace:opinion", args=[consultation_id, opinion_id]) + "#points"


@staff_page
@require_POST
def point(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Put the chosen sentence, or the words copied, into a further group; a refusal keeps what was typed."""
    given = request.POST
    quote = given.get("point_quote", "").strip() or given.get("point_sentence", "")
    where: dict[str, Any] = {"group_id": row_id(given.get("point_group", "")), "title": given.get("point_title", "")}
    who: dict[str, Any] = {"actor": request.actor, "now": request.now, "seen": seen_of(request)}
    found = queries.opinion(request.actor, consultation_id, opinion_id)
    if attempt(request, lambda: actions.add_point(consultation_id, found.pk, quote, **who, **where)) is None:
        return opinion_page(request, found)
    tell(request, t("这一点已归入另一组。", "This point is in the other group too."))
    return HttpResponseRedirect(_here(consultation_id, opinion_id))


@staff_page
@require_POST
def unpoint(request: Request, consultation_id: int, opinion_id: int, group_id: int) -> HttpResponse:
    """Take a point back out of a group."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now, "seen": seen_of(request)}
    return perform(
        request,
        lambda: actions.remove_point(consultation_id, opinion_id, group_id, **who),
        to=_here(consultation_id, opinion_id),
        said=t("已取消这一点。", "Taken back."),
    )


BASE = "consultations/<int:consultation_id>/opinions/<int:opinion_id>/points/"
urlpatterns = [
    path(BASE, point, name="opinion-point"),
    path(f"{BASE}<int:group_id>/remove/", unpoint, name="opinion-unpoint"),
]
