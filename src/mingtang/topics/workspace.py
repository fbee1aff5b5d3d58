"""The wizard, the dossier, the lists of matters: parse, one call, render."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.clock import day_of
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.topics import actions, forms, policy, queries, rules
from mingtang.topics.actions import Lists
from mingtang.topics.rules.planning import Needs, plan

STEPS: tuple[Text, ...] = (
    t("基本情况", "Basics"),
    t("开放形式与对象", "Forms and audiences"),
    t("五项程序", "Five steps"),
    t("文件与公开属性", "Documents and disclosure"),
    t("会议与期限", "Meeting and deadlines"),
    t("核对报批", "Check and submit"),
)


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() else None


@staff_page
def topic_list(request: Request) -> HttpResponse:
    """Matters with filters."""
    asked = request.GET
    filters = queries.Filters(
        words=asked.get("q", "").strip()[:80], state=asked.get("state", ""), area=asked.get("area", ""),
        department_id=_number(asked.get("department")), year=_number(asked.get("year")),
    )
    found = queries.topics(request.actor, filters, asked.get("after", ""))
    context = {
        "page": found, "filters": filters, "states": rules.TOPIC.choices, "areas": rules.FOCUS_LABELS.items(),
        "departments": departments_for(request.actor, everything=True),
    }
    return page(request, "topics/workspace/list.html", context)


@staff_page
def topic_new(request: Request) -> HttpResponse:
    """Open a declaration."""
    form = forms.BeginForm(request.POST or None, departments=departments_for(request.actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        topic = attempt(
            request,
            lambda: actions.begin_topic(
                int(data["department"]), actor=request.actor, now=request.now, title=data["title"], is_secret=data["is_secret"]
            ),
        )
        if topic:
            return HttpResponseRedirect(reverse("workspace:topic-edit", args=[topic.pk, 1]))
    return page(request, "topics/workspace/new.html", {"form": form})


@staff_page
def topic_page(request: Request, topic_id: int) -> HttpResponse:
    """The dossier: facts, documents, steps, approvals, record."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic).require()
    level = queries.waiting_level(topic) if topic.state == "submitted" else None
    context = {
        "topic": topic,
        "level": level,
        "may_approve": policy.may_approve(request.actor, topic, level, queries.approvers(topic)) if level else None,
        "may_edit": policy.may_edit(request.actor, topic),
        "may_work": policy.may_work(request.actor, topic),
        "may_withdraw": policy.may_withdraw(request.actor, topic),
        "missing": [each for each in rules.completeness(queries.facts_of(topic)) if not each.present],
        "plan": queries.planned(topic, day_of(request.now)) if topic.state in {"drafting", "returned", "submitted"} else None,
        "trace": queries.trace(topic),
        "reason_form": forms.ReasonForm(auto_id="reason_%s"),
        "remark_form": forms.RemarkForm(auto_id="remark_%s"),
        "kinds": rules.DOCUMENT_LABELS,
    }
    return page(request, "topics/workspace/topic.html", context)


@staff_page
def topic_edit(request: Request, topic_id: int, step: int) -> HttpResponse:
    """One step of the wizard; what was typed is kept whatever happens."""
    if not 1 <= step <= len(STEPS):
        raise Http404
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_edit(request.actor, topic).require()
    handlers = {1: _basics, 2: _openness, 3: _major, 4: _papers, 5: _meeting, 6: _check}
    answer = handlers[step](request, topic)
    if isinstance(answer, HttpResponse):
        return answer
    topic = queries.get(request.actor.government_id, topic_id)
    return page(request, f"topics/workspace/step{step}.html", {**_frame(request, topic, step), **answer})


def _frame(request: Request, topic: Any, step: int) -> dict[str, Any]:
    items = rules.completeness(queries.facts_of(topic))
    counts = [
        {"n": n, "label": label, "have": sum(i.present for i in items if i.step == n), "all": sum(i.step == n for i in items), "current": n == step}
        for n, label in enumerate(STEPS, 1)
    ]
    return {
        "topic": topic, "step": step, "step_label": STEPS[step - 1], "steps": counts, "items": items,
        "have": sum(i.present for i in items), "wrong": sum(i.wrong for i in items),
        "missing": [i for i in items if not i.present], "plan": queries.planned(topic, day_of(request.now)) if step >= 5 else None,  # noqa: PLR2004 - the planner belongs to the last two steps
    }


def _next(request: Request, topic: Any, step: int) -> HttpResponse:
    tell(request, t("已保存。", "Saved."))
    following = step if request.POST.get("stay") else min(step + 1, len(STEPS))
    return HttpResponseRedirect(reverse("workspace:topic-edit", args=[topic.pk, following]))


