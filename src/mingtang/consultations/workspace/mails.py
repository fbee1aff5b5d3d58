"""The desk of mails: trays, one mail, what a clerk does with it."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.consultations import actions, forms, policy, queries
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.rules.entering import UNDO_MINUTES
from mingtang.consultations.rules.mails import asks_silence, code_of, is_late, subject_of
from mingtang.kernel.text import t
from mingtang.platform.clock import day_of, local
from mingtang.platform.codes import row_id
from mingtang.platform.files.keep import response
from mingtang.platform.mailbox.addresses import addresses_of
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _url(mail_id: int) -> str:
    return reverse("workspace:mail", args=[mail_id])


@staff_page
def mails(request: Request) -> HttpResponse:
    """The trays: what belongs nowhere yet, what waits at a consultation, what became of the rest."""
    policy.may_sort_mail(request.actor, None).require()
    tray = request.GET.get("tray", "")
    filters = queries.MailFilters(tray if tray in queries.TRAYS else "unplaced", row_id(request.GET.get("consultation", "")) or 0)
    found = queries.mails(request.actor, filters, after=request.GET.get("after", ""))
    rows = [(each, _late(each)) for each in found]
    context = {
        "page": found,
        "rows": rows,
        "filters": filters,
        "trays": queries.TRAYS.items(),
        "consultations": queries.assignable(request.actor),
        "boxes": [
            (each.read_at and local(each.read_at), each.problem, each.problem_at and local(each.problem_at))
            for each in queries.boxes(request.government.pk)
        ],
        "late": t("逾期", "late"),
        "addresses": addresses_of(request.government.host),
    }
    return page(request, "consultations/workspace/mails.html", context)


def _late(mail: Any) -> bool:
    return mail.consultation is not None and is_late(day_of(mail.received_at), mail.consultation.closes_on)


@staff_page
def mail(request: Request, mail_id: int) -> HttpResponse:
    """One mail, and the form that makes an opinion of it; what was wrong keeps all that was typed."""
    found = queries.mail(request.actor, mail_id)
    labels = queries.clause_ids(found.consultation_id) if found.consultation_id else {}
    initial = {"text": found.own_words, "silent": asks_silence(found.own_words), "stance": "0", "token": secrets.token_urlsafe(12)}
    form = forms.MailEntryForm(request.POST or None, labels=labels, initial=initial)
    if request.method == "POST" and form.is_valid():
        entry = attempt(request, lambda: _enter(request, mail_id, form.cleaned_data))
        if entry:
            return _done(request, mail_id, entry)
    return _mail_page(request, found, form)


def _mail_page(request: Request, found: Any, form: forms.MailEntryForm, **more: Any) -> HttpResponse:
    code = code_of(request.government.code_prefix, found.consultation_id) if found.consultation_id else ""
    department = found.consultation.topic.department_id if found.consultation else None
    context = {
        "mail": found,
        "row": found.consultation,
        "form": form,
        "code": code,
        "late": _late(found),
        "may_enter": found.consultation is not None and bool(policy.may_prepare(request.actor, department or 0)),
        "may_look": bool(policy.may_see_contact(request.actor, department)),
        "undo": [each for each in found.made if _can_undo(request, each)],
        "undo_form": forms.UndoForm(auto_id="undo_%s"),
        "minutes": UNDO_MINUTES,
        "assign_form": forms.AssignForm(consultations=_choices(request)),
        "aside_form": forms.AsideForm(),
        "token": secrets.token_urlsafe(12),
        **more,
    }
    return page(request, "consultations/workspace/mail.html", context)


def _can_undo(request: Request, entry: Any) -> bool:
    return request.actor.is_person(entry.entered_by_id) and (request.now - entry.entered_at).total_seconds() <= UNDO_MINUTES * 60


def _choices(request: Request) -> list[tuple[str, str]]:
    prefix = request.government.code_prefix
    return [(str(each.pk), f"{subject_of(code_of(prefix, each.pk))} {each}") for each in queries.assignable(request.actor)]


def _enter(request: Request, mail_id: int, data: dict[str, Any]) -> Any:
    given = OpinionIn(
        text=data["text"],
        stance=data["stance"],
        clause_id=data["clause"],
        on_behalf="organisation" if data["organisation"].strip() else "person",
        organisation=data["organisation"],
        publish_consent=not data["silent"],
    )
    return actions.enter_mail(mail_id, given, actor=request.actor, now=request.now, token=data["token"])


def _done(request: Request, mail_id: int, entry: Any) -> HttpResponse:
    tell(request, t("已录为意见，回执号 {code}。", "Made into an opinion; the receipt is {code}.", code=entry.opinion.receipt))
    return HttpResponseRedirect(_url(mail_id))


@staff_page
@require_POST
def accept(request: Request, mail_id: int) -> HttpResponse:
    """Take it whole for one opinion on the whole draft."""
    token = request.POST.get("token", "")[:64]
    entry = attempt(request, lambda: actions.accept_mail(mail_id, actor=request.actor, now=request.now, token=token))
    return _done(request, mail_id, entry) if entry else _again(request, mail_id)


def _again(request: Request, mail_id: int, **more: Any) -> HttpResponse:
    """The mail's page with the refusal on it."""
    found = queries.mail(request.actor, mail_id)
    labels = queries.clause_ids(found.consultation_id) if found.consultation_id else {}
    initial = {"text": found.own_words, "silent": asks_silence(found.own_words), "stance": "0", "token": secrets.token_urlsafe(12)}
    return _mail_page(request, found, forms.MailEntryForm(labels=labels, initial=initial), **more)


