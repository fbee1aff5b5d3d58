"""The text of the minutes, section by section: written by several people at once, circulated with comments."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.minutes import actions, forms, policy, queries
from mingtang.minutes.workspace.minutes import M, standing_of
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell


def _url(meeting_id: int, section_id: int = 0) -> str:
    place = reverse("workspace:minutes-text", args=[meeting_id])
    return f"{place}#s-{section_id}" if section_id else place


def _who(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "now": request.now}


@staff_page
def text(request: Request, meeting_id: int) -> HttpResponse:
    """The editor while the minutes are drafted; the circulated text with comments; the issued text."""
    return _again(request, meeting_id)


def _again(
    request: Request, meeting_id: int, *, typed: tuple[int, str] | None = None, remark: tuple[int, str] | None = None
) -> HttpResponse:
    """The page, perhaps with words that could not be saved in their place: of a section, or of a comment on it."""
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    row = queries.of_meeting(meeting_id)
    context = {
        "sections": queries.sections(row, request.actor.person_id) if row else [],
        "writing": bool(row and row.state == "drafting" and policy.may_draft(request.actor)),
        "may_comment": policy.may_comment(request.actor),
        "may_close_any": policy.may_close_any(request.actor),
        "person_id": request.actor.person_id,
        "typed_at": typed[0] if typed else 0,
        "typed": typed[1] if typed else "",
        "remark_at": remark[0] if remark else 0,
        "remark": remark[1] if remark else "",
    }
    return page(request, "minutes/workspace/text.html", {**standing_of(request, meeting, row), **context})


@staff_page
@require_POST
def section_save(request: Request, meeting_id: int, section_id: int) -> HttpResponse:
    """Save one section; when somebody else saved meanwhile both texts are shown and nothing is lost."""
    form = forms.SectionForm(request.POST)
    words = request.POST.get("text", "")
    if form.is_valid():
        data = form.cleaned_data
        if attempt(request, lambda: actions.write_section(section_id, text=data["text"], base=data["base"], **_who(request))):
            tell(request, t("本节已保存。", "The section is saved."))
            return HttpResponseRedirect(_url(meeting_id, section_id))
    else:
        request.refused = WRONG_FORM
    return _again(request, meeting_id, typed=(section_id, words))


@staff_page
@require_POST
def section_keep(request: Request, meeting_id: int, section_id: int) -> HttpResponse:  # noqa: ARG001 - the address names the meeting
    """Keep what is being typed: a word on it below the field, early notice when somebody else saved."""
    form = forms.SectionForm(request.POST)
    kept = None
    if form.is_valid():
        data = form.cleaned_data
        kept = attempt(request, lambda: actions.keep_draft(section_id, text=data["text"], base=data["base"], **_who(request)))
    refused, request.refused = request.refused, None  # a fragment is swapped in only with status 200
    context = {"kept": kept, "keep_refused": refused, "newer": kept is not None and kept.section.version > kept.base}
    return page(request, "minutes/workspace/kept.html", context)


@staff_page
@require_POST
def section_drop(request: Request, meeting_id: int, section_id: int) -> HttpResponse:
    """Give up one's unsaved words."""
    said = t("已放弃未保存的文字。", "Your unsaved words are dropped.")
    return perform(request, lambda: actions.drop_draft(section_id, **_who(request)), to=_url(meeting_id, section_id), said=said)


@staff_page
@require_POST
def section_restore(request: Request, meeting_id: int, section_id: int) -> HttpResponse:
    """Bring an older version back."""
    form = forms.RestoreForm(request.POST)
    if not form.is_valid():
        return HttpResponseRedirect(_url(meeting_id, section_id))
    data = form.cleaned_data
    act = lambda: actions.restore_section(section_id, version=data["version"], base=data["base"], **_who(request))  # noqa: E731 - one call
    return perform(request, act, to=_url(meeting_id, section_id), said=t("已恢复为较早的文字。", "The older words are back."))


@staff_page
def section_version(request: Request, meeting_id: int, section_id: int, version: int) -> HttpResponse:
    """What one version of a section changed."""
    policy.may_see(request.actor).require()
    meeting = meeting_queries.get(request.government.pk, meeting_id)
    section = queries.section_of(meeting.pk, section_id)
    context = {
        "meeting": meeting,
        "section": section,
        "version": version,
        "pieces": queries.version_changes(section, version),
        "may_draft": policy.may_draft(request.actor),
    }
    return page(request, "minutes/workspace/version.html", context)


@staff_page
@require_POST
def comment_add(request: Request, meeting_id: int, section_id: int) -> HttpResponse:
    """Remark something on a section."""
    words = request.POST.get("comment", "")[:5000]
    if attempt(request, lambda: actions.comment_section(section_id, text=words, **_who(request))):
        tell(request, t("批注已记下。", "The comment is noted."))
        return HttpResponseRedirect(_url(meeting_id, section_id))
    return _again(request, meeting_id, remark=(section_id, words))


@staff_page
@require_POST
def comment_settle(request: Request, meeting_id: int, comment_id: int) -> HttpResponse:
    """Answer a comment, or close it."""
    if "close" in request.POST:
        act, said = lambda: actions.close_comment(comment_id, **_who(request)), CLOSED
    else:
        answer = request.POST.get("answer", "")[:5000]
        act, said = lambda: actions.answer_comment(comment_id, answer=answer, **_who(request)), ANSWERED
    return perform(request, act, to=_url(meeting_id), said=said)


WRONG_FORM = no(
    t("这一节没有保存：太长，或页面不完整。", "The section was not saved: it is too long, or the page was incomplete."),
    "",
    t(
        "您的文字还在下面；缩短到 20000 字以内再保存，或复制后重新打开本页。",
        "Your words stand below; shorten them to 20,000 characters and save again, or copy them and reopen this page.",
    ),
    code="form",
)
CLOSED, ANSWERED = t("批注已了结。", "The comment is closed."), t("已答复批注。", "The comment is answered.")
S = f"{M}text/<int:section_id>/"
urlpatterns = [
    path(f"{M}text/", text, name="minutes-text"),
    path(S, section_save, name="section-save"),
    path(f"{S}keep/", section_keep, name="section-keep"),
    path(f"{S}drop/", section_drop, name="section-drop"),
    path(f"{S}restore/", section_restore, name="section-restore"),
    path(f"{S}versions/<int:version>/", section_version, name="section-version"),
    path(f"{S}comments/", comment_add, name="section-comment"),
    path(f"{M}comments/<int:comment_id>/", comment_settle, name="comment-settle"),
]
