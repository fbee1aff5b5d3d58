"""One way to write a structure as bytes, so that everyone hashes and signs the same (after RFC 8785).

Only what needs no judgement is allowed: text, whole numbers, yes and no, nothing, lists, and objects with text keys.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

PLAIN, TEXT = frozenset({str, bool, int, type(None)}), frozenset({str})
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))  # kept: every receipt is written several times


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; TypeError on floats and anything else that has no single form."""
    _require_plain(value)
    return _ENCODER.encode(value).encode()


def _require_plain(value: Any) -> None:
    parts: Iterable[Any]
    if isinstance(value, dict) and (TEXT.issuperset(map(type, value)) or all(isinstance(key, str) for key in value)):
        parts = value.values()
    elif isinstance(value, list | tuple):
        parts = value
    elif value is None or isinstance(value, str | bool | int):
        return
    else:
        raise TypeError(f"{type(value).__name__} has no canonical form")
    if PLAIN.issuperset(map(type, parts)):
        return
    for each in parts:
        if type(each) not in PLAIN:
            _require_plain(each)
