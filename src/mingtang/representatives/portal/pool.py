"""Public pages of the pool: joining without an account, how one stands by the receipt, everything of one's own by the personal link."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from mingtang.kernel.obligations import page_for
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, stranger
from mingtang.platform.clock import day_of
from mingtang.platform.codes import as_code, row_id
from mingtang.platform.web.edges import Request, attempt, form_page, page, public_page
from mingtang.platform.web.throttle import may_pass
from mingtang.representatives import actions, forms, published


@page_for("2.2a", "3.2b", title=t("加入列席代表库", "Joining the pool of representatives"), url_name="portal:pool")
@public_page("figures", "house-rules")
def pool(request: Request) -> HttpResponse:
    """What the pool is, who may join, for how long, what is kept."""
    return page(request, "representatives/portal/pool.html", {"terms": published.pool_terms(request.government.pk, day_of(request.now))})


@form_page
def join(request: Request) -> HttpResponse:
    """Come forward without an account; the receipt and the personal link are the keys."""
    terms = published.pool_terms(request.government.pk, day_of(request.now))
    form = forms.JoinForm(request.POST or None, terms=terms, initial={"token": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        done = attempt(request, lambda: _join(request, form))
        if done:
            return HttpResponseRedirect(f"{reverse('portal:pool-mine', args=[done.token])}?new=1")
    return page(request, "representatives/portal/join.html", {"terms": terms, "form": form})


def _join(request: Request, form: forms.JoinForm) -> Any:
    may_pass(request, "pool", "rep.apply_per_hour").require()
    data = dict(form.cleaned_data)
    token = data.pop("token")
    return actions.join_pool(actions.PersonIn(**data), actor=stranger(request.government.pk), now=request.now, token=token)


@form_page
def find(request: Request) -> HttpResponse:
    """How one stands, by the receipt."""
    code = request.GET.get("code", "").strip()[:40]
    view = published.standing(request.government.pk, as_code(code)) if code else None
    return page(request, "representatives/portal/pool_find.html", {"code": code, "view": view, "missing": bool(code) and view is None})


@form_page
def mine(request: Request, token: str) -> HttpResponse:
    """One's own data: see, correct, say yes or no to the name, renew, declare a conflict, leave."""
    home = request.government.pk
    view = published.own(home, token, request.now)
    if view is None:
        return page(request, "representatives/portal/pool_lost.html", status=404)
    declare = forms.DeclareForm(request.POST if "declare" in request.POST else None, topics=published.matters_to_declare(home, view))
    said = {name: getattr(view, name) for name in forms.OwnForm.base_fields}
    form = forms.OwnForm(request.POST if "correct" in request.POST else None, initial=said)
    if request.method == "POST":
        done = _act(request, token, form, declare)
        if done is not None:
            return done
    context = {
        "view": view,
        "form": form,
        "declare": declare,
        "fresh": "new" in request.GET,
        "done": "done" in request.GET,
        "terms": published.pool_terms(home, day_of(request.now)),
        "link": request.build_absolute_uri(reverse("portal:pool-mine", args=[token])),
    }
    return page(request, "representatives/portal/pool_mine.html", context)


def _act(request: Request, token: str, form: forms.OwnForm, declare: forms.DeclareForm) -> HttpResponse | None:
    """Do what was asked; None when the form is shown again."""
    actor = stranger(request.government.pk)
    acts: dict[str, Callable[[], object]] = {
        "agree": lambda: actions.say_consent(token, actor=actor, now=request.now, agreed=True),
        "disagree": lambda: actions.say_consent(token, actor=actor, now=request.now, agreed=False),
        "renew": lambda: actions.renew_by_link(token, actor=actor, now=request.now),
    }
    if "leave" in request.POST:
        attempt(request, lambda: actions.leave_by_link(token, actor=actor, now=request.now))
        return page(request, "representatives/portal/pool_left.html") if request.refused is None else None
    act = acts.get(next((each for each in acts if each in request.POST), ""))
    if "correct" in request.POST and form.is_valid():
        act = lambda: actions.correct_own(token, form.cleaned_data, actor=actor, now=request.now)  # noqa: E731 - one of a table
    if "declare" in request.POST and declare.is_valid():
        act = lambda: _declare(request, token, declare, actor)  # noqa: E731 - one of a table
    done = attempt(request, act) if act else None
    if done is not None:
        return HttpResponseRedirect(f"{reverse('portal:pool-mine', args=[token])}?done=1")
    return None


def _declare(request: Request, token: str, form: forms.DeclareForm, actor: Actor) -> Any:
    topic = row_id(form.cleaned_data["topic"]) or 0
    return actions.declare_conflict(token, topic, actor=actor, now=request.now, reason=form.cleaned_data["reason"])


@form_page
def mine_file(request: Request, token: str) -> HttpResponse:
    """One's own data as a file."""
    view = published.own(request.government.pk, token, request.now)
    if view is None:
        raise Http404
    words = json.dumps(published.own_file(view), ensure_ascii=False, indent=1)
    answer = HttpResponse(words + "\n", content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


urlpatterns = [
    path("pool/", pool, name="pool"),
    path("pool/join/", join, name="pool-join"),
    path("pool/find/", find, name="pool-find"),
    path("pool/mine/<str:token>/", mine, name="pool-mine"),
    path("pool/mine/<str:token>/data.json", mine_file, name="pool-mine-file"),
]
