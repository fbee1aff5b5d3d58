"""The public log as JSON, for verifiers and mirrors anywhere: cookieless, cacheable, readable from any page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from mingtang.platform.codes import row_id
from mingtang.platform.ledger import published
from mingtang.platform.web.edges import Request

FRESH = "public, max-age=5"
FOREVER = "public, max-age=31536000, immutable"
LEAF = re.compile(r"[0-9a-f]{64}")
NOT_FOUND, GONE, BAD = 404, 410, 400
Answer = tuple[dict[str, Any], str] | int
PROBLEMS = {
    BAD: "a number or a leaf is lacking or not well formed",
    NOT_FOUND: "the log does not hold it (yet)",
    GONE: "part of the log is gone: it cannot give this proof",
}


def _endpoint(answer: Callable[[Request], Answer]) -> Callable[[HttpRequest], HttpResponse]:
    @wraps(answer)
    def view(request: HttpRequest) -> HttpResponse:
        try:
            found = answer(cast("Request", request))
        except published.DamagedError:
            found = GONE
        if isinstance(found, int):
            response = JsonResponse({"problem": PROBLEMS[found]}, status=found)
            response["Cache-Control"] = "no-store"
        else:
            response = JsonResponse(found[0], json_dumps_params={"ensure_ascii": False})
            response["Cache-Control"] = found[1]
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return view


def _numbers(request: Request, *names: str) -> list[int] | None:
    found = [row_id(request.GET.get(name, "")) for name in names]
    return None if any(each is None for each in found) else cast("list[int]", found)


@_endpoint
def head(request: Request) -> Answer:
    """The newest signed head, with the published keys."""
    newest = published.newest_head(request.government.pk)
    return NOT_FOUND if newest is None else ({"head": newest, "keys": published.keys(request.government.pk)}, FRESH)


@_endpoint
def keys(request: Request) -> Answer:
    """The published keys with first and last day."""
    return {"keys": published.keys(request.government.pk)}, FRESH


@_endpoint
def heads(request: Request) -> Answer:
    """Signed heads of more than ``since`` entries."""
    asked = _numbers(request, "since")
    return BAD if asked is None else ({"heads": published.heads(request.government.pk, asked[0])}, FRESH)


@_endpoint
def proof(request: Request) -> Answer:
    """Entry, index, inclusion proof and head for a ``leaf``."""
    leaf = request.GET.get("leaf", "")
    if not LEAF.fullmatch(leaf):
        return BAD
    found = published.proof(request.government.pk, leaf)
    return NOT_FOUND if found is None else (found, FRESH)


@_endpoint
def consistency(request: Request) -> Answer:
    """The proof that the tree of ``second`` entries begins with that of ``first``."""
    asked = _numbers(request, "first", "second")
    if asked is None:
        return BAD
    found = published.consistency(request.government.pk, asked[0], asked[1])
    return NOT_FOUND if found is None else ({"first": asked[0], "second": asked[1], "proof": found}, FOREVER)


@_endpoint
def entries(request: Request) -> Answer:
    """The signed entries at ``from`` … ``to`` − 1, at most a thousand."""
    asked = _numbers(request, "from", "to")
    if asked is None:
        return BAD
    found = published.entries(request.government.pk, asked[0], asked[1])
    return {"entries": found}, FOREVER if len(found) == asked[1] - asked[0] else FRESH


urlpatterns = [
    path("log/head", head, name="log-head"),
    path("log/keys", keys, name="log-keys"),
    path("log/heads", heads, name="log-heads"),
    path("log/proof", proof, name="log-proof"),
    path("log/consistency", consistency, name="log-consistency"),
    path("log/entries", entries, name="log-entries"),
]
