"""The wizard: six steps of a declaration, its statutory steps and documents. What was typed is kept."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell
from mingtang.topics import actions, forms, policy, queries, rules
from mingtang.topics.actions import Lists

STEPS: tuple[Text, ...] = (
    t("基本情况", "Basics"),
    t("开放形式与对象", "Forms and audiences"),
    t("五项程序", "Five steps"),
    t("文件与公开属性", "Documents and disclosure"),
    t("会议与期限", "Meeting and deadlines"),
    t("核对报批", "Check and submit"),
)


SECRET_STEPS = frozenset({1, 6})


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
def topic_edit(request: Request, topic_id: int, step: int) -> HttpResponse:
    """One step of the wizard; what was typed is kept whatever happens."""
    if not 1 <= step <= len(STEPS):
        raise Http404
    topic = queries.get(request.actor.government_id, topic_id)
    policy.may_edit(request.actor, topic).require()
    if topic.is_secret and step not in SECRET_STEPS:
        return HttpResponseRedirect(reverse("workspace:topic-edit", args=[topic_id, 1]))
    handlers = {1: _secret if topic.is_secret else _basics, 2: _openness, 3: _major, 4: _papers, 5: _meeting, 6: _check}
    answer = handlers[step](request, topic)
    if isinstance(answer, HttpResponse):
        return answer
    topic = queries.get(request.actor.government_id, topic_id)
    return page(request, f"topics/workspace/step{step}.html", {**_frame(request, topic, step), **answer})


def _frame(request: Request, topic: Any, step: int) -> dict[str, Any]:
    items = rules.completeness(queries.facts_of(topic))
    counts = [
        {
            "n": n,
            "label": label,
            "have": sum(i.present for i in items if i.step == n),
            "all": sum(i.step == n for i in items),
            "current": n == step,
        }
        for n, label in enumerate(STEPS, 1)
        if not topic.is_secret or n in SECRET_STEPS
    ]
    return {
        "topic": topic,
        "returned": standing_return(topic, "topic.return", "topic.submit"),
        "may_work": True,
        "step": step,
        "step_label": STEPS[step - 1],
        "steps": counts,
        "items": items,
        "have": sum(i.present for i in items),
        "wrong": sum(i.wrong for i in items),
        "missing": [i for i in items if not i.present],
        "plan": queries.planned(topic, day_of(request.now)) if step >= 5 and not topic.is_secret else None,  # noqa: PLR2004 - the planner belongs to the last two steps
    }


def _next(request: Request, topic: Any, step: int) -> HttpResponse:
    tell(request, t("已保存。", "Saved."))
    ahead = len(STEPS) if topic.is_secret else min(step + 1, len(STEPS))
    following = step if request.POST.get("stay") else ahead
    return HttpResponseRedirect(reverse("workspace:topic-edit", args=[topic.pk, following]))


def _save(request: Request, topic: Any, step: int, lists: Lists | None = None, **fields: Any) -> HttpResponse | None:
    saved = attempt(request, lambda: actions.save_declaration(topic.pk, actor=request.actor, now=request.now, lists=lists, **fields))
    return _next(request, topic, step) if saved else None


def _as_choice(value: object) -> str:
    return "" if value is None else ("yes" if value else "no")


def _as_bool(choice: str) -> bool | None:
    return None if not choice else choice == "yes"


def _secret(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    form = forms.SecretForm(request.POST or None, initial={"title": topic.title})
    if request.method == "POST" and form.is_valid():
        done = _save(request, topic, 1, None, title=form.cleaned_data["title"])
        if done:
            return done
    return {"form": form}


def _partners(request: Request, topic: Any) -> list[tuple[int, str]]:
    return [each for each in departments_for(request.actor, everything=True) if each[0] != topic.department_id]


def _basics(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    names = ("title", "title_en", "summary", "background", "content", "differences", "contact")
    initial = {name: getattr(topic, name) for name in names} | {
        "focus_areas": [each.area for each in topic.focus_areas.all()],
        "touches_interests": _as_choice(topic.touches_interests),
        "partners": [str(each.pk) for each in topic.co_departments.all()],
    }
    form = forms.BasicsForm(request.POST or None, departments=_partners(request, topic), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in names} | {"touches_interests": _as_bool(data["touches_interests"])}
        partners = [int(each) for each in data.get("partners", [])]
        done = _save(request, topic, 1, Lists(focus_areas=data["focus_areas"], partners=partners), **fields)
        if done:
            return done
    return {"form": form}


def _openness(request: Request, topic: Any) -> HttpResponse | dict[str, Any]:
    names = ("broadcast_url", "form_reason", "seats_total", "closing_ground", "closing_reason")
    initial = {name: getattr(topic, name) for name in names} | {"forms": [each.form for each in topic.forms.all()]}
    initial["seats_total"] = topic.seats_total or None
    for each in topic.audiences.all():
        initial |= {f"seats_{each.audience}": each.seats, f"why_{each.audience}": each.rationale}
    form = forms.OpennessForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in names}
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
            request,
            topic,
            3,
            None,
            is_major=_as_bool(data["is_major"]),
            major_category=data["major_category"] if data["is_major"] == "yes" else "",
            exclusion=data["exclusion"] if data["is_major"] == "no" else "",
        )
        if done:
            return done
    return {"form": form, "step_rows": step_rows(topic)}


def step_rows(topic: Any) -> list[dict[str, Any]]:
    """The five steps, each with what was recorded."""
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
    initial = (
        {name: getattr(kept, name) for name in ("status", "started_on", "done_on", "outcome", "people", "reason", "document_id")}
        if kept
        else {}
    )
    papers = [(each.pk, each.title) for each in topic.documents.all()]
    form = forms.StepForm(request.POST or None, kind=kind, documents=papers, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
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


urlpatterns = [
    path("topics/new/", topic_new, name="topic-new"),
    path("topics/<int:topic_id>/edit/<int:step>/", topic_edit, name="topic-edit"),
    path("topics/<int:topic_id>/steps/<slug:kind>/", topic_step, name="topic-step"),
    path("topics/<int:topic_id>/documents/add/", document_add, name="topic-document-add"),
]
