"""Public pages of what a draft asks: counted answers, questions and answers, asking something oneself."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, published
from mingtang.consultations.rules.asking import Asked
from mingtang.platform.actor import stranger
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.platform.web.throttle import may_pass


def asked_of(consultation_id: int, clause_id: int | None) -> tuple[list[Any], list[Any]]:
    """What one is asked beside the opinion: on a clause its alternatives, on the whole draft all the rest."""
    sets = [each for each in published.alternative_sets(consultation_id) if each.clause_id == clause_id]
    return sets, [] if clause_id else list(published.questions(consultation_id))


def answers_of(asked: Any, questions: list[Any]) -> dict[str, Any]:
    """The choices and answers of a valid form."""
    known = [Asked(each.id, each.kind, frozenset(one.id for one in each.options), each.steps) for each in questions]
    return {"choices": asked.choices(), "answers": asked.answers(known)}


def _view(request: Request, consultation_id: int) -> Any:
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None:
        raise Http404
    return view


@public_page("consultation:{consultation_id}")
def answers(request: Request, consultation_id: int) -> HttpResponse:
    """How people chose and answered, each with its n."""
    view = _view(request, consultation_id)
    context = {
        "view": view,
        "sets": published.alternative_sets(consultation_id),
        "questions": published.questions(consultation_id, with_texts=True),
    }
    return page(request, "consultations/portal/answers.html", context)


@public_page("consultation:{consultation_id}")
def inquiries(request: Request, consultation_id: int) -> HttpResponse:
    """Questions about the draft with the department's answers."""
    view = _view(request, consultation_id)
    found, rows = published.inquiries(consultation_id, after=request.GET.get("after", ""))
    context = {"view": view, "page": found, "rows": rows, "counts": published.inquiry_counts(consultation_id)}
    return page(request, "consultations/portal/inquiries.html", context)


@form_page
def inquiry_new(request: Request, consultation_id: int) -> HttpResponse:
    """Ask something about the draft; no account needed."""
    view = _view(request, consultation_id)
    form = forms.InquiryForm(request.POST or None, initial={"token": secrets.token_urlsafe(16)}, auto_id="ask_%s")
    if request.method == "POST" and form.is_valid() and attempt(request, lambda: _ask(request, consultation_id, form.cleaned_data)):
        return HttpResponseRedirect(f"{reverse('portal:inquiry-new', args=[consultation_id])}?sent=1")
    return page(request, "consultations/portal/inquiry.html", {"view": view, "form": form, "sent": "sent" in request.GET})


def _ask(request: Request, consultation_id: int, data: dict[str, Any]) -> Any:
    may_pass(request, "inquiry", "opinion.rate_per_hour").require()
    who = stranger(request.government.pk)
    return actions.inquire(consultation_id, data["question"], actor=who, now=request.now, token=data["token"])


urlpatterns = [
    path("consultations/<int:consultation_id>/answers/", answers, name="answers"),
    path("consultations/<int:consultation_id>/questions/", inquiries, name="inquiries"),
    path("consultations/<int:consultation_id>/questions/ask/", inquiry_new, name="inquiry-new"),
]