def _save(request: Request, topic: Any, step: int, lists: Lists | None = None, **fields: Any) -> HttpResponse | None:
    saved = attempt(
        request, lambda: actions.save_declaration(topic.pk, actor=request.actor, now=request.now, lists=lists, **fields)
    )
    return _next(request, topic, step) if saved else None


def _as_choice(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


def _as_bool(choice: str) -> bool | None:
    return None if not choice else choice == "yes"


def _basics(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    names = ("title", "title_en", "summary", "background", "content", "differences", "contact")
    initial = {name: getattr(topic, name) for name in names} | {
        "focus_areas": [each.area for each in topic.focus_areas.all()], "touches_interests": _as_choice(topic.touches_interests),
    }
    form = forms.BasicsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in names} | {"touches_interests": _as_bool(data["touches_interests"])}
        if topic.is_secret:
            fields = {"title": data["title"]}
        done = _save(request, topic, 1, Lists(focus_areas=data["focus_areas"]), **fields)
        if done:
            return done
    return {"form": form}


def _openness(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    names = ("broadcast_url", "form_reason", "seats_total", "closing_ground", "closing_reason")
    initial = {name: getattr(topic, name) for name in names} | {"forms": [each.form for each in topic.forms.all()]}
    for each in topic.audiences.all():
        initial |= {f"seats_{each.audience}": each.seats, f"why_{each.audience}": each.rationale}
    form = forms.OpennessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in names} | {"seats_total": data["seats_total"] or 0}
        done = _save(request, topic, 2, Lists(forms=data["forms"], audiences=form.audiences()), **fields)
        if done:
            return done
    return {"form": form}


def _major(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    initial = {"is_major": _as_choice(topic.is_major), "major_category": topic.major_category, "exclusion": topic.exclusion}
    form = forms.MajorForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        done = _save(
            request, topic, 3, None, is_major=_as_bool(data["is_major"]),
            major_category=data["major_category"] if data["is_major"] == "yes" else "",
            exclusion=data["exclusion"] if data["is_major"] == "no" else "",
        )
        if done:
            return done
    return {"form": form, "step_rows": _step_rows(topic)}


def _step_rows(topic: Any) -> list[dict[str, Any]]:
    kept = {each.kind: each for each in topic.steps.all()}
    return [{"kind": kind, "label": label, "row": kept.get(kind)} for kind, label in rules.STEP_LABELS.items()]


def _papers(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    names = ("disclosure", "disclosure_ground", "interpretation_plan")
    form = forms.PapersForm(request.POST or None, initial={name: getattr(topic, name) for name in names})
    if request.method == "POST" and form.is_valid():
        done = _save(request, topic, 4, None, **{name: form.cleaned_data[name] for name in names})
        if done:
            return done
    return {"form": form, "document_form": forms.DocumentForm(auto_id="doc_%s", initial={"disclosure": "open"})}


def _meeting(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    form = forms.MeetingForm(request.POST or None, initial={"meeting_kind": topic.meeting_kind, "wished_on": topic.wished_on})
    if request.method == "POST" and form.is_valid():
        done = _save(request, topic, 5, None, **form.cleaned_data)
        if done:
            return done
    return {"form": form}


def _check(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    if request.method == "POST":
        done = attempt(request, lambda: actions.submit_topic(topic.pk, actor=request.actor, now=request.now))
        if done:
            tell(request, t("已报批，编号 {number}。", "Submitted; its number is {number}.", number=done.index_no))
            return HttpResponseRedirect(reverse("workspace:topic", args=[topic.pk]))
    return {}


@staff_page
def topic_step(request: Request, topic_id: int, kind: str) -> HttpResponse:
    """Record one statutory step."""
    if kind not in rules.STEP_LABELS:
        raise Http404
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_work(request.actor, topic).require()
    kept = next((each for each in topic.steps.all() if each.kind == kind), None)
    initial = {name: getattr(kept, name) for name in ("status", "started_on", "done_on", "outcome", "people", "reason")} if kept else {}
    form = forms.StepForm(request.POST or None, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        data["people"] = data.get("people") or 0
        done = attempt(request, lambda: actions.record_step(topic_id, kind, actor=request.actor, now=request.now, **data))
        if done:
            tell(request, t("已记录。", "Recorded."))
            back = "workspace:topic-edit" if topic.state in {"drafting", "returned"} else "workspace:topic"
            return HttpResponseRedirect(reverse(back, args=[topic_id, 3] if back.endswith("edit") else [topic_id]))
    return page(request, "topics/workspace/step.html", {"form": form, "topic": topic, "label": rules.STEP_LABELS[kind]})


@staff_page
def document_add(request: Request, topic_id: int) -> HttpResponse:
    """Attach a document."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_work(request.actor, topic).require()
    form = forms.DocumentForm(request.POST or None, request.FILES or None, auto_id="doc_%s", initial={"disclosure": "open"})
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        done = attempt(request, lambda: actions.attach_document(topic_id, actor=request.actor, now=request.now, **data))
        if done:
            tell(request, t("已附上“{title}”。", "“{title}” is attached.", title=done.title))
            back = ("workspace:topic-edit", [topic_id, 4]) if topic.state in {"drafting", "returned"} else ("workspace:topic", [topic_id])
            return HttpResponseRedirect(reverse(back[0], args=back[1]))
    return page(request, "topics/workspace/document.html", {"document_form": form, "topic": topic})


@staff_page
@require_POST
def document_remove(request: Request, topic_id: int, document_id: int) -> HttpResponse:
    """Remove a document that was never public."""
    back = request.POST.get("back") or reverse("workspace:topic", args=[topic_id])
    return perform(
        request, lambda: actions.remove_document(document_id, actor=request.actor, now=request.now),
        to=back if back.startswith("/") and not back.startswith("//") else reverse("workspace:topic", args=[topic_id]),
        said=t("已删除。", "Removed."),
    )


@staff_page
def document_file(request: Request, topic_id: int, document_id: int) -> HttpResponse:
    """A document for staff who may see the dossier."""
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic).require()
    found = next((each for each in topic.documents.all() if each.pk == document_id), None)
    if found is None:
        raise Http404
    return file_response(found.file, inline=True)  # type: ignore[return-value]  # a streaming response


def _act(request: Request, topic_id: int, act: Any, said: Text) -> HttpResponse:
    url = reverse("workspace:topic", args=[topic_id])
    return perform(request, act, to=url, said=said)


@staff_page
@require_POST
def topic_approve(request: Request, topic_id: int) -> HttpResponse:
    """Give the next approval level."""
    remark = request.POST.get("remark", "")[:500]
    return _act(
        request, topic_id, lambda: actions.approve_topic(topic_id, actor=request.actor, now=request.now, remark=remark),
        t("已批准这一级。", "Approved at this level."),
    )


def _with_reason(request: Request, topic_id: int, act: Any, said: Text) -> HttpResponse:
    return _act(request, topic_id, lambda: act(topic_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:1000]), said)


@staff_page
@require_POST
def topic_return(request: Request, topic_id: int) -> HttpResponse:
    """Return with a reason."""
    return _with_reason(request, topic_id, actions.return_topic, t("已退回。", "Returned."))


@staff_page
@require_POST
def topic_reopen(request: Request, topic_id: int) -> HttpResponse:
    """Change an approved declaration: it is approved anew."""
    return _with_reason(request, topic_id, actions.reopen_topic, t("已转为起草，改好后重新报批。", "Back to drafting; submit it again when changed."))


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
    return page(request, "topics/workspace/print.html", {"topic": topic, "step_rows": _step_rows(topic), "form_labels": rules.FORM_LABELS})


@staff_page
def planner(request: Request) -> HttpResponse:
    """The planner alone: any kind of consultation, any wished day."""
    today = day_of(request.now)
    kind = request.GET.get("kind", "major")
    wished, problem = _wished(request.GET.get("wished", ""))
    needs = Needs(consultation=kind if kind in {"major", "market", "normdoc", "rule_draft", "other"} else "major")
    found = plan(today, wished, needs, queries.figures_for(request.actor.government_id, today), queries.work_calendar())
    context = {"plan": found, "kind": needs.consultation, "kinds": CONSULT_KINDS, "wished": request.GET.get("wished", ""), "problem": problem}
    return page(request, "topics/workspace/planner.html", context)


CONSULT_KINDS = (
    ("major", t("重大行政决策", "Major decision")), ("market", t("涉企规范性文件", "Normative document on business")),
    ("normdoc", t("规范性文件", "Normative document")), ("rule_draft", t("规章草案", "Draft rule")), ("other", t("其他", "Other")),
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
    path("topics/new/", topic_new, name="topic-new"),
    path("topics/<int:topic_id>/", topic_page, name="topic"),
    path("topics/<int:topic_id>/edit/<int:step>/", topic_edit, name="topic-edit"),
    path("topics/<int:topic_id>/steps/<slug:kind>/", topic_step, name="topic-step"),
    path("topics/<int:topic_id>/documents/add/", document_add, name="topic-document-add"),
    path("topics/<int:topic_id>/documents/<int:document_id>/", document_file, name="topic-document"),
    path("topics/<int:topic_id>/documents/<int:document_id>/remove/", document_remove, name="topic-document-remove"),
    path("topics/<int:topic_id>/approve/", topic_approve, name="topic-approve"),
    path("topics/<int:topic_id>/return/", topic_return, name="topic-return"),
    path("topics/<int:topic_id>/reopen/", topic_reopen, name="topic-reopen"),
    path("topics/<int:topic_id>/withdraw/", topic_withdraw, name="topic-withdraw"),
    path("topics/<int:topic_id>/print/", topic_print, name="topic-print"),
    path("planner/", planner, name="planner"),
]
