"""Verifying who comments: to the identity provider and back. No session, no account; a cookie for minutes, for this form only."""

from __future__ import annotations

import logging
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import translation

from mingtang.consultations import published
from mingtang.consultations.rules.verifying import UNVERIFIED
from mingtang.platform.codes import row_id
from mingtang.platform.identity.flow import UnverifiedError, begin, finish
from mingtang.platform.identity.proof import ASKED, VERIFIED, Asked, Verified, put, read_asked, read_verified, seal_asked, seal_verified
from mingtang.platform.identity.provider import Provider, provider
from mingtang.platform.web.edges import Request, form_page, refusal_page
from mingtang.platform.web.throttle import counted, may_pass

EXPECTED = frozenset({"denied", "stale"})  # people change their minds and take their time
log = logging.getLogger(__name__)


def verifying(request: Request, consultation_id: int) -> dict[str, Any]:
    """What the form shows of verification: the provider, a proof that waits, how the last try ended; nothing without a provider."""
    of = provider()
    return {
        "provider": of,
        "proof": proof(request, consultation_id) if of else None,
        "ended": UNVERIFIED.get(request.GET.get("verified", "")) if of and request.method == "GET" else None,
    }


def proof(request: Request, consultation_id: int) -> Verified | None:
    """The proof this browser holds for this consultation; None without one, or when its time is over."""
    if provider() is None:
        return None
    return read_verified(request.COOKIES.get(VERIFIED, ""), consultation_id, request.now)


def used_up(response: HttpResponse, request: Request, consultation_id: int) -> HttpResponse:
    """The response, taking away the proof if the browser holds one: what it proved was sent."""
    if VERIFIED in request.COOKIES:
        put(response, VERIFIED, "", reverse("portal:opinion-new", args=[consultation_id]))
    return response


@form_page
def leave(request: Request, consultation_id: int) -> HttpResponse:
    """To the identity provider; back to the form with a sentence when it does not answer."""
    of = _provider()
    view = published.consultation(request.government.pk, consultation_id, request.now)
    if view is None or not view.row.is_open:
        raise Http404
    may_pass(request, "verify", "opinion.rate_per_hour").require()
    clause = row_id(request.GET.get("clause", ""))
    back = reverse("portal:opinion-new", args=[consultation_id]) + (f"?clause={clause}" if clause else "")
    try:
        place, begun = begin(of, _returns(request))
    except UnverifiedError as problem:
        log.warning("identity provider: %s", problem)
        return _back(back, problem.code)
    response = HttpResponseRedirect(place)
    put(response, ASKED, seal_asked(begun, consultation_id, back, request.now), _returns_path())
    return response


@form_page
def come_back(request: Request) -> HttpResponse:
    """From the identity provider: a proof for one opinion, or a sentence why not; in any case back to the form."""
    of = _provider()
    asked = read_asked(request.COOKIES.get(ASKED, ""), request.now)
    if asked is None:
        return refusal_page(request, UNVERIFIED["stale"].at(reverse("portal:consultations")))
    try:
        response = _proved(request, of, asked)
    except UnverifiedError as problem:
        log.log(logging.INFO if problem.code in EXPECTED else logging.WARNING, "identity provider: %s", problem)
        response = _back(asked.back, problem.code)
    put(response, ASKED, "", _returns_path())
    return response


def _proved(request: Request, of: Provider, asked: Asked) -> HttpResponse:
    row = published.consultation(request.government.pk, asked.consultation_id, request.now)
    if row is None:
        raise UnverifiedError("stale", "no such consultation")
    if counted(request, "verify", of=asked.begun.state, at=asked.since) > 1:
        raise UnverifiedError("stale", "came back twice")
    subject = finish(of, asked.begun, request.GET.dict(), _returns(request), request.now)
    mark = published.person_mark(asked.consultation_id, of.issuer, subject)
    response = HttpResponseRedirect(f"{asked.back}{_place(asked.back)}")
    sealed = seal_verified(asked.consultation_id, mark, of.issuer, request.now)
    put(response, VERIFIED, sealed, asked.back.partition("?")[0])
    return response


def _provider() -> Provider:
    found = provider()
    if found is None:
        raise Http404
    return found


def _back(back: str, code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{back}{'&' if '?' in back else '?'}verified={code}{_place(back)}")


def _place(back: str) -> str:
    """Where on the page it stands how it ended."""
    return f"#verified-{back.partition('?clause=')[2] or '0'}"


def _returns_path() -> str:
    """One path in every language: it is what the provider has registered."""
    with translation.override("zh-hans"):
        return reverse("portal:verified")


def _returns(request: Request) -> str:
    return request.build_absolute_uri(_returns_path())


urlpatterns = [
    path("consultations/<int:consultation_id>/verify/", leave, name="verify-identity"),
    path("identity/", come_back, name="verified"),
]
