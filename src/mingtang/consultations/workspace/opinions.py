"""Moderation, keying in, importing, contact data."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, published, queries, rules
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.rules.opinions import ERASE_CLAUSES
from mingtang.kernel.text import t
from mingtang.platform.codes import row_id
from mingtang.platform.files.keep import response
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


@staff_page
def moderation(request: Request, consultation_id: int) -> HttpResponse:
    """The queue: what waits, what is shown, what is withheld."""
    policy.may_moderate_any(request.actor).require()
    row = queries.get(request.actor.government_id, consultation_id)
    state = request.GET.get("state", "received")
    state = state if state in {"received", "shown", "withheld"} else "received"
    marked = state == "received" and request.GET.get("marked") == "1"
    context = {
        "row": row,
        "state": state,
        "states": rules.OPINION.choices,
        "tallies": queries.tallies(row.pk),
        "page": queries.queue(row.pk, state=state, after=request.GET.get("after", ""), marked=marked),
        "marked": marked,
        "form": forms.WithholdForm(),
    }
    return page(request, "consultations/workspace/moderation.html", context)


def _ids(request: Request) -> list[int]:
    return [pk for each in request.POST.getlist("opinion") if (pk := row_id(each)) is not None]


@staff_page
@require_POST
def moderate(request: Request, consultation_id: int) -> HttpResponse:
    """Show or withhold the chosen opinions."""
    state = request.POST.get("state", "received")
    url, ids = f"{_url(consultation_id, 'opinions')}?state={state if state in rules.OPINION.codes else 'received'}", _ids(request)
    if not ids:
        tell(request, t("没有选中意见。请先勾选。", "Nothing is selected. Tick some first."))
        return HttpResponseRedirect(url)
    return perform(request, lambda: _decide(request, consultation_id, ids), to=url)


def _decide(request: Request, consultation_id: int, ids: list[int]) -> None:
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if "show" in request.POST:
        shown = actions.show_opinions(consultation_id, ids, **who)
        tell(request, t("已显示 {n} 条。", "{n} shown.", n=shown))
        return
    code, note = request.POST.get("code", ""), request.POST.get("note", "")[:300]
    withheld = actions.withhold_opinions(consultation_id, ids, code=code, note=note, **who)
    tell(request, t("{n} 条不显示，原处留有说明。", "{n} withheld; a note stands in their place.", n=withheld))


@staff_page
@require_POST
def restore(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Show again what was withheld."""
    url = _url(consultation_id, "opinions") + "?state=withheld"
    return perform(
        request,
        lambda: actions.restore_opinion(opinion_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:300]),
        to=url,
        said=t("已恢复显示。", "Shown again."),
    )


