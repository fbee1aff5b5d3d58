"""Lists, the dossier and what is done from it: approve, return, reopen, withdraw; the planner."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.clock import day_of
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.chain import Progress
from mingtang.platform.web.dossier import StaffStage, stages_for
from mingtang.platform.web.edges import Request, page, perform, require_POST, staff_page
from mingtang.topics import actions, forms, policy, queries, rules
from mingtang.topics.rules.planning import Needs, plan
from mingtang.topics.workspace.wizard import step_rows

MOST_DIGITS = 10
FIRST_YEAR = 2024


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < MOST_DIGITS else None


@staff_page
def topic_list(request: Request) -> HttpResponse:
    """Matters with filters."""
    asked = request.GET
    filters = queries.Filters(
        words=asked.get("q", "").strip()[:80],
        state=asked.get("state", ""),
        area=asked.get("area", ""),
        department_id=_number(asked.get("department")),
        year=_number(asked.get("year")),
    )
    found = queries.topics(request.actor, filters, asked.get("after", ""))
    context = {
        "page": found,
        "filters": filters,
        "states": rules.TOPIC.choices,
        "areas": rules.FOCUS_LABELS.items(),
        "departments": departments_for(request.actor, everything=True),
        "years": range(day_of(request.now).year, FIRST_YEAR - 1, -1),
    }
    return page(request, "topics/workspace/list.html", context)


TRACE = 8
PLANNED = frozenset({"drafting", "returned", "submitted"})


def _next(state: str, stages: list[StaffStage]) -> Text:
    """What comes next: by the declaration until it is approved, then by the first stage that is not done."""
    ahead = next((each.stage for each in stages if each.is_open), None)
    if state != "approved" or not stages or (ahead and ahead.code == "listen" and ahead.progress is Progress.NEXT):
        return rules.NEXT[state]
    if ahead is None:
        return t("各阶段都已办完并公布，没有待办。", "Every stage is done and published; nothing is left.")
    return (
        t("{stage}，{until}。", "{stage}, {until}.", stage=ahead.label, until=ahead.until)
        if ahead.until
        else t("{stage}。", "{stage}.", stage=ahead.label)
    )


@staff_page
def topic_page(request: Request, topic_id: int) -> HttpResponse:
    """The dossier: facts, documents, steps, approvals, record."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic).require()
    today = day_of(request.now)
    level = queries.waiting_level(topic)
    stages = [] if topic.is_secret else stages_for(request.actor, topic_id, request.now)
    trace = queries.trace(topic)
    context = {
        "topic": topic,
        "returned": standing_return(topic, "topic.return", "topic.submit") if topic.state == "returned" else None,
        "level": level,
        "may_approve": policy.may_approve(request.actor, topic, level, queries.approvers(topic)) if level else None,
        "may_edit": policy.may_edit(request.actor, topic),
        "may_work": policy.may_work(request.actor, topic),
        "may_withdraw": policy.may_withdraw(request.actor, topic),
        "missing": [each for each in rules.completeness(queries.facts_of(topic)) if not each.present],
        "plan": queries.planned(topic, today) if topic.state in PLANNED and not topic.is_secret else None,
        "level_views": queries.level_views(topic, today),
        "step_rows": step_rows(topic),
        "may_withhold": {
            each.pk for each in topic.documents.all() if each.withheld_at is None and policy.may_withhold(request.actor, each)
        },
        "stages": stages,
        "next": _next(topic.state, stages),
        "all_done": bool(stages) and not any(each.is_open for each in stages),
        "trace": trace[:TRACE],
        "older": trace[TRACE:],
        "trace_count": len(trace),
        "reason_form": forms.ReasonForm(auto_id="reason_%s"),
        "remark_form": forms.RemarkForm(auto_id="remark_%s"),
        "kinds": rules.DOCUMENT_LABELS,
    }
    return page(request, "topics/workspace/topic.html", context)


@staff_page
@require_POST
def document_remove(request: Request, topic_id: int, document_id: int) -> HttpResponse:
    """Remove a document that was never public."""
    back = request.POST.get("back") or reverse("workspace:topic", args=[topic_id])
    return perform(
        request,
        lambda: actions.remove_document(document_id, actor=request.actor, now=request.now),
        to=back if back.startswith("/") and not back.startswith("//") else reverse("workspace:topic", args=[topic_id]),
        said=t("已删除。", "Removed."),
    )


@staff_page
@require_POST
def document_withhold(request: Request, topic_id: int, document_id: int) -> HttpResponse:
    """Approve that a document is not published."""
    return _act(
        request,
        topic_id,
        lambda: actions.withhold_document(document_id, actor=request.actor, now=request.now),
        t("已批准不公开，公众页面以依据代替。", "Withheld; its ground stands in its place on the public page."),
    )


