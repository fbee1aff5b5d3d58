"""Noting in one go that many people of a hearing were told what became of their points."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse

from mingtang.hearings import actions
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, perform, require_POST, staff_page


@staff_page
@require_POST
def told(request: Request, hearing_id: int) -> HttpResponse:
    """Note for everybody ticked that they were told, all or nobody."""
    ids = [found for each in request.POST.getlist("person") if (found := row_id(each))]
    said = t("已记录告知 {n} 人。", "{n} recorded as told.", n=len(set(ids))) if ids else t("没有勾选。", "Nobody was ticked.")
    door = request.POST.get("door", "phone")
    return perform(
        request,
        lambda: actions.record_told_many(hearing_id, ids, actor=request.actor, now=request.now, door=door),
        to=reverse("workspace:hearing-people", args=[hearing_id]),
        said=said,
    )


urlpatterns = [path("hearings/<int:hearing_id>/people/told/", told, name="hearing-told")]
