"""House rules for everybody; the personal link of a representative."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.actor import stranger
from mingtang.platform.files.keep import response as file_response
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.representatives import actions, forms, published


@page_for("3.2b", title=t("列席工作规定", "House rules"), url_name="portal:house-rules")
@public_page("house-rules")
def house_rules(request: Request) -> HttpResponse:
    """The house rules in force of every department."""
    return page(request, "representatives/portal/rules.html", {"rules": published.house_rules(request.government.pk, request.now)})


@page_for("3.2b", title=t("各版列席工作规定", "The versions of the house rules"), url_name="portal:house-rules")
@public_page("house-rules")
def house_rules_of(request: Request, department_id: int) -> HttpResponse:
    """Every version of one department's house rules, and what changed between two of them."""
    asked = {"before": request.GET.get("from", "")[:6], "after": request.GET.get("to", "")[:6]}
    view = published.versions_of(request.government.pk, department_id, request.now, **asked)
    if view is None:
        raise Http404
    return page(request, "representatives/portal/rules_versions.html", {"view": view})


@form_page
def invitation(request: Request, token: str) -> HttpResponse:
    """The personal page: answer, requirements, papers. A lost or used-up link is explained."""
    row = actions.open_link(token, now=request.now)
    if row is None or row.government_id != request.government.pk:
        return page(request, "representatives/portal/lost.html", status=404)
    form = forms.AnswerForm(request.POST or None, initial={"publish_name": row.publish_name})
    if request.method == "POST" and "confirm" in request.POST:
        if attempt(request, lambda: actions.confirm_rules(token, actor=stranger(request.government.pk), now=request.now)):
            return HttpResponseRedirect(reverse("portal:invitation", args=[token]))
    elif request.method == "POST" and form.is_valid():
        data, accept = form.cleaned_data, "accept" in request.POST
        done = attempt(
            request,
            lambda: actions.answer_invitation(
                token,
                actor=stranger(request.government.pk),
                now=request.now,
                accept=accept,
                accepted_rules=data["accepted_rules"],
                publish_name=data["publish_name"],
                reason=data["reason"],
            ),
        )
        if done:
            return HttpResponseRedirect(reverse("portal:invitation", args=[token]))
    return page(request, "representatives/portal/invitation.html", {"view": published.personal(row, request.now), "form": form})


@form_page
def material(request: Request, token: str, document_id: int) -> HttpResponse:
    """A paper handed to this person; fetching it is part of the proof."""
    found = actions.fetch_material(token, document_id, now=request.now)
    if found is None:
        raise Http404
    return file_response(published.paper(found), inline=True)  # type: ignore[return-value]  # a streaming response


urlpatterns = [
    path("house-rules/", house_rules, name="house-rules"),
    path("house-rules/<int:department_id>/", house_rules_of, name="house-rules-of"),
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("invitation/<str:token>/papers/<int:document_id>/", material, name="invitation-paper"),
]
