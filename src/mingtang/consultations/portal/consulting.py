"""The list, the draft, comments, receipts, the adoption report."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.urls import path

from mingtang.consultations import published
from mingtang.consultations.published import papers
from mingtang.consultations.published.reporting import groups_page, is_reported
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.ledger.printing import anchor_words
from mingtang.platform.ledger.published import head_at
from mingtang.platform.papers.writing import MEDIA, as_file
from mingtang.platform.sparing import sparing
from mingtang.platform.web.edges import Request, page, public_page


@page_for("2.1a", title=t("征求意见目录", "List of consultations"), url_name="portal:consultations")
@public_page("consultations")
def consultation_list(request: Request) -> HttpResponse:
    """All consultations with dates, duration and the state of their report."""
    which = request.GET.get("which", "")
    found, rows = published.consultations(request.government.pk, day_of(request.now), which=which, after=request.GET.get("after", ""))
    return page(request, "consultations/portal/list.html", {"page": found, "rows": rows, "which": which})


@page_for("2.1a", "2.1b", "2.1c", title=t("草案、依据和大白话说明", "Draft, basis and plain words"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def consultation(request: Request, consultation_id: int) -> HttpResponse:
    """The draft clause by clause, with what people said in numbers."""
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    terms = published.terms(consultation_id)
    context = {
        "view": view,
        "terms": terms,
        "texts": {each.id: published.marked(each.text, terms) for each in view.clauses},
        "sets": published.alternative_sets(consultation_id),
        "asks": published.questions(consultation_id),
        "inquiries": published.inquiry_counts(consultation_id),
        "versions": published.versions(consultation_id),
    }
    return page(request, "consultations/portal/consultation.html", context)


@public_page("consultation:{consultation_id}")
def opinions(request: Request, consultation_id: int) -> HttpResponse:
    """What people said, newest first; withheld ones leave a note."""
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    clause, words = request.GET.get("clause", ""), request.GET.get("q", "").strip()[:80]
    found, rows = published.shown_opinions(consultation_id, clause=clause, words=words, after=request.GET.get("after", ""))
    context = {"view": view, "page": found, "rows": rows, "clause": clause, "words": words}
    return page(request, "consultations/portal/opinions.html", context)


@page_for("2.1e", "2.1f", title=t("意见采纳情况报告", "Adoption report"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def report(request: Request, consultation_id: int) -> HttpResponse:
    """The adoption report, one to one with its consultation."""
    found = published.report(request.government.pk, consultation_id)
    if found is None:
        raise Http404
    groups, rows = groups_page(consultation_id, request.GET.get("after", ""))
    context = {
        "report": found,
        "page": groups,
        "groups": rows,
        "packed": published.archive_of(consultation_id).is_file(),
        "anchor": head_at(request.government.pk, found.published_at),
    }
    return page(request, "consultations/portal/report.html", context)


@public_page("consultation:{consultation_id}")
def report_export(request: Request, consultation_id: int) -> HttpResponse:
    """Everything needed to recount and to check it against the public log, in one archive."""
    path = published.archive_of(consultation_id)
    if not is_reported(request.government.pk, consultation_id) or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"mingtang-{consultation_id}.zip")  # type: ignore[return-value]  # streaming


@public_page("consultation:{consultation_id}")
def report_paper(request: Request, consultation_id: int, form: str) -> HttpResponse:
    """The report as a document to file or print, or as JSON."""
    found = published.report(request.government.pk, consultation_id)
    if found is None:
        raise Http404
    name = f'attachment; filename="adoption-report-{consultation_id}.{form}"'
    if form == "json":
        streamed = StreamingHttpResponse(sparing(papers.report_json(found)), content_type="application/json; charset=utf-8")
        streamed["Content-Disposition"] = name
        return streamed  # type: ignore[return-value]  # a streaming response
    anchor = anchor_words(head_at(request.government.pk, found.published_at))
    answer = HttpResponse(as_file(request.government.pk, "report", papers.report_paper(found, anchor), form), content_type=MEDIA[form])
    answer["Content-Disposition"] = name
    return answer


@public_page("consultation:{consultation_id}")
def report_data(request: Request, consultation_id: int, form: str) -> HttpResponse:
    """Every opinion with its place, as CSV or JSON Lines, for anyone to recount."""
    if not is_reported(request.government.pk, consultation_id):
        raise Http404
    rows = published.every_opinion(consultation_id)
    lines, kind = (_csv(rows), "text/csv") if form == "csv" else (_jsonl(rows), "application/jsonl")
    answer = StreamingHttpResponse(sparing(lines), content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="opinions-{consultation_id}.{form}"'
    return answer  # type: ignore[return-value]  # a streaming response


REPORT_COLUMNS = (
    "no",
    "received_at",
    "channel",
    "clause",
    "stance",
    "state",
    "text",
    "masked",
    "withheld",
    "withheld_by",
    "appeal",
    "place",
    "group",
    "verdict",
    "reason",
    "reason_code",
    "legal_ref",
    "own_reply",
    "points",
    "landed_in",
    "quote",
    "proposed",
    "source",
    "on_behalf",
    "organisation",
)


def _csv(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    return table_lines(REPORT_COLUMNS, ([row[name] for name in REPORT_COLUMNS] for row in rows))


def _jsonl(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


urlpatterns = [
    path("consultations/", consultation_list, name="consultations"),
    path("consultations/<int:consultation_id>/", consultation, name="consultation"),
    path("consultations/<int:consultation_id>/opinions/", opinions, name="opinions"),
    path("consultations/<int:consultation_id>/report/", report, name="report"),
    path("consultations/<int:consultation_id>/report.docx", report_paper, {"form": "docx"}, name="report-docx"),
    path("consultations/<int:consultation_id>/report.pdf", report_paper, {"form": "pdf"}, name="report-pdf"),
    path("consultations/<int:consultation_id>/report.json", report_paper, {"form": "json"}, name="report-json"),
    path("consultations/<int:consultation_id>/report/export.zip", report_export, name="report-export"),
    path("consultations/<int:consultation_id>/report/opinions.csv", report_data, {"form": "csv"}, name="report-csv"),
    path("consultations/<int:consultation_id>/report/opinions.jsonl", report_data, {"form": "jsonl"}, name="report-jsonl"),
]