@staff_page
def document_file(request: Request, topic_id: int, document_id: int) -> HttpResponse:
    """A document for staff who may see the dossier."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic).require()
    found = next((each for each in topic.documents.all() if each.pk == document_id), None)
    if found is None:
        raise Http404
    shown = found.public_file if "copy" in request.GET else found.file
    return file_response(shown, inline=True)  # type: ignore[return-value]  # a streaming response


def _act(request: Request, topic_id: int, act: Any, said: Text) -> HttpResponse:
    url = reverse("workspace:topic", args=[topic_id])
    return perform(request, act, to=url, said=said)


@staff_page
@require_POST
def topic_approve(request: Request, topic_id: int) -> HttpResponse:
    """Give the next approval level."""
    remark = request.POST.get("remark", "")[:500]
    return _act(
        request,
        topic_id,
        lambda: actions.approve_topic(topic_id, actor=request.actor, now=request.now, remark=remark),
        t("已批准这一级。", "Approved at this level."),
    )


def _with_reason(request: Request, topic_id: int, act: Any, said: Text) -> HttpResponse:
    return _act(
        request, topic_id, lambda: act(topic_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:1000]), said
    )


@staff_page
@require_POST
def topic_return(request: Request, topic_id: int) -> HttpResponse:
    """Return with a reason."""
    return _with_reason(request, topic_id, actions.return_topic, t("已退回。", "Returned."))


@staff_page
@require_POST
def topic_reopen(request: Request, topic_id: int) -> HttpResponse:
    """Change an approved declaration: it is approved anew."""
    return _with_reason(
        request, topic_id, actions.reopen_topic, t("已转为起草，改好后重新报批。", "Back to drafting; submit it again when changed.")
    )


@staff_page
@require_POST
def topic_withdraw(request: Request, topic_id: int) -> HttpResponse:
    """Withdraw with a reason."""
    return _with_reason(request, topic_id, actions.withdraw_topic, t("已撤回。", "Withdrawn."))


@staff_page
def topic_print(request: Request, topic_id: int) -> HttpResponse:
    """The declaration on paper."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic).require()
    return page(
        request,
        "topics/workspace/print.html",
        {
            "topic": topic,
            "step_rows": step_rows(topic),
            "labels": _labels(topic),
            "signed": queries.level_views(topic, day_of(request.now)),
        },
    )


def _labels(topic: Any) -> dict[str, Text | str]:
    return {
        "category": rules.CATEGORY_LABELS.get(topic.major_category, ""),
        "exclusion": rules.EXCLUSION_LABELS.get(topic.exclusion, ""),
        "disclosure": rules.DISCLOSURE_LABELS.get(topic.disclosure, ""),
        "ground": rules.GROUND_LABELS.get(topic.disclosure_ground, ""),
        "closing": rules.GROUND_LABELS.get(topic.closing_ground, ""),
    }


@staff_page
def planner(request: Request) -> HttpResponse:
    """The planner alone: any kind of consultation, any wished day."""
    today = day_of(request.now)
    kind = request.GET.get("kind", "major")
    wished, problem = _wished(request.GET.get("wished", ""))
    hearing = "hearing" in request.GET
    needs = Needs(consultation=kind if kind in {"major", "market", "normdoc", "rule_draft", "other"} else "major", hearing=hearing)
    found = plan(today, wished, needs, queries.figures_for(request.actor.government_id, today), queries.work_calendar())
    context = {
        "plan": found,
        "kind": needs.consultation,
        "hearing": hearing,
        "kinds": CONSULT_KINDS,
        "wished": request.GET.get("wished", ""),
        "problem": problem,
    }
    return page(request, "topics/workspace/planner.html", context)


CONSULT_KINDS = (
    ("major", t("重大行政决策", "Major decision")),
    ("market", t("涉企规范性文件", "Normative document on business")),
    ("normdoc", t("规范性文件", "Normative document")),
    ("rule_draft", t("规章草案", "Draft rule")),
    ("other", t("其他", "Other")),
)


def _wished(typed: str) -> tuple[date | None, Text | None]:
    if not typed:
        return None, None
    try:
        return date.fromisoformat(typed), None
    except ValueError:
        return None, t("“{typed}”不是日期，请写成 2026-12-17 这样。", "“{typed}” is not a day; write it like 2026-12-17.", typed=typed)


urlpatterns = [
    path("topics/", topic_list, name="topics"),
    path("topics/<int:topic_id>/", topic_page, name="topic"),
    path("topics/<int:topic_id>/documents/<int:document_id>/", document_file, name="topic-document"),
    path("topics/<int:topic_id>/documents/<int:document_id>/remove/", document_remove, name="topic-document-remove"),
    path("topics/<int:topic_id>/documents/<int:document_id>/withhold/", document_withhold, name="topic-document-withhold"),
    path("topics/<int:topic_id>/approve/", topic_approve, name="topic-approve"),
    path("topics/<int:topic_id>/return/", topic_return, name="topic-return"),
    path("topics/<int:topic_id>/reopen/", topic_reopen, name="topic-reopen"),
    path("topics/<int:topic_id>/withdraw/", topic_withdraw, name="topic-withdraw"),
    path("topics/<int:topic_id>/print/", topic_print, name="topic-print"),
    path("planner/", planner, name="planner"),
]
