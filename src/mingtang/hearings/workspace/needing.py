"""What demands a hearing on a matter: noted by its lead department."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.hearings import actions, forms, policy, queries
from mingtang.hearings.workspace.desk import DONE, succeeded, who
from mingtang.platform.web.edges import Request, page, staff_page, tell
from mingtang.topics import queries as topic_queries


@staff_page
def need(request: Request, topic_id: int) -> HttpResponse:
    """Whether a hearing is required and by which provision; what it means for the agenda."""
    policy.may_see(request.actor).require()
    topic = topic_queries.get(request.government.pk, topic_id)
    row: Any = queries.need(topic.pk)
    initial = {name: getattr(row, name) for name in forms.NeedForm.base_fields} if row else {}
    form = forms.NeedForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and succeeded(request, lambda: _note(request, topic.pk, form)):
        tell(request, DONE)
        return HttpResponseRedirect(reverse("workspace:hearing-need", args=[topic.pk]))
    context = {
        "topic": topic,
        "row": row,
        "form": form,
        "may_run": policy.may_run(request.actor, topic.department_id),
        "gate": queries.heard(topic.pk),
        "hearing": queries.latest_of(topic.pk),
    }
    return page(request, "hearings/workspace/need.html", context)


def _note(request: Request, topic_id: int, form: forms.NeedForm) -> object:
    return actions.note_need(topic_id, **form.cleaned_data, **who(request))


urlpatterns = [path("topics/<int:topic_id>/hearing-need/", need, name="hearing-need")]
