"""The entry screen: one paper after another, by keyboard, on one page."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.consultations.actions import OpinionIn, Paper
from mingtang.consultations.published.reaching import sheet_code
from mingtang.consultations.rules.entering import ENTRY_CHANNELS, UNDO_MINUTES, number_typed
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, safe_next, staff_page


def _url(consultation_id: int) -> str:
    return reverse("workspace:entry", args=[consultation_id])


@staff_page
def entry(request: Request, consultation_id: int) -> HttpResponse:
    """Key in a paper and go on with the next; what was wrong keeps all that was typed."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    channel = request.GET.get("channel", "")
    initial = {
        "channel": channel if channel in ENTRY_CHANNELS else "paper",
        "received_on": request.GET.get("on") or day_of(request.now),
        "token": secrets.token_urlsafe(12),
    }
    form = forms.EntryForm(request.POST or None, labels=queries.clause_ids(row.pk), initial=initial)
    code = sheet_code(request.government.code_prefix, row.pk)
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: _enter(request, row.pk, form.cleaned_data, code))
        if done:
            kept = {"channel": done.opinion.channel, "on": form.cleaned_data["received_on"].isoformat(), "done": done.pk}
            return HttpResponseRedirect(f"{_url(row.pk)}?{urlencode(kept)}")
    return page(request, "consultations/workspace/entry.html", {"row": row, "form": form, "code": code, **_around(request, row.pk, form)})


def _around(request: Request, consultation_id: int, form: forms.EntryForm) -> dict[str, Any]:
    """What stands beside the form: the last receipt, the count, what can be undone, the paper that was entered before."""
    total, last = queries.entered_today(request.actor, consultation_id, day_of(request.now))
    before = None
    if request.refused is not None and request.refused.code == "entered":
        data = form.cleaned_data
        before = queries.entry_of(consultation_id, number_typed(data["number"]), data["clause"] or 0)
    done = row_id(request.GET.get("done", ""))
    newest = last[0] if last else None
    fresh = newest and (request.now - newest.entered_at).total_seconds() <= UNDO_MINUTES * 60
    return {
        "total": total,
        "last": last,
        "before": before,
        "just": newest if newest and newest.pk == done else None,
        "undo": newest if fresh else None,
        "undo_form": forms.UndoForm(auto_id="undo_%s"),
        "minutes": UNDO_MINUTES,
    }


def _enter(request: Request, consultation_id: int, data: dict[str, Any], code: str) -> Any:
    reach = data["contact"].strip()
    given = OpinionIn(
        text=data["text"],
        stance=data["stance"],
        channel=data["channel"],
        clause_id=data["clause"],
        name=data["name"],
        phone="" if "@" in reach else reach[:40],
        email=reach if "@" in reach else "",
        on_behalf="organisation" if data["organisation"].strip() else "person",
        organisation=data["organisation"],
        publish_consent=not data["silent"],
    )
    paper = Paper(data["number"], data["received_on"], code)
    return actions.enter_paper(consultation_id, paper, given, actor=request.actor, now=request.now, token=data["token"])


@staff_page
@require_POST
def undo(request: Request, consultation_id: int, entry_id: int) -> HttpResponse:
    """Take back what was just mistyped."""
    reason = request.POST.get("reason", "")[:300]
    return perform(
        request,
        lambda: actions.undo_entry(entry_id, reason, actor=request.actor, now=request.now),
        to=safe_next(request, _url(consultation_id)),
        said=t("已撤销，这张表可以重新录。", "Undone; the paper can be keyed in again."),
    )


urlpatterns = [
    path("consultations/<int:consultation_id>/entry/", entry, name="entry"),
    path("consultations/<int:consultation_id>/entry/<int:entry_id>/undo/", undo, name="entry-undo"),
]
