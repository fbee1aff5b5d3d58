"""The public bulletin, on the page and as DOCX and PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.minutes import published
from mingtang.platform.documents.official import DOCX, to_docx, to_pdf
from mingtang.platform.ledger.published import head_at
from mingtang.platform.web.edges import Request, page, public_page

KINDS = {
    "docx": (DOCX, to_docx),
    "pdf": ("application/pdf", to_pdf),
}


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
        {"view": found, "suggestions": published.suggestions(meeting_id), "anchor": head_at(request.government.pk, found.issued_at)},
    )


@public_page("meeting:{meeting_id}")
def minutes_file(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The bulletin as an official document (GB/T 9704)."""
    found = published.bulletin(request.government.pk, meeting_id)
    if found is None:
        raise Http404
    media_type, write = KINDS[form]
    answer = HttpResponse(write(published.paper_of(found, request.government.name)), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="minutes-{meeting_id}.{form}"'
    return answer


urlpatterns = [
    path("meetings/<int:meeting_id>/minutes/", minutes, name="minutes"),
    path("meetings/<int:meeting_id>/minutes.docx", minutes_file, {"form": "docx"}, name="minutes-docx"),
    path("meetings/<int:meeting_id>/minutes.pdf", minutes_file, {"form": "pdf"}, name="minutes-pdf"),
]
