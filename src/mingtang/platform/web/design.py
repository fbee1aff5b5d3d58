"""The living page of all components."""

from __future__ import annotations

from django.http import HttpResponse

from mingtang.platform.web.edges import Request, page


def design(request: Request) -> HttpResponse:
    """Every component in its states."""
    return page(request, "web/design.html")
