"""One submission, several points: numbered lists, lines, and runs of sentences that each make a demand."""

from __future__ import annotations

import re
from typing import Literal

_MARK = r"(?:[（(]?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[)）]|(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[、．.](?![0-9])|第[一二三四五六七八九十]{1,3}[点，,、：:]|其[一二三四五六七八九][，,、：:]|[①-⑳]|[•·▪●○◆■*-]\s)"
MARKER = re.compile(r"^\s*" + _MARK + r"\s*")
_WITHIN = re.compile(r"(?<=[。；;！!？?：:\n\s])\s*(?=" + _MARK + r")")
_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]*")
_DEMAND = re.compile(r"建议|希望|请|要求|应当|应该|必须|反对|支持|同意|取消|增加|减少|第[一二三四五六七八九十0-9]+条")
_CONTENT = re.compile(r"[^\W_]")
LEAST = 4
"""A point has at least so many letters; shorter pieces stay with their neighbour."""
RUN = 60
"""Sentences are taken apart only in texts of at least so many letters."""


def points(text: str, how: Literal["lists", "sentences", "whole"] = "lists") -> list[str]:
    """The points of `text`, at least one; markers and blanks around them are taken off. Joined they hold every letter but the markers'."""
    if how == "whole":
        return [text.strip()]
    listed = _listed(text)
    if how == "sentences":
        listed = [run for each in listed for run in _runs(each)]
    return listed


def _listed(text: str) -> list[str]:
    pieces = [piece for line in text.splitlines() for piece in _WITHIN.split(line) if _letters(piece)]
    marked = sum(bool(MARKER.match(piece)) for piece in pieces)
    if marked < 2 and not _is_lines(pieces, text):  # noqa: PLR2004 - a list has two entries
        return [MARKER.sub("", text, count=1).strip() or text.strip()]
    if marked >= 2:  # noqa: PLR2004 - as above
        pieces = _joined_to_marks(pieces)
    cleaned = [MARKER.sub("", piece, count=1).strip() or piece.strip() for piece in pieces]
    return _joined_short(cleaned)


def _is_lines(pieces: list[str], text: str) -> bool:
    """Lines that each begin a demand of their own; a letter broken into lines is none."""
    lines = [line for line in text.splitlines() if _letters(line)]
    return len(lines) > 1 and len(lines) == len(pieces) and all(_DEMAND.search(line) for line in lines)


def _joined_to_marks(pieces: list[str]) -> list[str]:
    """What follows an entry without a marker of its own belongs to it; what stands before the first one, if short, opens it."""
    made: list[str] = []
    for piece in pieces:
        if MARKER.match(piece) or not made:
            made.append(piece)
        else:
            made[-1] = f"{made[-1]}\n{piece}"
    if len(made) > 1 and not MARKER.match(made[0]) and not _DEMAND.search(made[0]):
        made[0:2] = [f"{made[0]}\n{made[1]}"] if _letters(made[0]) > RUN else [made[1]]
    return made


def _joined_short(pieces: list[str]) -> list[str]:
    made: list[str] = []
    for piece in pieces:
        if made and (_letters(piece) < LEAST or _letters(made[-1]) < LEAST):
            made[-1] = f"{made[-1]}\n{piece}"
        else:
            made.append(piece)
    return made


def _runs(text: str) -> list[str]:
    """Runs of sentences, a new one where a sentence makes a demand and the run before it has made one."""
    if _letters(text) < RUN:
        return [text]
    made: list[str] = []
    for sentence in _SENTENCE.findall(text):
        if made and (not _DEMAND.search(made[-1]) or not _DEMAND.search(sentence)):
            made[-1] += sentence
        else:
            made.append(sentence)
    return _joined_short([each.strip() for each in made if each.strip()]) or [text]


def _letters(text: str) -> int:
    return len(_CONTENT.findall(text))
