"""Saying something: the form on a clause or the whole draft, and what others already said while one types."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, published
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.actions.arriving import in_burst
from mingtang.consultations.portal.asking import answers_of, asked_of
from mingtang.consultations.portal.verifying import proof, used_up, verifying
from mingtang.consultations.rules import masked, names_a_number
from mingtang.consultations.rules.verifying import may_use_proof
from mingtang.platform.actor import stranger
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, form_page, page
from mingtang.platform.web.proof import challenge, solved
from mingtang.platform.web.throttle import may_pass, passed

MOST_TYPED = 2000


@form_page
def opinion_new(request: Request, consultation_id: int) -> HttpResponse:
    """Say something about the draft; no account needed. As a fragment inside the draft, or as a page."""
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    clause = next((each for each in view.clauses if str(each.id) == (request.POST.get("clause") or request.GET.get("clause", ""))), None)
    initial = {
        "token": secrets.token_urlsafe(16),
        "clause": str(clause.id) if clause else "",
        "publish_consent": True,
        "on_behalf": "person",
        "as_verified": True,
    }
    key, joins = f"c{clause.id if clause else 0}_%s", row_id(request.POST.get("same_as", ""))
    form = forms.OpinionForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        auto_id=key,
        clause_text=clause.text if clause else "",
        bare=joins is not None,
    )
    sets, questions = asked_of(consultation_id, clause.id if clause else None)
    asked = forms.asked_form(sets, questions, request.POST or None, auto_id=key)
    if any(value for name, value in request.POST.items() if name.startswith(("set_", "q_"))):
        form.fields["text"].required = False
    warned = ""
    if request.method == "POST" and asked.is_valid() & form.is_valid():
        data = {**form.cleaned_data, **answers_of(asked, questions)}
        warned = "" if joins or "anyway" in request.POST else _personal(data)
        done = None if warned else attempt(request, lambda: _receive(request, consultation_id, data, joins))
        if done:
            return used_up(HttpResponseRedirect(f"{reverse('portal:receipt', args=[done.receipt])}?new=1"), request, consultation_id)
    part = request.headers.get("HX-Request") == "true"
    template = "consultations/portal/say.html" if part else "consultations/portal/opinion.html"
    context = {"view": view, "form": form, "asked": asked, "sets": sets, "clause": clause, "part": part, "warned": warned}
    context |= verifying(request, consultation_id)
    context["named"] = figures_for(request.government.pk, day_of(request.now)).on("opinion.real_name")
    return page(request, template, {**context, "challenge": challenge(request) if _busy(request, consultation_id) else ""})


def _personal(data: dict[str, Any]) -> str:
    """What was written that names a person, as it would be shown; empty when there is nothing of the kind."""
    written = [data[name] for name in ("text", "proposed") if names_a_number(data[name])]
    return masked("\n".join(written))


def _busy(request: Request, consultation_id: int) -> bool:
    """Whether this address or this consultation is over its rate: only then the browser is asked to prove itself."""
    figures = figures_for(request.government.pk, day_of(request.now))
    return passed(request, "opinion") >= figures.number("opinion.check_per_hour") or in_burst(consultation_id, figures, request.now)


def _receive(request: Request, consultation_id: int, data: dict[str, Any], joins: int | None) -> Any:
    unproved = _busy(request, consultation_id) and not solved(request, data["proof"])
    may_pass(request, "opinion", "opinion.rate_per_hour").require()
    who: dict[str, Any] = {
        name: data[name] for name in ("audience", "publish_consent", "name", "email", "phone", "on_behalf", "organisation")
    }
    if data["as_verified"]:
        who["verified"] = proof(request, consultation_id)
        may_use_proof(there=who["verified"] is not None, used=False).require()
    marks = ("unchecked",) if unproved else ()
    if joins is not None:
        given = OpinionIn("", same_as_id=joins, marks=marks, **who)
    else:
        said: dict[str, Any] = {name: data[name] for name in ("text", "stance", "quote", "proposed", "source_url", "choices", "answers")}
        place: dict[str, Any] = {"clause_id": row_id(data["clause"]), "quote_start": data["quote_start"] or 0}
        given = OpinionIn(uploads=data["uploads"] or (), marks=marks, **said, **place, **who)
    token = data["token"] if joins is None else f"same:{data['token']}"
    return actions.receive_opinion(consultation_id, given, actor=stranger(request.government.pk), now=request.now, token=token)


@form_page
def similar(request: Request, consultation_id: int) -> HttpResponse:
    """What was already said on this place that is like the words being typed; nothing is kept of them."""
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    typed = request.POST.get("text", "")[:MOST_TYPED]
    found = published.similar(consultation_id, row_id(request.POST.get("clause", "")), typed) if view.row.is_open else []
    return page(request, "consultations/portal/similar.html", {"found": found})


urlpatterns = [
    path("consultations/<int:consultation_id>/say/", opinion_new, name="opinion-new"),
    path("consultations/<int:consultation_id>/similar/", similar, name="similar"),
]
