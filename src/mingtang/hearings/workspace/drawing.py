"""The draw of seats: freezing the list, entering the randomness, correcting wrong figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from mingtang.hearings import actions, policy, queries, rules
from mingtang.hearings.workspace.desk import H, one, url, who
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.drawing.forms import CorrectForm, RevealForm, SourceForm
from mingtang.platform.drawing.showing import announced, feasible
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell


@staff_page
def freeze(request: Request, hearing_id: int) -> HttpResponse:
    """Who is to be drawn for how many seats, and the source of randomness of a later day."""
    row = one(request, hearing_id)
    policy.may_run(request.actor, row.topic.department_id).require()
    form = SourceForm(request.POST or None, initial={"kind": "figures", "faces": 20, "throws": 15})
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: actions.freeze_seats(hearing_id, randomness=form.source(), **who(request)))
        if made:
            tell(request, t("已冻结，摘要已记入总账。", "Frozen; the digest is in the public log."))
            return HttpResponseRedirect(url(hearing_id))
    pool, today = queries.pool_to_draw(row), day_of(request.now)
    over = row.enrol_until is not None and today > row.enrol_until
    may = rules.may_freeze_seats(row.state, over=over, waiting=len(pool.people), source_day=None, today=today)
    context = {"row": row, "form": form, "pool": pool, "over": may, "feasible": feasible(pool) if may else may}
    return page(request, "hearings/workspace/freeze.html", context)


@staff_page
def reveal(request: Request, hearing_id: int) -> HttpResponse:
    """A second person enters the public figures of the day."""
    row, draw = one(request, hearing_id), queries.draw_of(hearing_id)
    if draw is None:
        return HttpResponseRedirect(url(hearing_id))
    policy.may_reveal(request.actor, draw, row.topic.department_id).require()
    form = RevealForm(request.POST or None, sources=announced(queries.randomness(draw)))
    if request.method == "POST" and form.is_valid() and attempt(request, lambda: _reveal(request, hearing_id, form)):
        tell(request, t("已抽签，结果已公布并记入总账。", "Drawn; the outcome is published and in the public log."))
        return HttpResponseRedirect(url(hearing_id))
    return page(request, "hearings/workspace/reveal.html", {"row": row, "draw": draw, "form": form})


def _reveal(request: Request, hearing_id: int, form: RevealForm) -> Any:
    return actions.reveal_seats(hearing_id, values=form.values(), **who(request))


@staff_page
def correct(request: Request, hearing_id: int) -> HttpResponse:
    """A third person enters the right figures where wrong ones were typed."""
    row, draw = one(request, hearing_id), queries.draw_of(hearing_id)
    if draw is None or draw.revealed_at is None:
        return HttpResponseRedirect(url(hearing_id))
    policy.may_correct(request.actor, draw, row.topic.department_id).require()
    form = CorrectForm(request.POST or None, sources=announced(queries.randomness(draw)))
    if request.method == "POST" and form.is_valid():
        given = {"values": form.values(), "reason": form.cleaned_data["reason"]}
        if attempt(request, lambda: actions.correct_seats(hearing_id, **given, **who(request))):
            tell(request, t("已更正，新结果已公布。", "Corrected; the new outcome is published."))
            return HttpResponseRedirect(url(hearing_id))
    return page(request, "hearings/workspace/reveal.html", {"row": row, "draw": draw, "form": form})


urlpatterns = [
    path(f"{H}freeze/", freeze, name="hearing-freeze"),
    path(f"{H}reveal/", reveal, name="hearing-reveal"),
    path(f"{H}correct/", correct, name="hearing-correct"),
]
