"""What every request carries: its government, its language, its moment, its actor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from mingtang.kernel.decision import Refused
from mingtang.kernel.text import speaking
from mingtang.platform.accounts.identity import actor_for
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request, refusal_page
from mingtang.platform.web.errors import no_government

Get = Callable[[HttpRequest], HttpResponseBase]


def government_of(host: str) -> Government | None:
    """The government a host name belongs to; the only one, when there is only one."""
    name = host.partition(":")[0].lower()
    found = Government.objects.filter(host=name).first()
    if found is not None:
        return found
    first_two = list(Government.objects.order_by("id")[:2])
    return first_two[0] if len(first_two) == 1 else None


def context(get_response: Get) -> Get:
    """Give the request its government, moment and language (runs after LocaleMiddleware)."""
    instant = import_string(settings.MINGTANG_CLOCK)

    def handle(plain: HttpRequest) -> HttpResponseBase:
        request = cast("Request", plain)
        request.now = instant()
        request.refused = None
        request.government = government_of(request.get_host())  # type: ignore[assignment]  # None answered next
        if request.government is None:
            return no_government()
        language = "en" if translation.get_language() == "en" else "zh"
        with speaking(language):  # type: ignore[arg-type]  # one of the two
            return get_response(request)

    return handle


def actor(get_response: Get) -> Get:
    """Give the request its actor, looked up only when somebody asks (public pages never do)."""

    def handle(plain: HttpRequest) -> HttpResponseBase:
        request = cast("Request", plain)
        request.actor = cast("Actor", SimpleLazyObject(lambda: _actor(request)))
        return get_response(request)

    return handle


def _actor(request: Request) -> Actor:
    found = actor_for(request.user, request.government.pk, day_of(request.now))
    if found.is_staff:
        _end_idle_session(request)
    return actor_for(request.user, request.government.pk, day_of(request.now)) if not request.user.is_authenticated else found


def _end_idle_session(request: Request) -> None:
    """Sign staff out after `sec.idle_minutes_staff` without a request (law.md 6.5)."""
    seen = request.session.get("seen_at")
    stamp = request.now.timestamp()
    if seen is not None and stamp - seen > timedelta(minutes=settings.MINGTANG_IDLE_MINUTES).total_seconds():
        logout(request)
        return
    if seen is None or stamp - seen > 60:  # noqa: PLR2004 - one write a minute is enough
        request.session["seen_at"] = stamp


class RefusedMiddleware:
    """The last net: a `Refused` that no edge caught becomes a 409 page with the reason."""

    def __init__(self, get_response: Get) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass through."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show a refusal; leave everything else to Django."""
        return refusal_page(cast("Request", request), exception.decision) if isinstance(exception, Refused) else None
