"""One way to write a structure as bytes, so that everyone hashes and signs the same (after RFC 8785).

Only what needs no judgement is allowed: text, whole numbers, yes and no, nothing, lists, and objects with text keys.
"""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces; TypeError on floats and anything else that has no single form."""
    _require_plain(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _require_plain(value: Any) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        for each in value.values():
            _require_plain(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _require_plain(each)
    else:
        raise TypeError(f"{type(value).__name__} has no canonical form")
