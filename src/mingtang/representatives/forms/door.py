"""What a device at the door hands in: parse and validate, save nothing."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from mingtang.representatives.actions import ScanIn

LONGEST_KEY, LONGEST_SCAN = 40, 300


def read_scans(body: bytes) -> list[ScanIn] | None:
    """The scans in a body of JSON, ``{"scans": [{"key", "scanned", "inward", "at"}]}``; None when it is anything else."""
    try:
        told = json.loads(body)["scans"]
        return [_scan(each) for each in told]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _scan(told: Any) -> ScanIn:
    key, scanned, inward, at = told["key"], told["scanned"], told["inward"], datetime.fromisoformat(told["at"])
    if not (isinstance(key, str) and isinstance(scanned, str) and isinstance(inward, bool)) or at.tzinfo is None:
        raise TypeError
    if not 0 < len(key) <= LONGEST_KEY or len(scanned) > LONGEST_SCAN:
        raise ValueError
    return ScanIn(key, scanned, inward, at)
