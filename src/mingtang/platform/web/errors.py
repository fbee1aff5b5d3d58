"""The pages for requests that went wrong, each saying what to do next."""

from __future__ import annotations

import sys

from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from mingtang.kernel.text import speaking, t

NOWHERE = t("此地址没有对应的政府", "No government is served at this address")
CHECK = t("请核对网址。每个政府的网站由它自己的域名打开。", "Please check the address: each government has its own.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read, or came by a host name that is not ours."""
    if isinstance(exception, DisallowedHost):
        return no_government(400)
    return render(request, "web/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: the form's token is missing or old, or the page is not for this visitor."""
    return render(request, "web/403.html", {"csrf": bool(reason)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing public stands at this address."""
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, or 503 while the database does not answer; rendered without the database."""
    down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    with speaking("en" if request.path_info.startswith("/en/") else "zh"):
        answer = HttpResponse(render_to_string("web/500.html", {"down": down}), status=503 if down else 500)
    if down:
        answer["Retry-After"] = "120"
    return answer


def no_government(status: int = 404) -> HttpResponse:
    """404 where the host name belongs to no government: there is no site to dress the page in."""
    return HttpResponse(render_to_string("web/nowhere.html", {"said": NOWHERE, "todo": CHECK}), status=status)
