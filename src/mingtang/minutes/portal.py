"""The public bulletin, on the page and as DOCX and PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.minutes import published
from mingtang.platform.ledger.published import head_at
from mingtang.platform.papers.writing import MEDIA, as_file
from mingtang.platform.web.edges import Request, form_page, page, public_page


@page_for("3.2e", "3.2f", title=t("会议纪要（公开版）", "Minutes (public)"), url_name="portal:calendar")
@public_page("meeting:{meeting_id}")
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """The bulletin of a meeting."""
    found = published.bulletin(request.government.pk, meeting_id)
    if found is None:
        raise Http404
    return page(
        request,
        "minutes/portal/minutes.html",
        {
            "view": found,
            "versions": published.versions(meeting_id),
            "suggestions": published.suggestions(meeting_id),
            "anchor": head_at(request.government.pk, found.issued_at),
        },
    )


@public_page("meeting:{meeting_id}")
def minutes_file(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The bulletin as an official document (GB/T 9704)."""
    found = published.bulletin(request.government.pk, meeting_id)
    if found is None:
        raise Http404
    paper = published.paper_of(found, request.government.name)
    answer = HttpResponse(as_file(request.government.pk, "minutes", paper, form), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="minutes-{meeting_id}.{form}"'
    return answer


@form_page
def outcome(request: Request, token: str) -> HttpResponse:
    """What was decided and what became of one's own suggestions: for whoever holds the link and was there."""
    found = published.own_outcome(request.government.pk, token, request.now)
    if found is None:
        raise Http404
    return page(request, "minutes/portal/outcome.html", {"view": found})


urlpatterns = [
    path("invitation/<str:token>/outcome/", outcome, name="invitation-outcome"),
    path("meetings/<int:meeting_id>/minutes/", minutes, name="minutes"),
    path("meetings/<int:meeting_id>/minutes.docx", minutes_file, {"form": "docx"}, name="minutes-docx"),
    path("meetings/<int:meeting_id>/minutes.pdf", minutes_file, {"form": "pdf"}, name="minutes-pdf"),
]
