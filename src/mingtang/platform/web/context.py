"""What every template knows."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.urls import NoReverseMatch, translate_url

from mingtang.kernel.decision import Decision
from mingtang.kernel.text import same, spoken_language
from mingtang.platform.clock import day_of
from mingtang.platform.web.edges import Request
from mingtang.platform.web.navigation import nav_for, rail_for

SIZES = frozenset({"large"})
CONTRASTS = frozenset({"high"})


def common(plain: HttpRequest) -> dict[str, Any]:
    """Names for all templates; personal ones only outside the public pages."""
    request = cast("Request", plain)
    if not hasattr(request, "government"):
        return {"language": spoken_language(), "government": None, "path": plain.path}
    shared = {
        "government": request.government,
        "language": spoken_language(),
        "other_language_url": _other_language(request),
        "path": request.path,
        "today": day_of(request.now),
        "now": request.now,
        "view_size": request.GET.get("size") if request.GET.get("size") in SIZES else "",
        "view_contrast": request.GET.get("contrast") if request.GET.get("contrast") in CONTRASTS else "",
        "refused": request.refused,
        "person": None,
        "notices": [],
        "nav": nav_for(request),
    }
    return shared | (_personal(request) if _is_personal(request) else {})


def _is_personal(request: Request) -> bool:
    match = request.resolver_match
    return match is not None and "portal" not in match.namespaces


def _personal(request: Request) -> dict[str, Any]:
    """What waits to be said once is left for the next whole page: a part that renews itself (htmx) shows none of it."""
    part = "HX-Request" in request.headers
    kept = None if part else request.session.pop("refused", None)
    return {
        "refused": _kept_refusal(kept) if request.refused is None and kept else request.refused,
        "person": request.user if request.user.is_authenticated else None,
        "actor": request.actor,
        "notices": [] if part else [same(words) for words in request.session.pop("notices", [])],
        "rail": rail_for(request) if request.actor.is_staff else [],
    }


def _kept_refusal(kept: dict[str, Any]) -> Decision:
    return Decision(
        allowed=False,
        reason=same(kept["reason"]),
        clause=kept["clause"],
        remedy=same(kept["remedy"]) if kept["remedy"] else same(""),
        code=kept["code"],
        url=kept["url"],
        also=tuple(_kept_refusal(each) for each in kept["also"]),
    )


def _other_language(request: Request) -> str:
    try:
        return str(translate_url(request.get_full_path(), "zh-hans" if spoken_language() == "en" else "en"))
    except NoReverseMatch:
        return "/"
