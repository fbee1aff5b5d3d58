"""Staff pages of what a draft asks, and of people's questions about it."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.consultations.rules.asking import INQUIRY
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


@staff_page
def asking(request: Request, consultation_id: int) -> HttpResponse:
    """Alternatives, questions and terms of a draft, each with its form."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    what = request.POST.get("what", "")
    given = {name: (request.POST if what == name else None) for name in ("set", "question", "terms")}
    clauses = [(each.pk, str(each)) for each in row.clauses.all()]
    kept = {"terms": "\n".join(f"{each.term}：{each.explanation}" for each in row.terms.all())}
    found: dict[str, Any] = {
        "set": forms.AlternativesForm(given["set"], clauses=clauses, auto_id="set_%s"),
        "question": forms.AskedForm(given["question"], initial={"steps": 5}, auto_id="question_%s"),
        "terms": forms.TermsForm(given["terms"], initial=kept, auto_id="terms_%s"),
    }
    if what in found and found[what].is_valid() and attempt(request, lambda: _save(request, row.pk, what, found[what].cleaned_data)):
        tell(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(f"{_url(row.pk, 'asking')}#{what}")
    context = {
        "row": row,
        "forms": found,
        "what": what,
        "sets": queries.alternative_sets(row.pk),
        "questions": queries.questions(row.pk),
        "may_change": row.state == "preparing",
    }
    return page(request, "consultations/workspace/asking.html", context)


def _save(request: Request, consultation_id: int, what: str, data: dict[str, Any]) -> object:
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if what == "set":
        clause = row_id(data["clause"])
        return actions.offer_alternatives(
            consultation_id, **who, title=data["title"], options=data["options"], intro=data["intro"], clause_id=clause
        )
    if what == "question":
        words = data.pop("question")
        return actions.ask_question(consultation_id, **who, words=words, **data)
    actions.save_terms(consultation_id, data["terms"], **who)
    return True


@staff_page
@require_POST
def asked_drop(request: Request, consultation_id: int, what: str, asked_id: int) -> HttpResponse:
    """Take a set of alternatives or a question back."""
    return perform(
        request,
        lambda: actions.drop_asked(consultation_id, what, asked_id, actor=request.actor, now=request.now),
        to=_url(consultation_id, "asking"),
        said=t("已删除。", "Removed."),
    )


@staff_page
def inquiries(request: Request, consultation_id: int) -> HttpResponse:
    """People's questions; the department answers, somebody else publishes."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_see(request.actor, row.topic.department_id).require()
    form = forms.InquiryForm(request.POST or None, initial={"token": secrets.token_urlsafe(16)}, auto_id="ask_%s")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: actions.inquire(row.pk, data["question"], actor=request.actor, now=request.now, token=data["token"])):
            tell(request, t("已登记。", "Entered."))
            return HttpResponseRedirect(_url(row.pk, "inquiries"))
    state = request.GET.get("state", "")
    found = queries.inquiries(row.pk, state=state, after=request.GET.get("after", ""))
    may = bool(policy.may_prepare(request.actor, row.topic.department_id))
    context = {
        "row": row,
        "page": found,
        "rows": [
            (
                each,
                forms.AnswerInquiryForm(initial={"answer": each.answer}, auto_id=f"i{each.pk}_%s"),
                policy.may_publish_inquiry(request.actor, each),
            )
            for each in found
        ],
        "state": state,
        "states": INQUIRY.choices,
        "may_answer": may,
        "form": form,
    }
    return page(request, "consultations/workspace/inquiries.html", context)


@staff_page
@require_POST
def inquiry_act(request: Request, consultation_id: int, inquiry_id: int, act: str) -> HttpResponse:
    """Answer, publish, return or decline a question."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    reason, answer = request.POST.get("reason", "")[:300], request.POST.get("answer", "")[:2000]
    acts = {
        "answer": (
            lambda: actions.answer_inquiry(inquiry_id, answer, **who),
            t("已答复，待他人审核公开。", "Answered; somebody else publishes it."),
        ),
        "publish": (lambda: actions.publish_inquiry(inquiry_id, **who), t("问答已公开。", "Question and answer are public.")),
        "return": (lambda: actions.return_inquiry(inquiry_id, **who, reason=reason), t("已退回。", "Returned.")),
        "decline": (lambda: actions.decline_inquiry(inquiry_id, **who, reason=reason), t("已记为不公开答复。", "Marked as not published.")),
    }
    run, said = acts[act]
    return perform(request, run, to=f"{_url(consultation_id, 'inquiries')}#i{inquiry_id}", said=said)


ACTS = ("answer", "publish", "return", "decline")
urlpatterns = [
    path("consultations/<int:consultation_id>/asking/", asking, name="asking"),
    path("consultations/<int:consultation_id>/asking/set/<int:asked_id>/drop/", asked_drop, {"what": "set"}, name="set-drop"),
    path(
        "consultations/<int:consultation_id>/asking/question/<int:asked_id>/drop/", asked_drop, {"what": "question"}, name="question-drop"
    ),
    path("consultations/<int:consultation_id>/inquiries/", inquiries, name="inquiries"),
    *(
        path(f"consultations/<int:consultation_id>/inquiries/<int:inquiry_id>/{act}/", inquiry_act, {"act": act}, name=f"inquiry-{act}")
        for act in ACTS
    ),
]
