"""Official documents as files, and the page where the office reshapes them in Word."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.hearings import policy as hearing_policy
from mingtang.hearings import queries as hearings
from mingtang.kernel.text import t
from mingtang.meetings import queries as meetings
from mingtang.minutes import policy as minutes_policy
from mingtang.minutes import queries as minutes
from mingtang.platform.clock import day_of
from mingtang.platform.documents.official import Paper
from mingtang.platform.documents.official.merging import FIELD_LABELS, KINDS, fill, lines_of, sample, standard_template
from mingtang.platform.files.keep import content_of
from mingtang.platform.papers import actions
from mingtang.platform.papers.policy import may_change_templates
from mingtang.platform.papers.writing import MEDIA, as_file, template_in_use, templates
from mingtang.platform.web.edges import Request, attempt, page, perform, require_POST, staff_page, tell
from mingtang.representatives import policy as seat_policy
from mingtang.representatives import queries as seats
from mingtang.topics import queries as topics


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _paper(request: Request, kind: str, paper: Paper, name: str, form: str) -> HttpResponse:
    return _file(as_file(request.government.pk, kind, paper, form), name, form)


@staff_page
def declaration(request: Request, topic_id: int, form: str) -> HttpResponse:
    """The declaration of a matter, for whoever may see the matter."""
    row = topics.visible(request.actor).filter(pk=topic_id).select_related("department", "government").first()
    if row is None:
        raise Http404
    return _paper(request, "declaration", topics.declaration_paper(row, day_of(request.now)), f"declaration-{topic_id}", form)


@staff_page
def agenda(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The agenda of a meeting."""
    minutes_policy.may_see(request.actor).require()
    row = meetings.get(request.government.pk, meeting_id)
    return _paper(request, "agenda", meetings.agenda_paper(row, day_of(request.now)), f"agenda-{meeting_id}", form)


@staff_page
def attendance(request: Request, meeting_id: int, form: str) -> HttpResponse:
    """The attendance list of a meeting, every name included."""
    minutes_policy.may_see_record(request.actor).require()
    row = minutes.of_meeting(meetings.get(request.government.pk, meeting_id).pk)
    if row is None:
        raise Http404
    return _paper(request, "attendance", minutes.attendance_paper(row, day_of(request.now)), f"attendance-{meeting_id}", form)


@staff_page
def notice(request: Request, invitation_id: int, form: str) -> HttpResponse:
    """The notice to attend to one representative."""
    row = seats.one(request.government.pk, invitation_id)
    seat_policy.may_select(request.actor, row.item.topic.department_id).require()
    return _paper(request, "notice", seats.notice_paper(row, day_of(request.now)), f"notice-{invitation_id}", form)


@staff_page
def hearing_record(request: Request, hearing_id: int, form: str) -> HttpResponse:
    """The record of a hearing."""
    row = hearings.get(request.government.pk, hearing_id)
    hearing_policy.may_run(request.actor, row.topic.department_id).require()
    return _paper(request, "hearing", hearings.record_paper(row, day_of(request.now)), f"hearing-{hearing_id}", form)


@staff_page
def template_list(request: Request) -> HttpResponse:
    """Every document of the house: the template in use, its versions, the standard one to begin from."""
    return _list(request)


def _list(request: Request, at: str = "") -> HttpResponse:
    may_change_templates(request.actor).require()
    rows = [(kind, found) for key, found in templates(request.government.pk).items() for kind in [KINDS[key]]]
    return page(request, "workspace/templates.html", {"rows": rows, "at": at, "fields": FIELD_LABELS.items()})


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404


@staff_page
@require_POST
def template_put(request: Request, kind: str) -> HttpResponse:
    """Upload a template; refused with every unknown and missing field named."""
    upload = request.FILES.get("file")
    if upload is None:
        request.refused = actions.NO_FILE
    elif attempt(request, lambda: actions.put_template(kind, actor=request.actor, now=request.now, upload=upload)):
        tell(request, t("模板已启用。", "The template is in use."))
        return HttpResponseRedirect(f"{reverse('workspace:templates')}#{kind}")
    return _list(request, kind)


@staff_page
@require_POST
def template_back(request: Request, kind: str) -> HttpResponse:
    """The standard template again, or an earlier version."""
    who: dict[str, Any] = {"actor": request.actor, "now": request.now}
    version = request.POST.get("version", "")
    to = f"{reverse('workspace:templates')}#{kind}"
    if version.isdecimal():
        return perform(
            request, lambda: actions.use_version(int(version), **who), to=to, said=t("已恢复这一版。", "That version is in use again.")
        )
    return perform(
        request, lambda: actions.use_standard(kind, **who), to=to, said=t("已改回标准模板。", "The standard template is in use again.")
    )


@staff_page
def template_file(request: Request, kind: str, which: str) -> HttpResponse:
    """The standard template, the one in use, or a sample made with it, as a Word file."""
    may_change_templates(request.actor).require()
    _known(kind)
    content = standard_template(kind) if which == "standard" else _in_use(request, kind)
    return _file(fill(content, sample(kind)) if which == "sample" else content, f"{kind}-{which}", "docx")


@staff_page
def template_sample(request: Request, kind: str) -> HttpResponse:
    """A sample made with the template in use, line by line."""
    may_change_templates(request.actor).require()
    _known(kind)
    lines = lines_of(fill(_in_use(request, kind), sample(kind)))
    return page(request, "workspace/template_sample.html", {"kind": KINDS[kind], "lines": lines})


def _in_use(request: Request, kind: str) -> bytes:
    own = template_in_use(request.government.pk, kind)
    return content_of(own.file) if own and own.file else standard_template(kind)


T = "templates/<str:kind>/"
WRITTEN = (
    ("topics/<int:topic_id>/declaration", declaration, "declaration"),
    ("meetings/<int:meeting_id>/agenda", agenda, "agenda-file"),
    ("meetings/<int:meeting_id>/attendance", attendance, "attendance"),
    ("invitations/<int:invitation_id>/notice", notice, "notice-file"),
    ("hearings/<int:hearing_id>/record", hearing_record, "hearing-record"),
)
urlpatterns = [
    *(path(f"{place}.{form}", view, {"form": form}, name=f"{name}-{form}") for place, view, name in WRITTEN for form in MEDIA),
    path("templates/", template_list, name="templates"),
    path(T, template_put, name="template-put"),
    path(f"{T}back/", template_back, name="template-back"),
    path(f"{T}sample/", template_sample, name="template-sample"),
    *(
        path(f"{T}{which}.docx", template_file, {"which": which}, name=f"template-{which}-file")
        for which in ("standard", "current", "sample")
    ),
]
