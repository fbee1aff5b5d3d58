"""House rules and seats for everybody; the personal link of a representative."""

from __future__ import annotations

import segno
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.decision import Refused
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.meetings import published as meetings
from mingtang.platform.actor import stranger
from mingtang.platform.files.keep import own_response
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page, refusal_page
from mingtang.representatives import actions, forms, published
from mingtang.topics import published as topics


@page_for("3.2b", title=t("列席工作规定", "House rules"), url_name="portal:house-rules")
@public_page("house-rules")
def house_rules(request: Request) -> HttpResponse:
    """The house rules in force of every department."""
    return page(request, "representatives/portal/rules.html", {"rules": published.house_rules(request.government.pk, request.now)})


@public_page("meeting:{meeting_id}")
def seats(request: Request, meeting_id: int) -> HttpResponse:
    """Everybody with a seat at a meeting, a page at a time."""
    found = meetings.meeting(request.government.pk, meeting_id)
    if found is None:
        raise Http404
    context = {"view": found, "seats": published.seats(meeting_id, after=request.GET.get("after", ""))}
    return page(request, "representatives/portal/seats.html", context)


@public_page("topic:{topic_id}")
def matter_seats(request: Request, topic_id: int) -> HttpResponse:
    """Everybody with a seat at any meeting that hears a matter, meeting by meeting, a page at a time."""
    found = topics.matter(request.government.pk, topic_id)
    if found is None:
        raise Http404
    view = published.all_seats(request.government.pk, topic_id, after=request.GET.get("after", ""))
    return page(request, "representatives/portal/matter_seats.html", {"matter": found, "view": view})


@page_for("3.2b", title=t("各版列席工作规定", "The versions of the house rules"), url_name="portal:house-rules")
@public_page("house-rules")
def house_rules_of(request: Request, department_id: int) -> HttpResponse:
    """Every version of one department's house rules, and what changed between two of them."""
    asked = {"before": request.GET.get("from", "")[:6], "after": request.GET.get("to", "")[:6]}
    view = published.versions_of(request.government.pk, department_id, request.now, **asked)
    if view is None:
        raise Http404
    return page(request, "representatives/portal/rules_versions.html", {"view": view})


@form_page
def invitation(request: Request, token: str) -> HttpResponse:
    """The personal page: answer, requirements, papers, the code for the door. A lost or used-up link is explained."""
    row = actions.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return page(request, "representatives/portal/lost.html", status=404)
    form = forms.AnswerForm(request.POST or None, initial={"publish_name": row.publish_name})
    if request.method == "POST" and _answered(request, token, form):
        return HttpResponseRedirect(reverse("portal:invitation", args=[token]))
    view = published.personal(row, request.now)
    code = segno.make_qr(view.code, error="m").svg_inline(border=4, light="#fff", omitsize=True) if view.code else ""
    return page(request, "representatives/portal/invitation.html", {"view": view, "form": form, "qr": code})


def _answered(request: Request, token: str, form: forms.AnswerForm) -> bool:
    who = stranger(request.government.pk)
    if "confirm" in request.POST:
        return attempt(request, lambda: actions.confirm_rules(token, actor=who, now=request.now)) is not None
    if "acknowledge" in request.POST:
        return attempt(request, lambda: actions.acknowledge(token, actor=who, now=request.now)) is not None
    if not form.is_valid():
        return False
    said = attempt(
        request,
        lambda: actions.answer_invitation(token, actor=who, now=request.now, accept="accept" in request.POST, **form.cleaned_data),
    )
    return said is not None


@form_page
def material(request: Request, token: str, document_id: int) -> HttpResponse:
    """A paper handed to this person, their own copy where it carries their name; fetching it is part of the proof."""
    found = actions.fetch_material(token, document_id, now=request.now)
    if found is None or found.invitation.government_id != request.government.pk:
        raise Http404
    file = published.paper(found)
    if not found.marked:
        return file_response(file, inline=True)  # type: ignore[return-value]  # a streaming response
    try:
        return own_response(published.own_copy(found), file.name, file.media_type)
    except Refused as refused:
        return refusal_page(request, refused.decision)


urlpatterns = [
    path("house-rules/", house_rules, name="house-rules"),
    path("meetings/<int:meeting_id>/seats/", seats, name="meeting-seats"),
    path("matters/<int:topic_id>/seats/", matter_seats, name="matter-seats"),
    path("house-rules/<int:department_id>/", house_rules_of, name="house-rules-of"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("invitation/<str:token>/papers/<int:document_id>/", material, name="invitation-paper"),
]
