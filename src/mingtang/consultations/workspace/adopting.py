"""The grouping desk and the adoption report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries, rules
from mingtang.consultations.queries import GroupFilters
from mingtang.consultations.queries.listening import report_due
from mingtang.kernel.text import t
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.guard.looking import standing
from mingtang.platform.signing.reads import signers_in, steps_of, views_ahead, views_of, waiting_in
from mingtang.platform.signing.rules import Kind
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell

ANSWER = ("verdict", "reason", "reason_code", "legal_ref", "landed_in")


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


def _filters(asked: QueryDict) -> GroupFilters:
    clause = asked.get("clause", "")
    return GroupFilters(
        home=asked.get("home", "none"),
        clause_id=row_id(clause),
        stance=asked.get("stance", ""),
        channel=asked.get("channel", ""),
        words=asked.get("q", "").strip()[:80],
    )


@staff_page
def grouping(request: Request, consultation_id: int) -> HttpResponse:
    """Opinions without a place, the groups, and the counter that must reach 0."""
    return _grouping(request, consultation_id, request.GET, forms.AnswerForm(auto_id="single_%s"), [])


def _grouping(request: Request, consultation_id: int, asked: QueryDict, form: forms.AnswerForm, ticked: list[int]) -> HttpResponse:
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    filters = _filters(asked)
    context = {
        "row": row,
        "filters": filters,
        "places": queries.places(row.pk),
        "people": queries.people(row.pk),
        "kept": asked.urlencode(),
        "ticked": ticked,
        "page": queries.opinions_page(row.pk, filters, asked.get("after", "")),
        "groups": queries.groups(row.pk, asked.get("groups", "")),
        "run": queries.last_run(row.pk),
        "proposals": queries.proposals(row.pk, asked.get("proposals", "")),
        "choices": queries.group_choices(row.pk),
        "stances": rules.STANCE_LABELS.items(),
        "channels": rules.CHANNEL_LABELS.items(),
        "form": form,
        "may": policy.may_prepare(request.actor, row.topic.department_id),
    }
    return page(request, "consultations/workspace/grouping.html", context)


@staff_page
@require_POST
def group_act(request: Request, consultation_id: int) -> HttpResponse:
    """Group, ungroup or answer singly what is ticked."""
    url = _url(consultation_id, "grouping")
    back = f"{url}?{request.POST.get('kept', '')}" if request.POST.get("kept") else url
    ids = [pk for each in request.POST.getlist("opinion") if (pk := row_id(each)) is not None]
    if not ids:
        tell(request, t("没有选中意见。请先勾选。", "Nothing is selected. Tick some first."))
        return HttpResponseRedirect(back)
    if "ungroup" in request.POST:
        return perform(
            request,
            lambda: actions.remove_from_group(consultation_id, ids, actor=request.actor, now=request.now),
            to=back,
            said=t("已移出。", "Taken out."),
        )
    if "answer" in request.POST:
        return _answer_singly(request, consultation_id, ids, back)
    group, title = request.POST.get("group", ""), request.POST.get("title", "")
    return perform(
        request,
        lambda: actions.group_opinions(consultation_id, ids, actor=request.actor, now=request.now, group_id=row_id(group), title=title),
        to=back,
        said=t("已归组 {n} 条。", "{n} grouped.", n=len(ids)),
    )


def _answer_singly(request: Request, consultation_id: int, ids: list[int], back: str) -> HttpResponse:
    """Answer each alone; a refusal comes back with the answer as typed and the ticks as set."""
    form = forms.AnswerForm(request.POST, auto_id="single_%s")
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ANSWER}
        answered = attempt(request, lambda: actions.answer_opinions(consultation_id, ids, actor=request.actor, now=request.now, **data))
        if answered is not None:
            tell(request, t("已单独答复 {n} 条。", "{n} answered singly.", n=len(ids)))
            return HttpResponseRedirect(back)
    return _grouping(request, consultation_id, QueryDict(request.POST.get("kept", "")), form, ids)


@staff_page
def group_page(request: Request, consultation_id: int, group_id: int) -> HttpResponse:
    """One group: its opinions, its answer, merging and renaming."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    found = row.groups.filter(pk=group_id).first()
    if found is None:
        tell(request, t("这一组已经不在了，可能被合并或清空。", "This group is gone; it was merged or emptied."))
        return HttpResponseRedirect(_url(consultation_id, "grouping"))
    form = forms.AnswerForm(request.POST or None, initial=queries.answer_of(found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = attempt(request, lambda: actions.answer_group(group_id, actor=request.actor, now=request.now, **data))
        if saved:
            tell(request, t("已保存答复。", "The answer is saved."))
            return HttpResponseRedirect(request.path if queries.answered_alike(saved) else _url(consultation_id, "grouping"))
    figures = figures_for(row.government_id, day_of(request.now))
    context = {
        "row": row,
        "group": found,
        "alike": queries.answered_alike(found),
        "form": form,
        "page": queries.opinions_page(row.pk, GroupFilters(home=str(group_id)), request.GET.get("after", "")),
        "choices": [each for each in queries.group_choices(row.pk) if each[0] != group_id],
        "hot": rules.concentrated(found.people_count, queries.people(row.pk), figures),
    }
    return page(request, "consultations/workspace/group.html", context)


@staff_page
@require_POST
def group_change(request: Request, consultation_id: int, group_id: int) -> HttpResponse:
    """Rename a group, or merge it into another."""
    here = reverse("workspace:group", args=[consultation_id, group_id])
    into = row_id(request.POST.get("into", ""))
    if "merge" in request.POST and into is not None:
        return perform(
            request,
            lambda: actions.merge_groups(group_id, into, actor=request.actor, now=request.now),
            to=_url(consultation_id, "grouping"),
            back=here,
            said=t("已合并。", "Merged."),
        )
    return perform(
        request,
        lambda: actions.rename_group(group_id, request.POST.get("title", ""), actor=request.actor, now=request.now),
        to=here,
        said=t("已改名。", "Renamed."),
    )


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
    path(f"{BASE}grouping/", grouping, name="grouping"),
    path(f"{BASE}grouping/act/", group_act, name="grouping-act"),
    path(f"{BASE}grouping/<int:group_id>/", group_page, name="group"),
    path(f"{BASE}grouping/<int:group_id>/change/", group_change, name="group-change"),
    path(f"{BASE}report/", report_page, name="report"),
    path(f"{BASE}report/submit/", report_submit, name="report-submit"),
    path(f"{BASE}report/sign/", report_sign, name="report-sign"),
    path(f"{BASE}report/return/", report_return, name="report-return"),
    path(f"{BASE}report/publish/", report_publish, name="report-publish"),
]
