"""Preparing, reviewing, opening, extending."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries, rules
from mingtang.consultations.actions.preparing import ClauseIn
from mingtang.consultations.rules.opening import unused_doors
from mingtang.kernel.parameters import Figures
from mingtang.kernel.text import Text, t
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.guard.looking import standing
from mingtang.platform.identity.provider import provider
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.platform.web.fields import DayField
from mingtang.topics import queries as topic_queries


def _url(consultation_id: int, name: str = "consultation") -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


BEFORE_OPENING = frozenset({"preparing", "in_review", "reviewed"})


@staff_page
def consultation_list(request: Request) -> HttpResponse:
    """Consultations with a filter by state."""
    state = request.GET.get("state", "")
    found = queries.consultations(request.actor, state=state, after=request.GET.get("after", ""))
    return page(request, "consultations/workspace/list.html", {"page": found, "state": state, "states": rules.CONSULTATION.choices})


@staff_page
def topic_consultation(request: Request, topic_id: int) -> HttpResponse:
    """The consultation of a matter; where there is none, or only one that was cancelled, it can be begun here."""
    topic = topic_queries.get(request.actor.government_id, topic_id)
    policy.may_see(request.actor, topic.department_id).require()
    found = queries.of_topic(topic_id)
    if request.method == "POST":
        found = attempt(request, lambda: actions.begin_consultation(topic_id, actor=request.actor, now=request.now))
    if found and (found.state != "cancelled" or request.method == "POST"):
        return HttpResponseRedirect(_url(found.pk))
    context = {"topic": topic, "cancelled": found, "may_prepare": policy.may_prepare(request.actor, topic.department_id)}
    return page(request, "consultations/workspace/none.html", context)


@staff_page
def consultation_page(request: Request, consultation_id: int) -> HttpResponse:
    """One consultation: the notice, the draft, what is missing, what is next."""
    return _consultation(request, consultation_id, forms.ExtendForm(auto_id="extend_%s"))


def _consultation(request: Request, consultation_id: int, extend_form: forms.ExtendForm) -> HttpResponse:
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    stage = queries.waiting_stage(row)
    today = day_of(request.now)
    figures, calendar = figures_for(row.government_id, today), work_calendar()
    gate = rules.may_open(queries.opening_facts(row), today, figures, calendar) if row.state in BEFORE_OPENING else None
    context = {
        "row": row,
        "returned": standing_return(row, "consultation.return_review", "consultation.submit_review") if row.state == "preparing" else None,
        "stage": stage,
        "gate": gate,
        "guard": standing(queries.consultation_material(row.government_id, row.pk), request.now) if row.state in BEFORE_OPENING else None,
        "may_prepare": policy.may_prepare(request.actor, row.topic.department_id),
        "may_review": policy.may_review(request.actor, row, stage, queries.reviewers(row))
        if row.state == "in_review" and stage in policy.REVIEW_ROLES
        else None,
        "may_cancel": _may_cancel(request, row),
        "over": row.state == "open" and row.closes_on is not None and today > row.closes_on,
        "few": _few(row, today, figures),
        "people": queries.people(row.pk),
        "doors": unused_doors(queries.tallies(row.pk)),
        "least": rules.minimum_closing_day(row.kind, today, figures, calendar),
        "tallies": queries.tallies(row.pk),
        "places": queries.places(row.pk),
        "channels": rules.CHANNEL_LABELS,
        "review_form": forms.ReviewForm(auto_id="review_%s"),
        "extend_form": extend_form,
    }
    return page(request, "consultations/workspace/consultation.html", context)


def _may_cancel(request: Request, row: Any) -> bool:
    named = {each.name for each in rules.CONSULTATION.arrows_from(row.state)}
    return "cancel" in named and bool(policy.may_prepare(request.actor, row.topic.department_id))


def _few(row: Any, today: date, figures: Figures) -> bool:
    if row.state != "open" or row.closes_on is None or row.opened_at is None:
        return False
    return rules.low_response(day_of(row.opened_at), row.closes_on, today, queries.tallies(row.pk).get(("people", ""), 0), figures)


@staff_page
def consultation_edit(request: Request, consultation_id: int) -> HttpResponse:
    """The notice."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    names = ("kind", "summary", "questions", "contact", "ways", "announced_in", "closes_on", "shorten_reason", "verified_only_reason")
    initial = {name: getattr(row, name) for name in names} | {
        "effects": "\n".join(f"{each.who}：{each.what}" for each in row.effects.all())
    }
    verifies = provider() is not None or bool(row.verified_only_reason)
    form = forms.ConsultationForm(request.POST or None, initial=initial, verifies=verifies)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        effects = data.pop("effects")
        if attempt(request, lambda: actions.save_consultation(row.pk, actor=request.actor, now=request.now, effects=effects, **data)):
            tell(request, t("已保存。", "Saved."))
            return HttpResponseRedirect(_url(row.pk))
    today = day_of(request.now)
    least = rules.minimum_closing_day(row.kind, today, figures_for(row.government_id, today), work_calendar())
    return page(request, "consultations/workspace/edit.html", {"row": row, "form": form, "least": least})


