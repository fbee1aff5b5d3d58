"""Keying in, importing, contact data."""

from __future__ import annotations

import secrets

from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.workspace.moderating import opinion_page
from mingtang.kernel.text import t
from mingtang.platform.documents.tables import table_lines
from mingtang.platform.files.keep import response
from mingtang.platform.web.edges import Request, attempt, page, require_POST, staff_page, tell


def _url(consultation_id: int, name: str) -> str:
    return reverse(f"workspace:{name}", args=[consultation_id])


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
def import_rejected(request: Request, consultation_id: int, batch_id: int) -> HttpResponse:
    """The rows that were not taken, as a table to mend and import again."""
    found = attempt(request, lambda: actions.rejected_rows(batch_id, actor=request.actor))
    if found is None:
        return import_opinions(request, consultation_id)
    batch, head, rows = found
    answer = StreamingHttpResponse(table_lines(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejected-{batch.pk}.csv"'
    return answer  # type: ignore[return-value]  # a streaming response


@staff_page
def opinion(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """One opinion as it was given, with its attachments; contact data only for a purpose."""
    found = queries.opinion(request.actor, consultation_id, opinion_id)
    policy.may_see(request.actor, found.consultation.topic.department_id).require()
    return opinion_page(request, found)


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


@staff_page
@require_POST
def own_reply(request: Request, consultation_id: int, opinion_id: int) -> HttpResponse:
    """Words for one opinion beside the answer of its group."""
    text = request.POST.get("text", "")
    done = attempt(request, lambda: actions.add_own_reply(consultation_id, opinion_id, actor=request.actor, now=request.now, text=text))
    if done is None:
        return opinion_page(request, queries.opinion(request.actor, consultation_id, opinion_id))
    tell(request, t("已保存补充答复。", "Saved.") if done.own_reply else t("已取消补充答复。", "Taken back."))
    return HttpResponseRedirect(reverse("workspace:opinion", args=[consultation_id, opinion_id]))


urlpatterns = [
    path("consultations/<int:consultation_id>/opinions/key-in/", key_in, name="opinion-key-in"),
    path("consultations/<int:consultation_id>/opinions/import/", import_opinions, name="opinion-import"),
    path("consultations/<int:consultation_id>/opinions/import/<int:batch_id>/", import_confirm, name="opinion-import-confirm"),
    path(
        "consultations/<int:consultation_id>/opinions/import/<int:batch_id>/rejected.csv", import_rejected, name="opinion-import-rejected"
    ),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/", opinion, name="opinion"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/files/<int:file_id>/", attachment, name="opinion-file"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/contact/", contact, name="opinion-contact"),
    path("consultations/<int:consultation_id>/opinions/<int:opinion_id>/own-reply/", own_reply, name="opinion-own-reply"),
]
