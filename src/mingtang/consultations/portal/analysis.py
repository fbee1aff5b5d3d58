"""The analysis page: participation in numbers, with charts drawn from its tables."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.consultations.published.analysis import Analysis, analysis, lines, verdict_rows
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.web.edges import Request, page, public_page


def _found(request: Request, consultation_id: int) -> Analysis:
    found = analysis(request.government.pk, consultation_id, request.now)
    if found is None:
        raise Http404
    return found


@page_for("2.1c", "2.1e", title=t("参与分析", "Participation in numbers"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def numbers(request: Request, consultation_id: int) -> HttpResponse:
    """By day, channel, audience, clause and stance, verdict: a table each, and a chart drawn from it."""
    found = _found(request, consultation_id)
    context = {"found": found, "view": found.view, "verdicts": verdict_rows(found.verdicts) if found.verdicts else ()}
    return page(request, "consultations/portal/analysis.html", context)


@public_page("consultation:{consultation_id}")
def table(request: Request, consultation_id: int) -> HttpResponse:
    """All the tables of the page as one CSV."""
    head = (t("统计项", "counted by"), t("名称", "name"), t("态度", "stance"), t("条数", "opinions"))
    made = "".join(table_lines(map(str, head), lines(_found(request, consultation_id))))
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="analysis-{consultation_id}.csv"'
    return answer


urlpatterns = [
    path("consultations/<int:consultation_id>/analysis/", numbers, name="consultation-analysis"),
    path("consultations/<int:consultation_id>/analysis.csv", table, name="consultation-analysis-csv"),
]
