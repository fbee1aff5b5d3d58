"""Texts and questions as pairs of neighbouring signs: a two-character word is found like a long one, Traditional like Simplified.

A run of Chinese signs becomes its overlapping pairs and its last sign; a word of letters or digits stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
LONGEST = 40
"""Signs of a question that are read: one page of a list needs no longer one."""


class _Folded(dict[int, str]):
    """Each sign as it is compared: plain width, lower case, Simplified; learned as signs come."""

    def __missing__(self, code: int) -> str:
        self[code] = "".join(_simplified()(each) for each in unicodedata.normalize("NFKC", chr(code)).lower())
        return self[code]


_FOLDED = _Folded()


@cache
def _simplified() -> Callable[[str], str]:
    from opencc import OpenCC  # noqa: PLC0415 - a compiled library, wanted when the first text is folded

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def tokens(text: str) -> str:
    """The tokens of a text, for the index."""
    return " ".join(
        each for run in RUNS.findall(text.translate(_FOLDED)) for each in [*_pairs(run), *([run[-1]] if _is_han(run) else [run])]
    )


def phrases(typed: str) -> list[list[str]]:
    """What was typed as phrases that must all be there; nothing when no sign of it can be searched for.

    The last token of a phrase of one Chinese sign is a beginning: pairs that begin with it are meant too.
    """
    runs = RUNS.findall(typed.strip()[:LONGEST].translate(_FOLDED))
    return [(_pairs(run) or [f"{run}*"]) if _is_han(run) else [run] for run in runs]


def _is_han(run: str) -> bool:
    return re.match(f"[{HAN}]", run) is not None


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] if _is_han(run) else []
