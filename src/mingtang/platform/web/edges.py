"""Manners shared by all edges: parse, make one call, render; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mingtang.kernel.decision import Decision, Refused, no
from mingtang.kernel.text import NOTHING, Text, spoken_language, t
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.codes import row_id
from mingtang.platform.web import versions

if TYPE_CHECKING:
    from mingtang.platform.accounts.models import Government

P = ParamSpec("P")
R = TypeVar("R")


class Request(HttpRequest):
    """A request as our middleware hands it on; used as the type of every view's first argument."""

    government: Government
    now: datetime
    actor: Actor
    refused: Decision | None
    counted: Callable[[str], int] | None


View = Callable[Concatenate[Request, P], HttpResponse]
DjangoView = Callable[Concatenate[HttpRequest, P], HttpResponse]

__all__ = [
    "Request",
    "attempt",
    "fleeting_page",
    "form_page",
    "fragment",
    "page",
    "perform",
    "public_page",
    "refusal_page",
    "require_POST",
    "safe_next",
    "staff_page",
]


def page(request: Request, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """Render a page; a refusal met on the way (see `attempt`) makes it a 409 that shows the refusal."""
    return render(request, template, dict(context or {}), status=status if request.refused is None else 409)


def refusal_page(request: Request, decision: Decision) -> HttpResponse:
    """A page of its own for a refusal that belongs to no form."""
    request.refused = decision
    return page(request, "web/refused.html")


def attempt(request: Request, act: Callable[[], R]) -> R | None:
    """Run an action; on `Refused` remember it for `page` to show beside the kept form, and give None."""
    try:
        return act()
    except Refused as refused:
        request.refused = refused.decision
        return None


def perform(request: Request, act: Callable[[], object], *, to: str, back: str = "", said: Text = NOTHING) -> HttpResponseRedirect:
    """Run an action that has no form of its own, then go `to`; on `Refused` go `back` and show it there.

    `said` is the sentence shown when it worked.
    """
    try:
        act()
    except Refused as refused:
        request.session["refused"] = refused.decision.as_dict(spoken_language())
        return HttpResponseRedirect(back or to)
    if said:
        tell(request, said)
    return HttpResponseRedirect(to)


def tell(request: Request, words: Text) -> None:
    """Show a sentence on the next page this person sees."""
    request.session["notices"] = [*request.session.get("notices", []), str(words)]


def staff_page(view: View[P]) -> DjangoView[P]:
    """A page for people with a staff role: asks strangers to sign in, is never cached."""

    @wraps(view)
    def guarded(plain: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request = cast("Request", plain)
        if request.actor.person_id is None:
            return redirect_to_login(request.get_full_path())
        if not request.actor.is_staff:
            return refusal_page(request, NOT_STAFF)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True)
        return response

    return guarded


NOT_STAFF = no(
    t("工作台供工作人员使用,您的账号没有岗位。", "The workspace is for staff; your account holds no role."),
    "",
    t("如应有岗位,请与安全管理员联系。", "If you should hold one, ask the security administrator."),
    code="not_staff",
)


def form_page(view: View[P]) -> DjangoView[P]:
    """A public page with a form: has a CSRF token, belongs to one visitor, is never cached."""

    @wraps(view)
    def guarded(plain: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(cast("Request", plain), *args, **kwargs)
        patch_cache_control(response, no_store=True)
        return response

    return guarded


fragment = form_page


def public_page(*keys: str) -> Callable[[View[P]], DjangoView[P]]:
    """A page that is a pure function of government, path, language and version: conditional, cookieless.

    `keys` are the versions it depends on; ``{name}`` is filled from the view's keyword arguments, e.g.
    ``@public_page("topic:{topic_id}")``. See `mingtang.platform.web.versions.touch`.
    """

    def decorate(view: View[P]) -> DjangoView[P]:
        @wraps(view)
        def conditional(plain: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request = cast("Request", plain)
            filled = tuple(key.format(**kwargs) for key in keys)
            tag = f'"{_tag(request, filled)}"'
            if tag in request.headers.get("If-None-Match", ""):
                return HttpResponseNotModified(headers={"ETag": tag, "Cache-Control": CACHED})
            response = view(request, *args, **kwargs)
            if response.status_code == 200:  # noqa: PLR2004 - the HTTP status itself
                response["ETag"] = tag
                response["Cache-Control"] = CACHED
            return response

        return conditional

    return decorate


def fleeting_page(seconds: int) -> Callable[[View[P]], DjangoView[P]]:
    """A public page that grows old by the clock and not only by what people do: anybody may keep it for some seconds."""

    def decorate(view: View[P]) -> DjangoView[P]:
        @wraps(view)
        def kept(plain: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(cast("Request", plain), *args, **kwargs)
            patch_cache_control(response, public=True, max_age=seconds, s_maxage=seconds)
            return response

        return kept

    return decorate


CACHED = "public, max-age=0, must-revalidate, s-maxage=5"


def _tag(request: Request, keys: tuple[str, ...]) -> str:
    others = (request.get_full_path(), spoken_language(), day_of(request.now).isoformat(), settings.MINGTANG_RELEASE)
    where = (box.address for box in settings.MINGTANG_MAILBOXES)  # pages say where to write
    return versions.fingerprint(request.government.pk, keys, *others, *where)


def safe_next(request: Request, fallback: str) -> str:
    """The ``next`` a form named, if it stays on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else fallback


def ticked_ids(request: Request, name: str) -> list[int]:
    """The rows ticked on a list under `name`; what no row can have for an id is left out."""
    return [found for each in request.POST.getlist(name) if (found := row_id(each)) is not None]


def ticked(request: Request, done: Text) -> tuple[list[int], Text]:
    """Who was ticked on a list of people (their ids), and what to say then: `done` with how many as ``n``, or that nobody was."""
    ids = ticked_ids(request, "person")
    return ids, done.filled(n=len(set(ids))) if ids else t("没有勾选。", "Nobody was ticked.")
