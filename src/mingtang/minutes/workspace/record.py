"""Suggestions wording by wording; the internal record: positions, signing, corrections, the archive."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import actions, forms, policy, queries, rules
from mingtang.minutes.queries.archive import archive_paper
from mingtang.platform.actor import Actor
from mingtang.platform.documents.official import DOCX, to_docx, to_pdf
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell

KINDS = {"docx": (DOCX, to_docx), "pdf": ("application/pdf", to_pdf)}


class Who(TypedDict):
    """Who acts and when, for an action's keywords."""

    actor: Actor
    now: datetime


def _who(request: Request) -> Who:
    return Who(actor=request.actor, now=request.now)


def _url(meeting_id: int, name: str = "record") -> str:
    return reverse(f"workspace:{name}", args=[meeting_id])


@staff_page
def wordings(request: Request, meeting_id: int) -> HttpResponse:
    """Every suggestion with its words, how they stand with the person, wishes first."""
    return _wordings(request, meeting_id)


def _wordings(request: Request, meeting_id: int, **typed: Any) -> HttpResponse:
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    context = {"meeting": meeting, "rows": queries.wordings(meeting_id), "may_draft": policy.may_draft(request.actor)}
    return page(request, "minutes/workspace/wordings.html", context | typed)


@staff_page
@require_POST
def wording_act(request: Request, meeting_id: int, suggestion_id: int) -> HttpResponse:
    """Take or leave a wish, mend the words, note a signature."""
    to, who = _url(meeting_id, "wordings"), _who(request)
    if "take" in request.POST or "leave" in request.POST:
        reason, accept = request.POST.get("reason", "")[:300], "take" in request.POST
        act = partial(actions.settle_wish, suggestion_id, accept=accept, reason=reason, **who)
        return perform(request, act, to=to, said=t("已处理，本人会看到。", "Settled; the person sees it."))
    if "signed" in request.POST:
        act = partial(actions.confirm_on_paper, suggestion_id, scan=request.FILES.get("scan"), **who)
        return perform(request, act, to=to, said=t("已记为签字确认。", "Noted as confirmed by signature."))
    form = forms.WordingForm(request.POST, auto_id=f"w{suggestion_id}_%s")
    if form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: actions.reword_suggestion(suggestion_id, text=data["text"], ground=data["ground"], **who)):
            tell(request, t("表述已改，原表述保留。", "Reworded; the old words stay kept."))
            return HttpResponseRedirect(to)
    return _wordings(request, meeting_id, reword=form, rewording=suggestion_id)


