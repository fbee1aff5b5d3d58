"""Texts that only say yes or no: counted, never glued to a demand."""

from __future__ import annotations

import re

from mingtang.engines.grouping.phrases import EMPHASIS, STANCES

MOST = 12
"""Longer texts are not looked at."""
_AROUND = "(?:" + "|".join(sorted(map(re.escape, EMPHASIS), key=len, reverse=True)) + ")*?"
_ONLY = {
    stance: re.compile(f"{_AROUND}(?:{'|'.join(sorted(words, key=len, reverse=True))})+{_AROUND}") for stance, words in STANCES.items()
}
EMPTY = "none"


def only_stance(folded: str) -> str:
    """``for`` or ``against`` where the folded text says nothing else, `EMPTY` where it says nothing at all, else the empty string."""
    if not folded:
        return EMPTY
    if len(folded) > MOST:
        return ""
    return next((stance for stance in ("against", "for") if _ONLY[stance].fullmatch(folded)), "")
