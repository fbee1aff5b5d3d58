"""What the machine proposes to group: asked for, looked at, accepted or set aside by a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, policy, queries
from mingtang.kernel.text import t
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell, ticked_ids


def _desk(consultation_id: int) -> str:
    return reverse("workspace:grouping", args=[consultation_id])


@staff_page
@require_POST
def propose(request: Request, consultation_id: int) -> HttpResponse:
    """Have the machine look through what has no place."""
    return perform(
        request,
        lambda: actions.propose_groups(consultation_id, actor=request.actor, now=request.now),
        to=f"{_desk(consultation_id)}#proposals",
        said=t("已开始，建议出来后列在本页。", "Under way; proposals appear on this page."),
    )


@staff_page
def proposal(request: Request, consultation_id: int, proposal_id: int) -> HttpResponse:
    """One proposal with its opinions; some may be left out, the title changed."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    found = queries.proposal(row.pk, proposal_id)
    if found is None:
        tell(request, t("没有这条建议。", "There is no such proposal."))
        return HttpResponseRedirect(_desk(row.pk))
    context = {
        "row": row,
        "proposal": found,
        "page": queries.proposed_opinions(found.pk, request.GET.get("after", "")),
        "may": policy.may_prepare(request.actor, row.topic.department_id),
        "title": request.POST.get("title", found.title),
        "left_out": ticked_ids(request, "without"),
    }
    return page(request, "consultations/workspace/proposal.html", context)


@staff_page
@require_POST
def decide(request: Request, consultation_id: int) -> HttpResponse:
    """Accept or set aside what is ticked, or the one proposal that was looked at."""
    here = request.POST.get("here", "")
    ids = ticked_ids(request, "proposal")
    to = f"{_desk(consultation_id)}#proposals"
    if not ids:
        tell(request, t("没有选中建议。请先勾选。", "No proposal is chosen. Tick some first."))
        return HttpResponseRedirect(to)
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if "dismiss" in request.POST:
        gone = attempt(request, lambda: actions.dismiss_proposals(consultation_id, ids, **who))
        if gone is not None:
            tell(request, t("{n} 条建议不采用。", "{n} proposals set aside.", n=gone))
            return HttpResponseRedirect(to)
    else:
        without = ticked_ids(request, "without")
        title = request.POST.get("title", "") if here else ""
        placed = attempt(request, lambda: actions.accept_proposals(consultation_id, ids, **who, title=title, without=without))
        if placed is not None:
            tell(request, t("{n} 条意见已归组。", "{n} opinions have their group.", n=placed))
            return HttpResponseRedirect(to)
    return proposal(request, consultation_id, ids[0])


BASE = "consultations/<int:consultation_id>/grouping/proposals/"
urlpatterns = [
    path(BASE, propose, name="grouping-propose"),
    path(f"{BASE}decide/", decide, name="grouping-decide"),
    path(f"{BASE}<int:proposal_id>/", proposal, name="grouping-proposal"),
]