@staff_page
def draft_edit(request: Request, consultation_id: int) -> HttpResponse:
    """The draft as a whole: paste it or import a file; what was not recognised is placed on the side-by-side page."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    form = forms.DraftForm(request.POST or None, request.FILES or None, initial={"text": queries.whole_text(row)})
    context: dict[str, Any] = {"row": row, "form": form}
    if request.method == "POST" and form.is_valid():
        found = attempt(request, lambda: _import(request, row.pk, form.cleaned_data))
        if found:
            tell(request, _recognised(found))
            to = _url(row.pk, "draft") if found.clauses and not found.unrecognised else reverse("workspace:draft-blocks", args=[row.pk, 1])
            return HttpResponseRedirect(to)
    context["left"] = queries.unplaced(row.pk)
    context["versions"] = queries.versions(row.pk)
    context["row"] = queries.get(request.actor.government_id, consultation_id)
    return page(request, "consultations/workspace/draft.html", context)


def _recognised(found: Any) -> Text:
    counts = found.counts
    if not found.clauses:
        return t("没有识别出条款，请在下面逐段指明。", "No clauses were recognised; please say below what each block is.")
    if counts["unrecognised"]:
        words = (
            "识别出 {clauses} 条，{unrecognised} 段没有识别，请逐段指明。",
            "{clauses} clauses recognised; {unrecognised} blocks to place.",
        )
    elif counts["chapters"]:
        words = "识别出 {chapters} 个章节、{clauses} 条。", "{chapters} chapters and {clauses} clauses were recognised."
    else:
        words = "识别出 {clauses} 条。", "{clauses} clauses were recognised."
    return t(*words, **counts)


def _import(request: Request, consultation_id: int, data: dict[str, Any]) -> Any:
    if data.get("upload"):
        return actions.import_draft(consultation_id, data["upload"].read(), data["upload"].name, actor=request.actor, now=request.now)
    return actions.split_draft(consultation_id, data["text"], actor=request.actor, now=request.now)


@staff_page
def clause_edit(request: Request, consultation_id: int, clause_id: int) -> HttpResponse:
    """One clause."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    clauses = list(row.clauses.all())
    found = next((each for each in clauses if each.pk == clause_id), None)
    if found is None:
        raise Http404
    names = ("label", "heading", "text", "now_text", "plain")
    form = forms.ClauseForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        given = [
            ClauseIn(
                **{name: getattr(each, name) for name in ("chapter", "part", "section", "origin")},
                id=each.pk,
                **(form.cleaned_data if each.pk == clause_id else {name: getattr(each, name) for name in names}),
            )
            for each in clauses
        ]
        if attempt(request, lambda: actions.save_clauses(row.pk, given, actor=request.actor, now=request.now)):
            tell(request, t("已保存{label}。", "{label} is saved.", label=form.cleaned_data["label"]))
            return HttpResponseRedirect(_url(row.pk, "draft"))
    return page(request, "consultations/workspace/clause.html", {"row": row, "clause": found, "form": form})


