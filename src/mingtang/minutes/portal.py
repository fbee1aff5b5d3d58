"""The public bulletin, on the page and as DOCX and PDF; the receipt of a suggestion."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import speaking, t
from mingtang.minutes import published
from mingtang.platform.clock import local
from mingtang.platform.codes import as_code
from mingtang.platform.documents.official import Slip
from mingtang.platform.ledger.printing import anchor_words
from mingtang.platform.ledger.published import head_at
from mingtang.platform.papers.writing import MEDIA, as_file
from mingtang.platform.slips import code_on_page, slip_of
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
    with speaking("zh"):  # minutes are issued in Chinese
        anchor = anchor_words(head_at(request.government.pk, found.issued_at))
    paper = published.paper_of(found, request.government.name, anchor)
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


@form_page
def suggestion(request: Request, code: str) -> HttpResponse:
    """What became of a suggestion: recorded, judged, answered; with the receipt and nothing else."""
    view = published.suggestion(request.government.pk, as_code(code))
    if view is None:
        raise Http404
    return page(request, "minutes/portal/suggestion.html", {"view": view, **code_on_page(request, view.receipt, view.line)})


def slip(request: Request, code: str) -> Slip | None:
    """The receipt of a suggestion as it is printed; None when none has this code."""
    view = published.suggestion(request.government.pk, as_code(code))
    if view is None:
        return None
    rows = [
        (t("会议", "Meeting"), str(view.meeting)),
        (t("议题", "Matter"), f"{t('第 {n} 项', 'item {n}', n=view.item)}　{view.topic.replace('|', '')}"),
        (t("收到", "Received"), f"{local(view.said_at):%Y-%m-%d %H:%M}"),
        (t("建议", "Suggestion"), view.text),
    ]
    foot = t(
        "纪要印发后，凭回执号可以看到建议是否写入纪要、怎样答复，不必登录。",
        "Once the minutes are issued this receipt shows whether they have the suggestion and how it was answered; no account is needed.",
    )
    title = t("代表建议回执", "Receipt of a suggestion")
    return slip_of(request, view.receipt, title, rows, foot, at=view.said_at, line=view.line, fingerprint=view.fingerprint)


urlpatterns = [
    path("invitation/<str:token>/outcome/", outcome, name="invitation-outcome"),
    path("meetings/<int:meeting_id>/minutes/", minutes, name="minutes"),
    path("meetings/<int:meeting_id>/minutes.docx", minutes_file, {"form": "docx"}, name="minutes-docx"),
    path("meetings/<int:meeting_id>/minutes.pdf", minutes_file, {"form": "pdf"}, name="minutes-pdf"),
]
