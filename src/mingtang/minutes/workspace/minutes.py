"""Suggestions, the internal record, the editor of the minutes, DOCX and PDF."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import actions, forms, policy, published, queries, rules
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.documents.official import DOCX, to_docx, to_pdf
from mingtang.platform.guard.looking import standing
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import queries as representative_queries

NAMES = ("body", "attendees", "excused", "observers")


def _url(meeting_id: int) -> str:
    return reverse("workspace:minutes", args=[meeting_id])


@staff_page
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """Everything about the minutes of one meeting."""
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    row = queries.of_meeting(meeting_id)
    form = forms.MinutesForm(request.POST or None, initial={name: getattr(row, name) for name in NAMES} if row else {})
    act = partial(actions.save_minutes, meeting_id, actor=request.actor, now=request.now)
    saved = attempt(request, lambda: act(**form.cleaned_data)) if request.method == "POST" and form.is_valid() else None
    if saved:
        tell(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(_url(meeting_id))
    return page(request, "minutes/workspace/minutes.html", _context(request, meeting, row, form))


def _present(meeting_id: int) -> list[tuple[int, str]]:
    return [(each.invitation_id, each.name) for each in representative_queries.attendance(meeting_id) if each.present]


def _suggestion_form(meeting_id: int, data: Any = None) -> forms.SuggestionForm:
    return forms.SuggestionForm(data, people=_present(meeting_id), auto_id="say_%s")


def _again(request: Request, meeting_id: int, **typed: Any) -> HttpResponse:
    """The page once more, with a form as it was typed."""
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    row = queries.of_meeting(meeting_id)
    form = forms.MinutesForm(initial={name: getattr(row, name) for name in NAMES} if row else {})
    return page(request, "minutes/workspace/minutes.html", _context(request, meeting, row, form) | typed)


def _context(request: Request, meeting: Any, row: Any, form: Any) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "returned": standing_return(row, "minutes.return", "minutes.circulate") if row and row.state == "drafting" else None,
        "row": row,
        "form": form,
        "suggestions": queries.suggestions(meeting.pk),
        "gate": rules.may_issue(queries.issue_facts(row)) if row and row.state != "issued" else None,
        "guard": standing(queries.material(row.government_id, meeting.pk), request.now) if row and row.state != "issued" else None,
        "may_draft": policy.may_draft(request.actor),
        "may_issue": policy.may_issue(request.actor, row) if row else None,
        "suggestion_form": _suggestion_form(meeting.pk),
        "present": _present(meeting.pk),
        "may_record": policy.may_see_record(request.actor),
    }


@staff_page
@require_POST
def suggestion_add(request: Request, meeting_id: int) -> HttpResponse:
    """Write down a suggestion."""
    form = _suggestion_form(meeting_id, request.POST)
    if form.is_valid():
        who, data = int(form.cleaned_data["invitation"]), form.cleaned_data
        act = partial(actions.record_suggestion, who, actor=request.actor, now=request.now)
        if attempt(request, lambda: act(text=data["text"], ground=data["ground"])):
            tell(request, t("已记录建议。", "Recorded."))
            return HttpResponseRedirect(_url(meeting_id))
    return _again(request, meeting_id, suggestion_form=form)


@staff_page
@require_POST
def suggestion_judge(request: Request, meeting_id: int, suggestion_id: int) -> HttpResponse:
    """Judge a suggestion, or answer it."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if "reply_now" in request.POST:
        return perform(
            request,
            lambda: actions.reply_suggestion(suggestion_id, reply=request.POST.get("reply", "")[:2000], **who),
            to=_url(meeting_id),
            said=t("已答复。", "Answered."),
        )
    reasonable, reason = "reasonable" in request.POST, request.POST.get("reason", "")[:1000]
    return perform(
        request,
        lambda: actions.judge_suggestion(suggestion_id, reasonable=reasonable, reason=reason, **who),
        to=_url(meeting_id),
        said=t("已判断。", "Judged."),
    )


@staff_page
def minutes_draft(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The minutes as they stand, every name included, as DOCX or PDF for the house."""
    policy.may_see_record(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    row = queries.of_meeting(meeting.pk)
    if row is None:
        raise Http404
    media_type, write = FORMS[form]
    answer = HttpResponse(write(published.paper_of(published.view_of(row), request.government.name)), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="minutes-{meeting_id}-v{row.version}.{form}"'
    return answer


FORMS = {"docx": (DOCX, to_docx), "pdf": ("application/pdf", to_pdf)}
STEPS: dict[str, tuple[Any, Text]] = {
    "compose": (actions.compose_minutes, t("已从会议记录汇集。", "Composed from what happened.")),
    "circulate": (actions.circulate_minutes, t("已送审。", "Sent to the office.")),
    "issue": (actions.issue_minutes, t("已印发。", "Issued.")),
}
REASONED: dict[str, tuple[Any, Text]] = {
    "return": (actions.return_minutes, t("已退回。", "Returned.")),
    "correct": (actions.correct_minutes, t("已开新版本更正。", "A new version is open.")),
}


@staff_page
@require_POST
def minutes_step(request: Request, meeting_id: int, step: str) -> HttpResponse:
    """Compose, circulate, issue; return or correct with a reason."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    if step in REASONED:
        act, said = REASONED[step]
        return perform(
            request, lambda: act(meeting_id, reason=request.POST.get("reason", "")[:1000], **who), to=_url(meeting_id), said=said
        )
    act, said = STEPS[step]
    return perform(request, lambda: act(meeting_id, **who), to=_url(meeting_id), said=said)


M = "meetings/<int:meeting_id>/minutes/"
urlpatterns = [
    path(M, minutes, name="minutes"),
    path(f"{M}suggestions/", suggestion_add, name="suggestion-add"),
    path(f"{M}suggestions/<int:suggestion_id>/", suggestion_judge, name="suggestion-judge"),
    *[path(f"{M}draft.{form}", minutes_draft, {"form": form}, name=f"minutes-draft-{form}") for form in FORMS],
    *[path(f"{M}{name}/", minutes_step, {"step": name}, name=f"minutes-{name}") for name in (*STEPS, *REASONED)],
]
