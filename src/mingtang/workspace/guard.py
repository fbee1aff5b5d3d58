"""The findings of one thing before it goes public, and clearing them."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.platform.guard import gate, policy
from mingtang.platform.guard.looking import look
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell


@staff_page
def findings(request: Request, kind: str, subject_id: int) -> HttpResponse:
    """Every finding with its place and a masked excerpt; a reviewer clears each with a reason."""
    material = gate.material_of(request.actor, kind, subject_id)
    mark, reason = request.POST.get("fingerprint", ""), request.POST.get("reason", "")

    cleared = (
        attempt(request, lambda: gate.clear_finding(material, mark, actor=request.actor, now=request.now, reason=reason))
        if request.method == "POST"
        else None
    )
    if cleared:
        tell(request, t("已放行这一处，理由已记录。", "This finding is cleared; the reason is recorded."))
        return HttpResponseRedirect(reverse("workspace:guard", args=[kind, subject_id]))
    seen = look(material, request.now)
    return page(
        request,
        "workspace/guard.html",
        {
            "material": material,
            "stops": [each for each in seen if each.stops],
            "cleared": [each for each in seen if each.clearance],
            "told": [each for each in seen if not each.stops and not each.clearance],
            "may_clear": policy.may_clear(request.actor, material),
            "mark": mark,
            "reason": reason,
        },
    )


urlpatterns = [path("guard/<str:kind>/<int:subject_id>/", findings, name="guard")]
