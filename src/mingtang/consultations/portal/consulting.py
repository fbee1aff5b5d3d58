"""The list, the draft, comments, receipts, the adoption report."""

from __future__ import annotations

import csv
import json
import secrets
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse

from mingtang.consultations import actions, forms, published
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.portal.asking import answers_of, asked_of
from mingtang.consultations.published.reporting import groups_page, is_reported
from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.actor import stranger
from mingtang.platform.clock import day_of
from mingtang.platform.codes import as_code, row_id
from mingtang.platform.documents.tables import safe_cell
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.platform.web.throttle import may_pass


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
    clause = request.GET.get("clause", "")
    found, rows = published.shown_opinions(consultation_id, clause=clause, after=request.GET.get("after", ""))
    return page(request, "consultations/portal/opinions.html", {"view": view, "page": found, "rows": rows, "clause": clause})


@form_page
def opinion_new(request: Request, consultation_id: int) -> HttpResponse:
    """Say something about the draft; no account needed. As a fragment inside the draft, or as a page."""
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    clause = next((each for each in view.clauses if str(each.id) == (request.POST.get("clause") or request.GET.get("clause", ""))), None)
    initial = {"token": secrets.token_urlsafe(16), "clause": str(clause.id) if clause else "", "publish_consent": True}
    key = f"c{clause.id if clause else 0}_%s"
    form = forms.OpinionForm(request.POST or None, request.FILES or None, initial=initial, auto_id=key)
    sets, questions = asked_of(consultation_id, clause.id if clause else None)
    asked = forms.asked_form(sets, questions, request.POST or None, auto_id=key)
    form.fields["text"].required = not any(value for name, value in request.POST.items() if name.startswith(("set_", "q_")))
    if request.method == "POST" and asked.is_valid() & form.is_valid():
        data = {**form.cleaned_data, **answers_of(asked, questions)}
        done = attempt(request, lambda: _receive(request, consultation_id, data))
        if done:
            return HttpResponseRedirect(f"{reverse('portal:receipt', args=[done.receipt])}?new=1")
    part = request.headers.get("HX-Request") == "true"
    template = "consultations/portal/say.html" if part else "consultations/portal/opinion.html"
    return page(request, template, {"view": view, "form": form, "asked": asked, "sets": sets, "clause": clause, "part": part})


def _receive(request: Request, consultation_id: int, data: dict[str, Any]) -> Any:
    may_pass(request, "opinion", "opinion.rate_per_hour").require()
    given = OpinionIn(
        text=data["text"],
        stance=data["stance"],
        clause_id=row_id(data["clause"]),
        audience=data["audience"],
        publish_consent=data["publish_consent"],
        name=data["name"],
        email=data["email"],
        phone=data["phone"],
        uploads=data["uploads"] or (),
        choices=data["choices"],
        answers=data["answers"],
    )
    return actions.receive_opinion(consultation_id, given, actor=stranger(request.government.pk), now=request.now, token=data["token"])


@form_page
def receipt(request: Request, code: str) -> HttpResponse:
    """What became of an opinion: received, shown or withheld, group, verdict, where it landed."""
    fate = published.fate(request.government.pk, as_code(code), request.now)
    if fate is None:
        return page(request, "consultations/portal/receipt_find.html", {"code": code, "missing": True}, status=404)
    return page(request, "consultations/portal/receipt.html", {"fate": fate, "fresh": "new" in request.GET, "form": forms.AppealForm()})


@form_page
def appeal(request: Request, code: str) -> HttpResponse:
    """Appeal with the receipt's code against a decision not to show the opinion."""
    fate = published.fate(request.government.pk, as_code(code), request.now)
    if fate is None:
        return page(request, "consultations/portal/receipt_find.html", {"code": code, "missing": True}, status=404)
    form = forms.AppealForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, lambda: _appeal(request, fate.receipt, form.cleaned_data["words"]))
    ):
        return HttpResponseRedirect(reverse("portal:receipt", args=[fate.receipt]))
    return page(request, "consultations/portal/receipt.html", {"fate": fate, "fresh": False, "form": form})


def _appeal(request: Request, receipt: str, words: str) -> Any:
    may_pass(request, "appeal", "opinion.rate_per_hour").require()
    return actions.appeal_withholding(receipt, actor=stranger(request.government.pk), now=request.now, words=words)


@form_page
def receipt_find(request: Request) -> HttpResponse:
    """Find a receipt by its code."""
    code = request.GET.get("code", "").strip()[:40]
    if code and published.fate(request.government.pk, as_code(code), request.now):
        return HttpResponseRedirect(reverse("portal:receipt", args=[as_code(code)]))
    return page(request, "consultations/portal/receipt_find.html", {"code": code, "missing": bool(code)})


@page_for("2.1e", "2.1f", title=t("意见采纳情况报告", "Adoption report"), url_name="portal:consultations")
@public_page("consultation:{consultation_id}")
def report(request: Request, consultation_id: int) -> HttpResponse:
    """The adoption report, one to one with its consultation."""
    found = published.report(request.government.pk, consultation_id)
    if found is None:
        raise Http404
    groups, rows = groups_page(consultation_id, request.GET.get("after", ""))
    return page(request, "consultations/portal/report.html", {"report": found, "page": groups, "groups": rows})


class _Line:
    """A file-like object that gives back what was written."""

    def write(self, value: str) -> str:
        return value


@public_page("consultation:{consultation_id}")
def report_data(request: Request, consultation_id: int, form: str) -> HttpResponse:
    """Every opinion with its place, as CSV or JSON Lines, for anyone to recount."""
    if not is_reported(request.government.pk, consultation_id):
        raise Http404
    rows = published.every_opinion(consultation_id)
    lines, kind = (_csv(rows), "text/csv") if form == "csv" else (_jsonl(rows), "application/jsonl")
    answer = StreamingHttpResponse(lines, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="opinions-{consultation_id}.{form}"'
    return answer  # type: ignore[return-value]  # a streaming response


def _csv(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    writer: Any = csv.writer(_Line())
    head = (
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
        "landed_in",
    )
    yield "\ufeff" + writer.writerow(head)
    for row in rows:
        yield writer.writerow([safe_cell(row[name]) for name in head])


def _jsonl(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


urlpatterns = [
    path("consultations/", consultation_list, name="consultations"),
    path("consultations/<int:consultation_id>/", consultation, name="consultation"),
    path("consultations/<int:consultation_id>/opinions/", opinions, name="opinions"),
    path("consultations/<int:consultation_id>/say/", opinion_new, name="opinion-new"),
    path("consultations/<int:consultation_id>/report/", report, name="report"),
    path("consultations/<int:consultation_id>/report/opinions.csv", report_data, {"form": "csv"}, name="report-csv"),
    path("consultations/<int:consultation_id>/report/opinions.jsonl", report_data, {"form": "jsonl"}, name="report-jsonl"),
    path("r/", receipt_find, name="receipt-find"),
    path("r/<str:code>/", receipt, name="receipt"),
    path("r/<str:code>/appeal/", appeal, name="receipt-appeal"),
]
