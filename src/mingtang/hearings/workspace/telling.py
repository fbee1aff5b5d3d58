"""Noting in one go that many people heard were told what became of their points."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse

from mingtang.hearings import actions
from mingtang.hearings.workspace.desk import who
from mingtang.kernel.text import t
from mingtang.platform.web.edges import Request, perform, require_POST, staff_page, ticked

TOLD = t("已记录告知 {n} 人。", "{n} recorded as told.")


@staff_page
@require_POST
def told(request: Request, hearing_id: int) -> HttpResponse:
    """Note for everybody ticked that they were told, all or nobody."""
    ids, said = ticked(request, TOLD)
    door, back = request.POST.get("door", "phone"), reverse("workspace:hearing-people", args=[hearing_id])
    return perform(request, lambda: actions.record_told_many(hearing_id, ids, door=door, **who(request)), to=back, said=said)


@staff_page
@require_POST
def members_told(request: Request, activity_id: int) -> HttpResponse:
    """The same for people heard in an activity."""
    ids, said = ticked(request, TOLD)
    door, back = request.POST.get("door", "phone"), reverse("workspace:activity", args=[activity_id])
    return perform(request, lambda: actions.record_members_told(activity_id, ids, door=door, **who(request)), to=back, said=said)


urlpatterns = [
    path("hearings/<int:hearing_id>/people/told/", told, name="hearing-told"),
    path("activities/<int:activity_id>/told/", members_told, name="activity-told"),
]