@staff_page
@require_POST
def erase(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Destroy the words of a withheld opinion that may not be kept."""
    return perform(
        request,
        lambda: actions.erase_opinion(opinion_id, actor=request.actor, now=request.now, reason=request.POST.get("reason", "")[:300]),
        to=_url(consultation_id, "opinions") + "?state=withheld",
        back=reverse("workspace:opinion", args=[consultation_id, opinion_id]),
        said=t("原文已清除，总账里留有说明。", "The words are erased; the log keeps a note of it."),
    )


@staff_page
def key_in(request: Request, consultation_id: int) -> HttpResponse:
    """Key in an opinion from paper, phone or a meeting; the source stays for the next one."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    clauses = [(each.pk, str(each)) for each in row.clauses.all()]
    initial = {"channel": request.GET.get("channel", "paper"), "stance": "none", "token": secrets.token_urlsafe(12)}
    form = forms.KeyInForm(request.POST or None, clauses=clauses, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = OpinionIn(
            text=data["text"],
            stance=data["stance"],
            channel=data["channel"],
            name=data["name"],
            phone=data["phone"],
            clause_id=int(data["clause"]) if data["clause"] else None,
        )
        done = attempt(request, lambda: actions.receive_opinion(row.pk, given, actor=request.actor, now=request.now, token=data["token"]))
        if done:
            tell(request, t("已录入，回执号 {code}。", "Keyed in; the receipt is {code}.", code=done.receipt))
            return HttpResponseRedirect(f"{_url(row.pk, 'opinion-key-in')}?channel={done.channel}")
    return page(request, "consultations/workspace/key_in.html", {"row": row, "form": form})


@staff_page
def import_opinions(request: Request, consultation_id: int) -> HttpResponse:
    """Upload a file of opinions; the preview names every bad row before anything is taken."""
    row = queries.get(request.actor.government_id, consultation_id)
    policy.may_prepare(request.actor, row.topic.department_id).require()
    initial = {"text": "意见", "author": "提出人", "stance": "态度", "clause": "条号", "id": "编号", "channel": "paper"}
    form = forms.ImportForm(request.POST or None, request.FILES or None, initial=initial)
    batch = None
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        upload, channel = data.pop("upload"), data.pop("channel")
        batch = attempt(
            request,
            lambda: actions.prepare_import(row.pk, upload, upload.name, data, channel=channel, actor=request.actor, now=request.now),
        )
    return page(request, "consultations/workspace/import.html", {"row": row, "form": form, "batch": batch})


@staff_page
@require_POST
def import_confirm(request: Request, consultation_id: int, batch_id: int) -> HttpResponse:
    """Take the good rows."""
    taken = attempt(request, lambda: actions.confirm_import(batch_id, actor=request.actor, now=request.now))
    if taken:
        tell(request, t("录入 {n} 条，另有 {k} 条早已录入。", "{n} taken; {k} were there already.", n=taken.taken, k=taken.known))
        return HttpResponseRedirect(_url(consultation_id, "consultation"))
    return import_opinions(request, consultation_id)


@staff_page
def opinion(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """One opinion as it was given, with its attachments; contact data only for a purpose."""
    found = queries.opinion(request.actor, consultation_id, opinion_id)
    policy.may_see(request.actor, found.consultation.topic.department_id).require()
    may_contact = policy.may_see_contact(request.actor, found.consultation.topic.department_id)
    may_erase = found.text and found.withheld_code in ERASE_CLAUSES and policy.may_moderate(request.actor, found)
    context = {"row": found.consultation, "opinion": found, "may_contact": may_contact, "may_erase": may_erase}
    return page(request, "consultations/workspace/opinion.html", {**context, "passage": published.passage_of(found)})


@staff_page
def attachment(request: Request, consultation_id: int, opinion_id: int, file_id: int) -> HttpResponse:
    """An attachment of an opinion, for staff."""
    found = queries.opinion(request.actor, consultation_id, opinion_id)
    policy.may_see(request.actor, found.consultation.topic.department_id).require()
    return response(queries.attachment(request.actor, consultation_id, opinion_id, file_id))  # type: ignore[return-value]  # a streaming response


@staff_page
@require_POST
def contact(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Contact data for a purpose; the look is recorded."""
    found = attempt(
        request,
        lambda: actions.look_at_contact(opinion_id, actor=request.actor, now=request.now, purpose=request.POST.get("purpose", "")[:300]),
    )
    row = queries.get(request.actor.government_id, consultation_id)
    return page(request, "consultations/workspace/contact.html", {"row": row, "opinion_id": opinion_id, "contact": found})


urlpatterns = [
    path("consultations/<int:consultation_id>/opinions/", moderation, name="opinions"),
    path("consultations/<int:consultation_id>/opinions/moderate/", moderate, name="opinions-moderate"),
    path("consultations/<int:consultation_id>/opinions/key-in/", key_in, name="opinion-key-in"),
    path("consultations/<int:consultation_id>/opinions/import/", import_opinions, name="opinion-import"),
    path("consultations/<int:consultation_id>/opinions/import/<int:batch_id>/", import_confirm, name="opinion-import-confirm"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/", opinion, name="opinion"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/files/<int:file_id>/", attachment, name="opinion-file"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/restore/", restore, name="opinion-restore"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/erase/", erase, name="opinion-erase"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/contact/", contact, name="opinion-contact"),
]
