"""Where the minutes stand: suggestions, steps, who is to be told; DOCX and PDF."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import Text, t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import actions, forms, policy, published, queries, rules
from mingtang.platform.audit.acts import standing_return
from mingtang.platform.guard.looking import standing
from mingtang.platform.papers.writing import MEDIA, as_file
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import queries as representative_queries


def _url(meeting_id: int) -> str:
    return reverse("workspace:minutes", args=[meeting_id])


@staff_page
def minutes(request: Request, meeting_id: int) -> HttpResponse:
    """Where the minutes of one meeting stand: what is missing, the suggestions, who is to be told."""
    return _again(request, meeting_id)


def _present(meeting_id: int) -> list[tuple[int, str]]:
    return [(each.invitation_id, each.name) for each in representative_queries.attendance(meeting_id) if each.present]


def _suggestion_form(meeting_id: int, data: Any = None) -> forms.SuggestionForm:
    return forms.SuggestionForm(data, people=_present(meeting_id), auto_id="say_%s")


def _again(request: Request, meeting_id: int, **typed: Any) -> HttpResponse:
    """The page, perhaps with a form as it was typed."""
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    row = queries.of_meeting(meeting_id)
    return page(request, "minutes/workspace/minutes.html", {**standing_of(request, meeting, row), **_context(request, meeting), **typed})


def standing_of(request: Request, meeting: Any, row: Any) -> dict[str, Any]:
    """What both pages of the minutes say at their head: state, what was returned, what is missing, what the guard found."""
    under_way = row is not None and row.state != "issued"
    return {
        "meeting": meeting,
        "row": row,
        "returned": standing_return(row, "minutes.return", "minutes.circulate") if row and row.state == "drafting" else None,
        "gate": rules.may_issue(queries.issue_facts(row)) if under_way else None,
        "unsettled": queries.open_comments(row.pk) if under_way else [],
        "guard": standing(queries.material(row.government_id, meeting.pk), request.now) if under_way else None,
        "issue_clock": queries.issue_clock_of(meeting, request.now),
        "may_draft": policy.may_draft(request.actor),
        "may_record": policy.may_see_record(request.actor),
        "may_issue": policy.may_issue(request.actor, row, queries.writers(row)) if row else None,
    }


def _context(request: Request, meeting: Any) -> dict[str, Any]:
    to_tell = queries.to_tell(meeting.pk) if meeting.ended_at else []
    return {
        "suggestions": queries.suggestions(meeting.pk),
        "suggestion_form": _suggestion_form(meeting.pk),
        "present": _present(meeting.pk),
        "to_tell": to_tell,
        "tell_left": sum(each.told is None for each in to_tell),
        "tell_clock": queries.clock_of(meeting, request.now),
        "doors": rules.TOLD_DOORS.items(),
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
    paper = published.paper_of(published.view_of(row), request.government.name)
    answer = HttpResponse(as_file(request.government.pk, "minutes", paper, form), content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="minutes-{meeting_id}-v{row.version}.{form}"'
    return answer


@staff_page
def dossier_file(request: Request, meeting_id: int) -> HttpResponse:
    """The signed archive of the meeting, for those who may see the internal record."""
    content = actions.export_dossier(meeting_id, actor=request.actor, now=request.now)
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{meeting_id}.zip"'
    return answer


STEPS: dict[str, tuple[Any, Text]] = {
    "compose": (actions.compose_minutes, t("已从会议记录汇集。", "Composed from what happened.")),
    "recall": (actions.recall_minutes, t("已收回，可以修改。", "Taken back; it can be changed.")),
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
    there = reverse("workspace:minutes-text", args=[meeting_id]) if "text" in request.POST else _url(meeting_id)
    return perform(request, lambda: act(meeting_id, **who), to=there, said=said)


@staff_page
@require_POST
def tell_one(request: Request, meeting_id: int, invitation_id: int) -> HttpResponse:
    """Tell one representative what became of it: by mail from here, or as it was done."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    act = lambda: actions.tell_representative(invitation_id, door=request.POST.get("door", ""), **who)  # noqa: E731 - one call
    return perform(request, act, to=f"{_url(meeting_id)}#tell", said=t("已告知。", "Told."))


@staff_page
@require_POST
def tell_everybody(request: Request, meeting_id: int) -> HttpResponse:
    """Mail everybody who can be told now."""
    act = lambda: actions.tell_all(meeting_id, actor=request.actor, now=request.now)  # noqa: E731 - one call
    return perform(
        request, act, to=f"{_url(meeting_id)}#tell", said=t("能告知的都已发出邮件。", "Mail is on its way to all who can be told.")
    )


M = "meetings/<int:meeting_id>/minutes/"
urlpatterns = [
    path(M, minutes, name="minutes"),
    path(f"{M}dossier.zip", dossier_file, name="minutes-dossier"),
    path(f"{M}tell/", tell_everybody, name="minutes-tell-all"),
    path(f"{M}tell/<int:invitation_id>/", tell_one, name="minutes-tell"),
    path(f"{M}suggestions/", suggestion_add, name="suggestion-add"),
    path(f"{M}suggestions/<int:suggestion_id>/", suggestion_judge, name="suggestion-judge"),
    *[path(f"{M}draft.{form}", minutes_draft, {"form": form}, name=f"minutes-draft-{form}") for form in MEDIA],
    *[path(f"{M}{name}/", minutes_step, {"step": name}, name=f"minutes-{name}") for name in (*STEPS, *REASONED)],
]