@staff_page
@require_POST
def assign(request: Request, mail_id: int) -> HttpResponse:
    """Give it to a consultation, or back to the tray."""
    wanted = row_id(request.POST.get("consultation", ""))
    if wanted is None and not request.POST.get("release"):
        tell(request, t("还没有选征求意见。", "No consultation was chosen."))
        return HttpResponseRedirect(_url(mail_id))
    done = attempt(request, lambda: actions.assign_mail(mail_id, wanted, actor=request.actor, now=request.now))
    if done is None:
        return _again(request, mail_id)
    tell(request, t("已归好。", "Given to it.") if wanted else t("已放回“没有归处”。", "Put back among those that belong nowhere yet."))
    return HttpResponseRedirect(_url(mail_id) if policy.may_sort_mail(request.actor, _department(done)) else reverse("workspace:mails"))


def _department(mail: Any) -> int | None:
    return mail.consultation.topic.department_id if mail.consultation else None


@staff_page
@require_POST
def aside(request: Request, mail_id: int) -> HttpResponse:
    """Keep it out of the opinions, with the reason."""
    form = forms.AsideForm(request.POST)
    if not form.is_valid():
        return _again(request, mail_id, aside_form=form)
    data = form.cleaned_data
    done = attempt(request, lambda: actions.set_mail_aside(mail_id, data["code"], note=data["note"], actor=request.actor, now=request.now))
    if done is None:
        return _again(request, mail_id, aside_form=form)
    tell(request, t("已放在一边，随时可以重新拿出来办。", "Set aside; it can be taken up again at any time."))
    return HttpResponseRedirect(reverse("workspace:mails"))


@staff_page
@require_POST
def take_up(request: Request, mail_id: int) -> HttpResponse:
    """Put it back among those that wait."""
    return perform(
        request,
        lambda: actions.take_up_mail(mail_id, actor=request.actor, now=request.now),
        to=_url(mail_id),
        said=t("已重新拿出来办。", "Taken up again."),
    )


@staff_page
@require_POST
def sender(request: Request, mail_id: int) -> HttpResponse:
    """Who sent it, for a purpose; the look is recorded."""
    found = attempt(
        request,
        lambda: actions.look_at_sender(mail_id, actor=request.actor, now=request.now, purpose=request.POST.get("purpose", "")[:300]),
    )
    return _again(request, mail_id, looked=found)


@staff_page
def mail_file(request: Request, mail_id: int, file_id: int) -> HttpResponse:
    """What hung on it, as a download."""
    return response(queries.mail_file(request.actor, mail_id, file_id))  # type: ignore[return-value]  # a streaming response


M = "mails/<int:mail_id>/"
urlpatterns = [
    path("mails/", mails, name="mails"),
    path(M, mail, name="mail"),
    path(f"{M}accept/", accept, name="mail-accept"),
    path(f"{M}assign/", assign, name="mail-assign"),
    path(f"{M}aside/", aside, name="mail-aside"),
    path(f"{M}take-up/", take_up, name="mail-take-up"),
    path(f"{M}sender/", sender, name="mail-sender"),
    path(f"{M}files/<int:file_id>/", mail_file, name="mail-file"),
]
