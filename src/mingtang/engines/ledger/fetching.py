"""Asking a log over HTTP; a folder with the same files will do for tests and for copies on paper-thin lines."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

Ask = Callable[[str], Any]
MOST_BYTES = 64 * 1024 * 1024
SECONDS = 30


class UnreachableError(Exception):
    """The log did not answer, or not in a form that can be read; `status` is the HTTP status when there was one."""

    def __init__(self, words: str, status: int = 0) -> None:
        super().__init__(words)
        self.status = status


def over_http(address: str) -> Ask:
    """A function that gives the JSON at a path below `address` (http or https); raises `UnreachableError`."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("an address begins with http:// or https://")
    base = address.rstrip("/")

    def ask(path: str) -> Any:
        request = urllib.request.Request(base + path, headers={"Accept": "application/json"})  # noqa: S310 - checked above
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - checked above
                return json.loads(answer.read(MOST_BYTES))
        except urllib.request.HTTPError as problem:
            with problem:
                raise UnreachableError(f"{base}{path}: {problem}", problem.code) from problem
        except (OSError, ValueError) as problem:
            raise UnreachableError(f"{base}{path}: {problem}") from problem

    return ask