@staff_page
def signature(request: Request, meeting_id: int, suggestion_id: int) -> HttpResponse:
    """The scan of a signature."""
    policy.may_see_record(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    found = next((each for each in queries.wordings(meeting.pk) if each.pk == suggestion_id), None)
    if found is None or found.signature is None:
        raise Http404
    return file_response(found.signature, inline=True)  # type: ignore[return-value]  # a streaming response


@staff_page
def record(request: Request, meeting_id: int) -> HttpResponse:
    """The internal record: for its writers at once, for everybody else with a purpose that is kept."""
    policy.may_see_record(request.actor).require()
    writes = bool(policy.may_draft(request.actor))
    looks = writes or (request.method == "POST" and "look" in request.POST)
    return _record(request, meeting_id, looks=looks)


def _record(request: Request, meeting_id: int, *, looks: bool, **typed: Any) -> HttpResponse:
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    purpose = request.POST.get("purpose", "")[:300]
    lines = attempt(request, lambda: actions.look_at_record(meeting_id, purpose=purpose, **_who(request))) if looks else None
    row, members = queries.record_of(meeting_id), meeting_queries.members(meeting_id)
    writers = frozenset(each.written_by_id for each in lines or ())
    context = {
        "meeting": meeting,
        "row": row,
        "lines": lines,
        "purpose": purpose,
        "items": meeting_queries.items(meeting_id),
        "members": members,
        "quorum": meeting_queries.quorum_of(meeting, members),
        "positions": [(each, rules.head_differs(each)) for each in queries.positions(meeting_id).values()] if lines is not None else [],
        "intact": row is not None and lines is not None and row.state == "signed" and queries.intact(row, lines),
        "stances": rules.STANCE_LABELS,
        "may_draft": policy.may_draft(request.actor),
        "may_sign": policy.may_sign(request.actor, writers),
        "form": _form(meeting_id),
    }
    return page(request, "minutes/workspace/record.html", context | typed)


def _form(meeting_id: int, data: Any = None) -> forms.RecordForm:
    return forms.RecordForm(data, items=[(each.pk, str(each)) for each in meeting_queries.items(meeting_id)], auto_id="rec_%s")


@staff_page
@require_POST
def record_add(request: Request, meeting_id: int) -> HttpResponse:
    """Add a line to the internal record, or say that everybody else agrees."""
    back = "console" if "console" in request.POST else "record"
    if "rest" in request.POST:
        item = int(request.POST["rest"]) if request.POST["rest"].isdecimal() else 0
        said = t("其余到会人员已记为同意。", "Everybody else here is noted as agreeing.")
        return perform(request, lambda: actions.note_rest_agree(item, **_who(request)), to=_url(meeting_id, back), said=said)
    form = _form(meeting_id, request.POST)
    if form.is_valid():
        data = {**form.cleaned_data}
        item = int(data.pop("item"))
        if attempt(request, lambda: actions.write_record(item, **data, **_who(request))):
            tell(request, t("已记入内部记录。", "Added to the record."))
            return HttpResponseRedirect(_url(meeting_id, back))
    return _record(request, meeting_id, looks=True, form=form)


@staff_page
@require_POST
def record_correct(request: Request, meeting_id: int, line_id: int) -> HttpResponse:
    """Correct a line: both stay."""
    form = forms.CorrectionForm(request.POST, auto_id=f"c{line_id}_%s")
    act = partial(actions.correct_line, line_id, **_who(request))
    line = attempt(request, lambda: act(**form.cleaned_data)) if form.is_valid() else None
    if line:
        tell(request, t("已更正，原文保留。", "Corrected; the first words stay."))
        return HttpResponseRedirect(_url(meeting_id))
    return _record(request, meeting_id, looks=True, correction=form, correcting=line_id)


@staff_page
@require_POST
def record_sign(request: Request, meeting_id: int) -> HttpResponse:
    """Sign the record."""
    said = t("会议记录已签署，此后只能更正。", "The record is signed; from here on it is only corrected.")
    return perform(request, lambda: actions.sign_record(meeting_id, **_who(request)), to=_url(meeting_id), said=said)


@staff_page
@require_POST
def record_export(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The signed record for the archive."""
    row = attempt(request, lambda: actions.export_record(meeting_id, **_who(request)))
    if row is None:
        return _record(request, meeting_id, looks=False)
    media_type, write = KINDS[form]
    answer = HttpResponse(write(archive_paper(row)), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="record-{meeting_id}.{form}"'
    return answer


M = "meetings/<int:meeting_id>/"
urlpatterns = [
    path(f"{M}wordings/", wordings, name="wordings"),
    path(f"{M}wordings/<int:suggestion_id>/", wording_act, name="wording-act"),
    path(f"{M}wordings/<int:suggestion_id>/signature/", signature, name="wording-signature"),
    path(f"{M}record/", record, name="record"),
    path(f"{M}record/add/", record_add, name="record-add"),
    path(f"{M}record/<int:line_id>/correct/", record_correct, name="record-correct"),
    path(f"{M}record/sign/", record_sign, name="record-sign"),
    *[path(f"{M}record/record.{each}", record_export, {"form": each}, name=f"record-{each}") for each in KINDS],
]
