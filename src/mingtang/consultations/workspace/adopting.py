"""The adoption report: its words, its signatures, its publication."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries, rules
from mingtang.consultations.queries.listening import report_due
from mingtang.kernel.text import t
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.looking import standing
from mingtang.platform.jobs.reads import letters
from mingtang.platform.signing.reads import signers_in, steps_of, views_ahead, views_of, waiting_in
from mingtang.platform.signing.rules import Kind
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


@staff_page
def report_page(request: Request, consultation_id: int) -> HttpResponse:
    """The report: its words, what is unmet, the signatures, publishing."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    report = getattr(row, "report", None)
    initial = {"intro": report.intro, "number": report.number} if report else {}
    form = forms.ReportForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: actions.save_report(row.pk, actor=request.actor, now=request.now, **data)):
            tell(request, t("已保存。", "Saved."))
            return HttpResponseRedirect(_url(row.pk, "report"))
    return page(request, "consultations/workspace/report.html", _report_context(request, row, report, form))


def _report_context(request: Request, row: Any, report: Any, form: Any) -> dict[str, Any]:
    figures = figures_for(row.government_id, day_of(request.now))
    facts = queries.report_facts(row.pk, figures)
    return {
        "row": row,
        "returned": standing_return(row, "consultation.return_report", "consultation.submit_report") if row.state == "closed" else None,
        "report": report,
        "form": form,
        "facts": facts,
        "due": report_due(row),
        "guard": standing(queries.report_material(row.government_id, row.pk), request.now) if row.state != "reported" else None,
        "gate": rules.may_publish_report(facts, figures),
        **_signing(request, row, report),
        "may_prepare": policy.may_prepare(request.actor, row.topic.department_id),
        "groups": queries.groups(row.pk, request.GET.get("groups", "")),
        "groups_count": queries.groups_count(row.pk),
        "signing": queries.signing_history(row),
        "letters": letters("answers", row.pk) if row.state == "reported" else None,
        "corrections": queries.corrections(row.pk) if row.state == "reported" else [],
    }


def _signing(request: Request, row: Any, report: Any) -> dict[str, Any]:
    """How the chain stands and what the reader may do with it; before it is submitted, the chain it would get."""
    department = row.topic.department_id
    steps = steps_of(report.chain_id) if report else []
    if not steps:
        return {"chain": views_ahead(row.government_id, Kind.REPORT, department, day_of(request.now))}
    level = waiting_in(steps)
    levels = [each.level for each in steps if not each.skipped]
    return {
        "chain": views_of(steps, running=row.state == "report_drafted"),
        "level": level,
        "may_sign": policy.may_sign_report(request.actor, department, report, level, signers_in(steps)),
        "may_return": policy.may_return_report(request.actor, department, report, levels),
    }


def _post(request: Request, consultation_id: int, act: Any, said: Any, **more: Any) -> HttpResponse:
    return perform(
        request, lambda: act(consultation_id, actor=request.actor, now=request.now, **more), to=_url(consultation_id, "report"), said=said
    )


@staff_page
@require_POST
def report_submit(request: Request, consultation_id: int) -> HttpResponse:
    """Send the report to signature."""
    return _post(request, consultation_id, actions.submit_report, t("报告已报批。", "The report is in approval."))


@staff_page
@require_POST
def report_sign(request: Request, consultation_id: int) -> HttpResponse:
    """Give the next level of the chain."""
    return _post(request, consultation_id, actions.sign_report, t("已签署。", "Signed."), remark=request.POST.get("remark", "")[:500])


@staff_page
@require_POST
def report_return(request: Request, consultation_id: int) -> HttpResponse:
    """Return the report with a reason."""
    return _post(request, consultation_id, actions.return_report, t("已退回。", "Returned."), reason=request.POST.get("reason", "")[:1000])


@staff_page
@require_POST
def report_publish(request: Request, consultation_id: int) -> HttpResponse:
    """Publish the report."""
    return _post(request, consultation_id, actions.publish_report, t("采纳情况报告已公布。", "The adoption report is published."))


BASE = "consultations/<int:consultation_id>/"
urlpatterns = [
    path(f"{BASE}report/", report_page, name="report"),
    path(f"{BASE}report/submit/", report_submit, name="report-submit"),
    path(f"{BASE}report/sign/", report_sign, name="report-sign"),
    path(f"{BASE}report/return/", report_return, name="report-return"),
    path(f"{BASE}report/publish/", report_publish, name="report-publish"),
]
