"""The trust page: what is promised, by which keys, how to check it; and the verifiers to take away."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from mingtang.engines.ledger.bundle import bundle
from mingtang.engines.ledger.checking import grouped
from mingtang.kernel.text import Language, speaking, spoken_language
from mingtang.platform.ledger import published
from mingtang.platform.web.edges import Request, page

STATIC = files("mingtang.portal").joinpath("static/portal")
FRESH = "public, max-age=5"


def trust(request: Request) -> HttpResponse:
    """What is promised and how anybody checks it."""
    view = published.ledger(request.government.pk)
    keys = [{**each, "said": grouped(each["key"])} for each in view.keys] if view else []
    response = page(request, "portal/trust.html", {"ledger": view, "keys": keys, "signed_at": published.delay(request.government.pk)})
    response["Cache-Control"] = FRESH
    return response


def verify(request: Request) -> HttpResponse:
    """Check a receipt or an export in the browser."""
    response = page(request, "portal/verify.html")
    response["Cache-Control"] = FRESH
    return response


def verify_alone(_request: Request) -> HttpResponse:
    """The same as one file that works without a network."""
    return _download(alone(spoken_language()), "mingtang-verify.html", "text/html")


def verify_python(_request: Request) -> HttpResponse:
    """The verifier for the command line as one file."""
    return _download(bundle(), "mingtang_verify.py", "text/x-python")


@cache
def alone(language: Language) -> str:
    """The page that needs nothing else: script and style inside."""
    names = ("verify.js", "verify-draw.js", "verify.css")
    script, draw, style = (STATIC.joinpath(name).read_text(encoding="utf-8") for name in names)
    with speaking(language):
        return render_to_string("portal/verify_alone.html", {"script": script + draw, "style": style, "language": language})


def _download(words: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(words, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "public, max-age=300"
    return response


urlpatterns = [
    path("trust/", trust, name="trust"),
    path("trust/verify/", verify, name="verify"),
    path("trust/mingtang-verify.html", verify_alone, name="verify-alone"),
    path("trust/mingtang_verify.py", verify_python, name="verify-python"),
]
