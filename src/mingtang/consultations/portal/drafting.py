"""Public pages of a draft's versions: the list, the comparison of any two, the trace from draft to final text."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path

from mingtang.consultations import published
from mingtang.consultations.published.reporting import is_reported
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import spoken_language, t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.documents.official import DOCX, Paper, Section, Table, to_docx
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.web.edges import Request, page, public_page

CHANGES = {
    "same": t("未改", "unchanged"),
    "changed": t("有改动", "changed"),
    "new": t("新增", "new"),
    "gone": t("删去", "dropped"),
    "": t("对整个草案", "the whole draft"),
}
COLUMNS = ("clause", "draft_text", "opinion", "opinions", "verdict", "reason", "landed_in", "change", "final_clause", "final_text")


def _view(request: Request, consultation_id: int) -> Any:
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    return view


@public_page("consultation:{consultation_id}")
def versions(request: Request, consultation_id: int) -> HttpResponse:
    """All public versions, and a choice of any two to compare."""
    view = _view(request, consultation_id)
    context = {
        "view": view,
        "versions": published.versions(consultation_id),
        "reported": is_reported(request.government.pk, consultation_id),
    }
    return page(request, "consultations/portal/versions.html", context)


@page_for("2.1e", title=t("各稿对照", "Comparison of versions"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def comparison(request: Request, consultation_id: int) -> HttpResponse:
    """Any two versions, clause by clause and word by word."""
    view, public = _view(request, consultation_id), published.versions(consultation_id)
    if not public:
        raise Http404
    numbers = [each.number for each in public]
    asked = [row_id(request.GET.get(name, "")) for name in ("from", "to")]
    first = asked[0] if asked[0] in numbers else numbers[0]
    second = asked[1] if asked[1] in numbers else numbers[-1]
    rows = published.comparison(consultation_id, first, second)
    only = request.GET.get("only") == "changed"
    context = {
        "view": view,
        "versions": public,
        "first": next(each for each in public if each.number == first),
        "second": next(each for each in public if each.number == second),
        "rows": [each for each in rows if not only or each.change != "same" or each.moved],
        "counts": {key: sum(each.change == key for each in rows) for key in ("changed", "new", "gone", "same")},
        "only": only,
    }
    return page(request, "consultations/portal/compare.html", context)


def _trace(request: Request, consultation_id: int) -> Any:
    if not is_reported(request.government.pk, consultation_id):
        raise Http404
    return published.trace(consultation_id)


@page_for(
    "2.1e", "2.1f", title=t("草案、意见、定稿三栏对照", "Draft, opinions and final text side by side"), url_name="portal:consultations"
)
@public_page("consultation:{consultation_id}")
def trace(request: Request, consultation_id: int) -> HttpResponse:
    """Clause of the draft, what was said and answered, clause as it became."""
    found = _trace(request, consultation_id)
    return page(request, "consultations/portal/trace.html", {"view": _view(request, consultation_id), "trace": found})


@public_page("consultation:{consultation_id}")
def trace_csv(request: Request, consultation_id: int) -> HttpResponse:
    """The trace as a table for anyone to check."""
    made = "".join(table_lines(COLUMNS, published.trace_table(_trace(request, consultation_id))))
    answer = HttpResponse(made, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="trace-{consultation_id}.csv"'
    return answer


@public_page("consultation:{consultation_id}")
def trace_docx(request: Request, consultation_id: int) -> HttpResponse:
    """The trace as a document."""
    found, view = _trace(request, consultation_id), _view(request, consultation_id)
    rows = tuple(
        (
            "\n".join(each for each in row[:2] if each),
            "\n".join(each for each in (row[2], row[4], row[5], row[6]) if each) or "—",
            row[3],
            str(CHANGES[row[7]]),
            "\n".join(each for each in row[8:] if each) or "—",
        )
        for row in published.trace_table(found)
    )
    heads = (
        t("草案", "Draft"),
        t("意见和处理", "Opinions and answers"),
        t("条数", "Count"),
        t("改动", "Change"),
        t("最终文本", "Final text") if found.final else t("修改稿", "Revised draft"),
    )
    said = t("由各稿和采纳情况报告自动生成。", "Generated from the versions and the adoption report.")
    table = Table(tuple(str(each) for each in heads), rows, (4, 4, 1, 1, 4))
    paper = Paper(
        str(t("{title}：从草案到定稿", "{title}: from draft to final text", title=view.row.title.replace("|", ""))),
        "",
        view.row.title,
        str(view.row.department),
        day_of(found.at),
        (Section(paragraphs=(str(said),), table=table),),
        language=spoken_language(),
    )
    answer = HttpResponse(to_docx(paper), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="trace-{consultation_id}.docx"'
    return answer


urlpatterns = [
    path("consultations/<int:consultation_id>/versions/", versions, name="draft-versions"),
    path("consultations/<int:consultation_id>/compare/", comparison, name="draft-compare"),
    path("consultations/<int:consultation_id>/trace/", trace, name="trace"),
    path("consultations/<int:consultation_id>/trace.csv", trace_csv, name="trace-csv"),
    path("consultations/<int:consultation_id>/trace.docx", trace_docx, name="trace-docx"),
]
