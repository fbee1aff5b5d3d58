"""Public pages of hearings and the other activities; forms and personal links without an account."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.hearings import actions, forms, published
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.actor import stranger
from mingtang.platform.clock import day_of, local
from mingtang.platform.codes import as_code
from mingtang.platform.documents.official import Slip
from mingtang.platform.drawing.showing import json_file
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.slips import code_on_page, slip_of
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.platform.web.throttle import may_pass
from mingtang.topics import published as topics_published


@page_for("2.1c", "2.1d", title=t("听证与其他听取意见活动", "Hearings and other listening"), url_name="portal:hearings")
@public_page("hearings")
def hearing_list(request: Request) -> HttpResponse:
    """Hearings announced, activities published, proposals answered."""
    which, after = request.GET.get("which", ""), request.GET.get("after", "")
    if which == "activities":
        found, activities = published.activities(request.government.pk, after=after)
        return page(request, "hearings/portal/list.html", {"which": which, "page": found, "activities": activities})
    hearings, rows = published.hearings(request.government.pk, day_of(request.now), after=after)
    proposals = published.answered_proposals(request.government.pk)
    return page(request, "hearings/portal/list.html", {"which": "", "page": hearings, "rows": rows, "proposals": proposals})


@page_for("2.1d", "1.3b", title=t("听证公告、名单、笔录摘要、报告", "Notice, list, record in short, report"), url_name="portal:hearings")
@public_page("hearing:{hearing_id}", "home")
def hearing(request: Request, hearing_id: int) -> HttpResponse:
    """One hearing with everything that is public about it."""
    view = published.hearing(request.government.pk, hearing_id, request.now)
    if view is None:
        raise Http404
    return page(request, "hearings/portal/hearing.html", {"view": view, "row": view.hearing})


@public_page("hearing:{hearing_id}", "home")
def draw(request: Request, hearing_id: int) -> HttpResponse:
    """The draw as anybody can repeat it: what was frozen, the randomness, the outcome."""
    view = published.hearing(request.government.pk, hearing_id, request.now)
    if view is None or not view.draws:
        raise Http404
    return page(request, "hearings/portal/draw.html", {"view": view, "row": view.hearing, "draw": view.draw})


@public_page("hearing:{hearing_id}")
def draw_file(request: Request, hearing_id: int, number: int) -> HttpResponse:
    """The draw as one file for notaries."""
    found = published.draw_file(request.government.pk, hearing_id, number)
    if found is None:
        raise Http404
    return json_file(found, f"hearing-draw-{hearing_id}-{number}.json")


@form_page
def enrol(request: Request, hearing_id: int) -> HttpResponse:
    """Enrol without an account; the personal link is the receipt."""
    found = published.enrolment(request.government.pk, hearing_id, request.now)
    if found is None:
        raise Http404
    row, seats, categories, least = found
    initial = {"token": secrets.token_urlsafe(16), "seat": seats[0][0] if seats else ""}
    form = forms.EnrolForm(request.POST or None, initial=initial, seats=seats, categories=categories, least_age=least)
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: _enrol(request, hearing_id, form.cleaned_data))
        if done:
            return HttpResponseRedirect(f"{reverse('portal:hearing-mine', args=[done.token])}?new=1")
    return page(request, "hearings/portal/enrol.html", {"row": row, "form": form, "is_open": bool(seats)})


def _enrol(request: Request, hearing_id: int, data: dict[str, Any]) -> Any:
    may_pass(request, "enrol", "hearing.enrol_per_hour").require()
    given = {name: value for name, value in data.items() if name != "token"}
    enrolment = actions.EnrolmentIn(**given)
    return actions.enrol(hearing_id, enrolment, actor=stranger(request.government.pk), now=request.now, token=data["token"])


@form_page
def mine(request: Request, token: str) -> HttpResponse:
    """Where I stand, my papers, the record to confirm, what became of my points."""
    row = actions.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return page(request, "hearings/portal/lost.html", status=404)
    form = forms.SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, who = form.cleaned_data["reason"], stranger(request.government.pk)
        if "leave" in request.POST:
            done = attempt(request, lambda: actions.withdraw_self(token, reason=reason, actor=who, now=request.now))
        else:
            done = attempt(
                request, lambda: actions.sign_record(token, accept="accept" in request.POST, reason=reason, actor=who, now=request.now)
            )
        if done:
            return HttpResponseRedirect(reverse("portal:hearing-mine", args=[token]))
    context = {"view": published.personal(row), "form": form, "fresh": "new" in request.GET}
    return page(request, "hearings/portal/mine.html", context)


@form_page
def paper(request: Request, token: str, document_id: int) -> HttpResponse:
    """A paper handed to this person; fetching it is part of the proof."""
    found = actions.fetch_paper(token, document_id, now=request.now)
    if found is None or found.participant.government_id != request.government.pk:
        raise Http404
    return file_response(published.paper(found), inline=True)  # type: ignore[return-value]  # a streaming response


@form_page
def propose(request: Request, topic_id: int) -> HttpResponse:
    """Propose a hearing on a matter; no account needed."""
    matter = topics_published.matter(request.government.pk, topic_id)
    if matter is None:
        raise Http404
    form = forms.ProposeForm(request.POST or None, initial={"token": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: _propose(request, topic_id, form.cleaned_data))
        if done:
            return HttpResponseRedirect(f"{reverse('portal:hearing-proposal', args=[done.receipt])}?new=1")
    return page(request, "hearings/portal/propose.html", {"matter": matter, "form": form})


def _propose(request: Request, topic_id: int, data: dict[str, Any]) -> Any:
    may_pass(request, "proposal", "hearing.enrol_per_hour").require()
    return actions.propose_hearing(topic_id, actor=stranger(request.government.pk), now=request.now, **data)


@form_page
def proposal(request: Request, receipt: str) -> HttpResponse:
    """What became of a proposal, with its receipt."""
    found = published.proposal(request.government.pk, as_code(receipt))
    if found is None:
        return page(request, "hearings/portal/lost.html", status=404)
    context = {"held": found, "view": found.view, "fresh": "new" in request.GET}
    return page(request, "hearings/portal/proposal.html", {**context, **code_on_page(request, found.view.receipt, found.line)})


def slip(request: Request, code: str) -> Slip | None:
    """The receipt of a proposal as it is printed; None when none has this code."""
    found = published.proposal(request.government.pk, as_code(code))
    if found is None:
        return None
    view = found.view
    rows = [
        (t("议题", "Matter"), view.topic.replace("|", "")),
        (t("收到", "Received"), f"{local(view.received_at):%Y-%m-%d %H:%M}"),
        (t("内容", "Text"), view.words),
    ]
    foot = t(
        "牵头部门会写明理由答复。凭回执号可以看到结果和理由，不必登录。",
        "The lead department answers with its reason. This receipt shows the answer; no account is needed.",
    )
    title = t("听证建议回执", "Receipt of a proposal for a hearing")
    return slip_of(request, view.receipt, title, rows, foot, at=view.received_at, line=found.line, fingerprint=found.fingerprint)


@page_for(
    "2.1c",
    title=t("座谈、问卷、走访、专家论证、征求部门意见", "Symposia, surveys, visits, experts, departments"),
    url_name="portal:hearings",
)
@public_page("activity:{activity_id}", "home")
def activity(request: Request, activity_id: int) -> HttpResponse:
    """One activity: whom it heard, what they said, figures with their n."""
    view = published.activity(request.government.pk, activity_id)
    if view is None:
        raise Http404
    return page(request, "hearings/portal/activity.html", {"view": view, "row": view.activity})


@form_page
def heard(request: Request, token: str) -> HttpResponse:
    """What became of what I said at a symposium, on a visit, as an expert."""
    view = published.heard(request.government.pk, token)
    if view is None:
        return page(request, "hearings/portal/lost.html", status=404)
    return page(request, "hearings/portal/heard.html", {"view": view})


urlpatterns = [
    path("hearings/", hearing_list, name="hearings"),
    path("hearings/<int:hearing_id>/", hearing, name="hearing"),
    path("hearings/<int:hearing_id>/draw/", draw, name="hearing-draw"),
    path("hearings/<int:hearing_id>/draw/<int:number>.json", draw_file, name="hearing-draw-file"),
    path("hearings/<int:hearing_id>/enrol/", enrol, name="hearing-enrol"),
    path("hearings/proposals/<str:receipt>/", proposal, name="hearing-proposal"),
    path("matters/<int:topic_id>/propose-hearing/", propose, name="hearing-propose"),
    path("hearing-mine/<str:token>/", mine, name="hearing-mine"),
    path("hearing-mine/<str:token>/papers/<int:document_id>/", paper, name="hearing-paper"),
    path("listening/<int:activity_id>/", activity, name="activity"),
    path("listening-mine/<str:token>/", heard, name="listening-mine"),
]
