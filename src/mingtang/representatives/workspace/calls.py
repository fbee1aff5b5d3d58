"""Calls and draws: prepare, publish, freeze, enter the randomness, seat those drawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.drawing.rules import may_reveal
from mingtang.platform.drawing.showing import announced, feasible
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import actions, forms, policy, queries, rules
from mingtang.topics import queries as topic_queries

DONE = t("已记录。", "Recorded.")


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def who(request: Request) -> Who:
    """The actor and the moment of a request."""
    return Who(actor=request.actor, now=request.now)


def url(call_id: int, name: str = "call") -> str:
    """The address of a page of one call."""
    return reverse(f"workspace:{name}", args=[call_id])


def one(request: Request, call_id: int) -> Any:
    """The call, for those who may see it."""
    policy.may_see(request.actor).require()
    return queries.call(request.government.pk, call_id)


@staff_page
def call_list(request: Request) -> HttpResponse:
    """All calls, and beginning one."""
    policy.may_see(request.actor).require()
    topics = [(row.pk, str(row).replace("|", "")) for row in topic_queries.approved_topics(request.government.pk)[:200]]
    form = forms.NewCallForm(request.POST or None, topics=topics, initial={"topic": request.GET.get("topic", "")})
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: actions.begin_call(int(form.cleaned_data["topic"]), **who(request)))
        if made:
            return HttpResponseRedirect(url(made.pk))
    state = request.GET.get("state", "")
    topic = request.GET.get("topic", "")[:18]
    found = queries.calls(request.government.pk, state=state, topic=topic, after=request.GET.get("after", ""))
    context = {"page": found, "topic": topic, "state": state, "states": rules.CALL.choices, "form": form}
    return page(request, "representatives/workspace/calls.html", context)


@staff_page
def call(request: Request, call_id: int) -> HttpResponse:
    """One call: what it says, its quotas with who applied, and what is next."""
    row = one(request, call_id)
    bound = _forms(row, request)
    if request.method == "POST":
        done = _post(request, row, bound)
        if done is not None:
            return done
        row = queries.call(request.government.pk, call_id)
    return page(request, "representatives/workspace/call.html", _context(request, row, bound))


def _forms(row: Any, request: Request) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in ("title", "purpose", "conditions", "contact", "closes_on", "reserves", "household_limit")}
    quotas = [(each.pk, str(each)) for each in row.quotas.all()]
    made: dict[str, Callable[[Any], Any]] = {
        "save": lambda data: forms.CallForm(data, initial=said, auto_id="call_%s"),
        "quota": lambda data: forms.QuotaForm(data, auto_id="quota_%s", prefix="q"),
        "extend": lambda data: forms.ExtendForm(data, auto_id="extend_%s"),
        "relax": lambda data: forms.RelaxForm(data, quotas=quotas, auto_id="relax_%s", prefix="r"),
        "cancel": lambda data: forms.ReasonForm(data, auto_id="cancel_%s"),
        "annul": lambda data: forms.ReasonForm(data, auto_id="annul_%s"),
    }
    return {name: make(request.POST if name in request.POST else None) for name, make in made.items()}


def _post(request: Request, row: Any, bound: dict[str, Any]) -> HttpResponse | None:
    """Do what was pressed; None when the page is to be shown again."""
    act = next((each for each in (*bound, "remove", "publish", "seat") if each in request.POST), "")
    form = bound.get(act)
    if not act or (form is not None and not form.is_valid()):
        return None
    data, given = (form.cleaned_data if form else {}), who(request)
    acts = {
        "save": lambda: actions.save_call(row.pk, **data, **given),
        "quota": lambda: actions.set_quota(row.pk, line=_line(data), rationale=data["rationale"], **given),
        "remove": lambda: actions.remove_quota(row.pk, int(request.POST["remove"]), **given),
        "publish": lambda: actions.publish_call(row.pk, **given),
        "extend": lambda: actions.extend_call(row.pk, **data, **given),
        "relax": lambda: _relax(data, given),
        "cancel": lambda: actions.cancel_call(row.pk, **data, **given),
        "annul": lambda: actions.annul_draw(row.pk, **data, **given),
        "seat": lambda: actions.seat_drawn(row.pk, **given),
    }
    attempt(request, acts[act])
    if request.refused is not None:
        return None
    tell(request, DONE)
    return HttpResponseRedirect(url(row.pk))


def _line(data: dict[str, Any]) -> rules.QuotaLine:
    return rules.QuotaLine(data["category"], data["value"], data["least"], data["most"])


def _relax(data: dict[str, Any], given: Who) -> object:
    return actions.relax_quota(int(data["quota"]), least=data["least"], most=data["most"], reason=data["reason"], **given)


def _context(request: Request, row: Any, bound: dict[str, Any]) -> dict[str, Any]:
    draw, today = queries.draw_of(row.pk), day_of(request.now)
    figures, outcome = figures_for(row.government_id, today), queries.outcome(draw)
    return {
        "row": row,
        **{f"{name}_form": form for name, form in bound.items()},
        "lines": [{"quota": each, "applied": each.applied} for each in row.quotas.all()],
        "draw": draw,
        "draws": queries.draws(row.pk),
        "outcome": outcome,
        "to_seat": any(each.state == "drawn" for each in outcome),
        "item": queries.item_for(row.topic_id),
        "may_run": policy.may_run_call(request.actor, row.topic.department_id),
        "may_publish": policy.may_publish_call(request.actor, row),
        "may_correct": policy.may_correct(request.actor, draw) if draw else None,
        "may_reveal": policy.may_reveal(request.actor, draw) if draw else None,
        "over": bool(rules.may_freeze(row.state, row.closes_on, None, figures, today)),
        "due": draw is not None and bool(may_reveal(draw.source_day, today, "3.2c")),
    }


@staff_page
def freeze(request: Request, call_id: int) -> HttpResponse:
    """Quotas first: whether they can be met; then the source of randomness, and freezing."""
    row = one(request, call_id)
    policy.may_run_call(request.actor, row.topic.department_id).require()
    form = forms.SourceForm(request.POST or None, initial={"kind": "figures", "faces": 20, "throws": 15})
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: actions.freeze_draw(call_id, randomness=form.source(), **who(request)))
        if made:
            tell(request, t("已冻结，摘要已记入总账。", "Frozen; the digest is in the public log."))
            return HttpResponseRedirect(url(call_id))
    pool = queries.pool_to_draw(row, request.now)
    today = day_of(request.now)
    over = rules.may_freeze(row.state, row.closes_on, None, figures_for(row.government_id, today), today)
    context = {"row": row, "form": form, "pool": pool, "feasible": feasible(pool), "excluded": len(pool.excluded), "over": over}
    return page(request, "representatives/workspace/freeze.html", context)


@staff_page
def reveal(request: Request, call_id: int) -> HttpResponse:
    """A second person enters the public figures of the day."""
    row, draw = one(request, call_id), queries.draw_of(call_id)
    if draw is None:
        return HttpResponseRedirect(url(call_id))
    policy.may_reveal(request.actor, draw).require()
    sources = announced(queries.announcement(draw))
    form = forms.RevealForm(request.POST or None, sources=sources)
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: actions.reveal_draw(call_id, values=form.values(), **who(request)))
        if done:
            tell(request, t("已抽签，结果已公布并记入总账。", "Drawn; the outcome is published and in the public log."))
            return HttpResponseRedirect(url(call_id))
    return page(request, "representatives/workspace/reveal.html", {"row": row, "draw": draw, "form": form})


@staff_page
def correct(request: Request, call_id: int) -> HttpResponse:
    """A third person enters the right figures where wrong ones were typed."""
    row, draw = one(request, call_id), queries.draw_of(call_id)
    if draw is None or draw.revealed_at is None:
        return HttpResponseRedirect(url(call_id))
    policy.may_correct(request.actor, draw).require()
    form = forms.CorrectForm(request.POST or None, sources=announced(queries.announcement(draw)))
    if request.method == "POST" and form.is_valid():
        given = {"values": form.values(), "reason": form.cleaned_data["reason"]}
        if attempt(request, lambda: actions.correct_draw(call_id, **given, **who(request))):
            tell(request, t("已更正，新结果已公布。", "Corrected; the new outcome is published."))
            return HttpResponseRedirect(url(call_id))
    return page(request, "representatives/workspace/reveal.html", {"row": row, "draw": draw, "form": form})


@staff_page
@require_POST
def fill(request: Request, call_id: int, application_id: int) -> HttpResponse:
    """Let the next reserve move up into the seat of somebody who left."""
    said = t("候补已递补。", "A reserve has moved up.")
    return perform(request, lambda: actions.fill_seat(application_id, **who(request)), to=url(call_id), said=said)


urlpatterns = [
    path("calls/", call_list, name="calls"),
    path("calls/<int:call_id>/", call, name="call"),
    path("calls/<int:call_id>/freeze/", freeze, name="call-freeze"),
    path("calls/<int:call_id>/reveal/", reveal, name="call-reveal"),
    path("calls/<int:call_id>/correct/", correct, name="call-correct"),
    path("calls/<int:call_id>/fill/<int:application_id>/", fill, name="call-fill"),
]
