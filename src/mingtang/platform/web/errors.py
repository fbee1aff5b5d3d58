"""The pages for requests that went wrong, each saying what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: the request could not be read."""
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: the form's token is missing or old, or the page is not for this visitor."""
    return render(request, "web/403.html", {"csrf": bool(reason)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing public stands at this address."""
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; rendered without the database."""
    return render(request, "web/500.html", status=500)
