"""Citizens' proposals to hold a hearing, answered with a reason."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse

from mingtang.hearings import actions, policy, queries
from mingtang.hearings.workspace.desk import who
from mingtang.kernel.text import t
from mingtang.platform.web.edges import Request, attempt, page, perform, staff_page


@staff_page
def proposals(request: Request) -> HttpResponse:
    """Proposals of citizens, newest first."""
    policy.may_see(request.actor).require()
    found = queries.proposals(request.government.pk, after=request.GET.get("after", ""))
    return page(request, "hearings/workspace/proposals.html", {"page": found})


@staff_page
def proposal(request: Request, proposal_id: int) -> HttpResponse:
    """One proposal: answer it with a reason; contact data for a purpose."""
    policy.may_see(request.actor).require()
    row, contact = queries.proposal(request.government.pk, proposal_id), None
    answer = request.POST.get("answer", "")[:1000]
    if "accept" in request.POST or "decline" in request.POST:
        act = lambda: actions.answer_proposal(proposal_id, accept="accept" in request.POST, answer=answer, **who(request))  # noqa: E731 - handed on once
        if attempt(request, act):
            return perform(request, lambda: None, to=reverse("workspace:hearing-proposals"), said=t("已答复。", "Answered."))
    purpose = request.POST.get("purpose", "")[:300]
    if "look" in request.POST:
        contact = attempt(request, lambda: actions.look_at_proposer(proposal_id, purpose=purpose, **who(request)))
    context = {
        "row": row,
        "answer": answer,
        "contact": contact,
        "looked": "look" in request.POST and request.refused is None,
        "purpose": purpose,
        "may_decide": policy.may_decide(request.actor, row.topic.department_id),
        "may_contact": policy.may_see_contact(request.actor, row.topic.department_id),
    }
    return page(request, "hearings/workspace/proposal.html", context)


urlpatterns = [
    path("hearings/proposals/", proposals, name="hearing-proposals"),
    path("hearings/proposals/<int:proposal_id>/", proposal, name="hearing-proposal"),
]
