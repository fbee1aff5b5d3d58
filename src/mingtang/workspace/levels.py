"""The levels at which documents are signed: the office sees them, changes them, and reads what they were (3.4b)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.text import t
from mingtang.platform.accounts.directory import departments_for
from mingtang.platform.signing import actions, policy, reads
from mingtang.platform.web.edges import Request, attempt, page, staff_page, tell
from mingtang.workspace.forms import LevelsForm


@staff_page
def level_list(request: Request) -> HttpResponse:
    """Every kind of document with its levels in force."""
    kinds = reads.kinds(request.government.pk)
    return page(request, "workspace/levels.html", {"kinds": kinds, "may": policy.may_set_levels(request.actor)})


@staff_page
def levels_of_kind(request: Request, kind: str) -> HttpResponse:
    """One kind of document: its levels, changing them, every set there was."""
    found = next((each for each in reads.kinds(request.government.pk) if each.kind == kind), None)
    if found is None:
        raise Http404
    departments = departments_for(request.actor, everything=True)
    form = LevelsForm(request.POST or None, departments=departments, initial=_initial(found.levels))
    if request.method == "POST" and form.is_valid() and attempt(request, lambda: _set(request, kind, form)):
        tell(request, t("已设定，自下一份报批的文件起执行。", "It is set, for documents submitted from now on."))
        return HttpResponseRedirect(reverse("workspace:levels-of-kind", args=[kind]))
    context = {
        "found": found,
        "form": form,
        "history": reads.history(request.government.pk, kind),
        "may": policy.may_set_levels(request.actor),
    }
    return page(request, "workspace/levels_of_kind.html", context)


def _set(request: Request, kind: str, form: LevelsForm) -> Any:
    reason = form.cleaned_data["reason"]
    return actions.set_levels(kind, form.levels(), actor=request.actor, now=request.now, reason=reason)


def _initial(levels: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for n, row in enumerate(levels, 1):
        level = getattr(row, "level", row)
        found |= {f"role_{n}": level.role.value, f"department_{n}": level.department_id or ""}
        found |= {f"title_{n}": level.title.zh, f"title_en_{n}": level.title.en}
    return found


urlpatterns = [
    path("levels/", level_list, name="levels"),
    path("levels/<str:kind>/", levels_of_kind, name="levels-of-kind"),
]
