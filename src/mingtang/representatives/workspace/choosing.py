"""Choosing somebody for a seat out of a pool of any size: by nomination letter or by the department's choice, with the reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.meetings import queries as meeting_queries
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell
from mingtang.representatives import actions, forms, policy, queries
from mingtang.representatives.workspace.calls import who
from mingtang.representatives.workspace.pool import wanted
from mingtang.topics.rules import AUDIENCE_LABELS


def _item(request: Request, meeting_id: int, item_id: int) -> Any:
    row = meeting_queries.get(request.government.pk, meeting_id)
    found = next((each for each in meeting_queries.items(row.pk) if each.pk == item_id), None)
    if found is None:
        queries.GONE.require()
    assert found is not None
    policy.may_select(request.actor, found.topic.department_id).require()
    return found


@staff_page
def choose(request: Request, meeting_id: int, item_id: int) -> HttpResponse:
    """People of the pool for one item: seats this year, what stands in the way."""
    item = _item(request, meeting_id, item_id)
    asked = wanted(request)
    line = next((each for each in queries.seat_lines(meeting_id) if each.item_id == item_id), None)
    found, people = queries.candidates(item, asked, after=request.GET.get("after", ""))
    context = {
        "item": item,
        "meeting_id": meeting_id,
        "line": line,
        "seats": [(AUDIENCE_LABELS[key], n) for key, n in line.seats.items()] if line else [],
        "page": found,
        "people": people,
        "wanted": asked,
        "audiences": AUDIENCE_LABELS.items(),
        "most": figures_for(request.government.pk, day_of(item.meeting.starts_at)).number("rep.max_repeat_per_year"),
    }
    return page(request, "representatives/workspace/choose.html", context)


@staff_page
def choose_one(request: Request, meeting_id: int, item_id: int, representative_id: int) -> HttpResponse:
    """Give one person the seat: the nomination letter, or the department's written reason."""
    item = _item(request, meeting_id, item_id)
    row = queries.person(request.government.pk, representative_id)
    initial = {"method": "nomination" if row.nominated_by else "office", "body": row.nominated_by}
    form = forms.ChooseForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = attempt(request, lambda: _give(request, item_id, representative_id, form.cleaned_data))
        if made:
            tell(request, t("已选定{name}。", "{name} is selected.", name=row.name))
            return HttpResponseRedirect(reverse("workspace:invitations", args=[meeting_id]))
    context = {"item": item, "meeting_id": meeting_id, "row": row, "form": form, "may": queries.may_sit(row, item, "nomination")}
    return page(request, "representatives/workspace/choose_one.html", context)


def _give(request: Request, item_id: int, representative_id: int, data: dict[str, Any]) -> Any:
    if data["method"] == "nomination":
        said = {name: data[name] for name in ("body", "letter_no", "dated_on", "letter")}
        return actions.nominate(item_id, representative_id, **said, **who(request))
    return actions.select_representative(item_id, representative_id, method=data["method"], reason=data["reason"], **who(request))


urlpatterns = [
    path("meetings/<int:meeting_id>/choose/<int:item_id>/", choose, name="invitation-choose"),
    path("meetings/<int:meeting_id>/choose/<int:item_id>/<int:representative_id>/", choose_one, name="invitation-choose-one"),
]