def _post(request: Request, consultation_id: int, act: Any, said: Any, **more: Any) -> HttpResponse:
    url = _url(consultation_id)
    return perform(request, lambda: act(consultation_id, actor=request.actor, now=request.now, **more), to=url, said=said)


@staff_page
@require_POST
def submit_review(request: Request, consultation_id: int) -> HttpResponse:
    """Send to the three reviews."""
    return _post(request, consultation_id, actions.submit_review, t("已送审。", "Sent to review."))


@staff_page
@require_POST
def give_review(request: Request, consultation_id: int) -> HttpResponse:
    """Pass the next stage."""
    return _post(
        request,
        consultation_id,
        actions.give_review,
        t("已通过这一道。", "Passed this stage."),
        remark=request.POST.get("remark", "")[:500],
    )


@staff_page
@require_POST
def return_review(request: Request, consultation_id: int) -> HttpResponse:
    """Return with a reason."""
    return _post(request, consultation_id, actions.return_review, t("已退回。", "Returned."), reason=request.POST.get("reason", "")[:1000])


@staff_page
@require_POST
def open_it(request: Request, consultation_id: int) -> HttpResponse:
    """Open to the public now, with a later closing day if one is given."""
    try:
        closes_on = DayField(required=False).clean(request.POST.get("closes_on", ""))
    except ValidationError as error:
        tell(request, t("没有公开：{why}", "Not opened: {why}", why=" ".join(str(each) for each in error.messages)))
        return HttpResponseRedirect(_url(consultation_id))
    return _post(request, consultation_id, actions.open_consultation, t("已向社会公开。", "It is open to the public."), closes_on=closes_on)


@staff_page
@require_POST
def extend(request: Request, consultation_id: int) -> HttpResponse:
    """Give people longer; what was typed is kept until it is right."""
    form = forms.ExtendForm(request.POST, auto_id="extend_%s")
    if form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: actions.extend_consultation(consultation_id, actor=request.actor, now=request.now, **data)):
            tell(request, t("已延长。", "Extended."))
            return HttpResponseRedirect(_url(consultation_id))
    return _consultation(request, consultation_id, form)


@staff_page
@require_POST
def close(request: Request, consultation_id: int) -> HttpResponse:
    """Close when the period is over."""
    return _post(request, consultation_id, actions.close_consultation, t("已截止。", "Closed."))


@staff_page
@require_POST
def cancel(request: Request, consultation_id: int) -> HttpResponse:
    """Cancel with a reason."""
    return _post(
        request, consultation_id, actions.cancel_consultation, t("已取消。", "Cancelled."), reason=request.POST.get("reason", "")[:1000]
    )


urlpatterns = [
    path("consultations/", consultation_list, name="consultations"),
    path("topics/<int:topic_id>/consultation/", topic_consultation, name="topic-consultation"),
    path("consultations/<int:consultation_id>/", consultation_page, name="consultation"),
    path("consultations/<int:consultation_id>/edit/", consultation_edit, name="consultation-edit"),
    path("consultations/<int:consultation_id>/draft/", draft_edit, name="draft"),
    path("consultations/<int:consultation_id>/draft/<int:clause_id>/", clause_edit, name="clause"),
    path("consultations/<int:consultation_id>/submit/", submit_review, name="consultation-submit"),
    path("consultations/<int:consultation_id>/review/", give_review, name="consultation-review"),
    path("consultations/<int:consultation_id>/return/", return_review, name="consultation-return"),
    path("consultations/<int:consultation_id>/open/", open_it, name="consultation-open"),
    path("consultations/<int:consultation_id>/extend/", extend, name="consultation-extend"),
    path("consultations/<int:consultation_id>/close/", close, name="consultation-close"),
    path("consultations/<int:consultation_id>/cancel/", cancel, name="consultation-cancel"),
]
