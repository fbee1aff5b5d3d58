"""Values blacked out: enough is left to find the place, never enough to use it."""

from __future__ import annotations

import re

from mingtang.platform.guard.core.patterns import CARD, IDENTITY, SEVEN_DIGITS, Hit, folded, found_in, placed

BLACK = "█"
SHOWN = {"id_number": (6, 0), "id_like": (6, 0), "id_old": (6, 0), "bank_card": (4, 4), "account_like": (4, 4)}
BLOCKS = {"id_number": 12, "id_like": 12, "id_old": 9, "bank_card": 8, "account_like": 8}
MOST_EXCERPT = 60
AROUND = 12
DOOR = re.compile("[0-9A-Za-z一二三四五六七八九十]")


def hidden(kind: str, value: str) -> str:
    """One value of a kind, blacked out."""
    plain, _ = folded(value)
    if kind in {"mobile", "mobile_spelt"}:
        signs = "".join(each for each in plain if each.isalnum())
        return f"{signs[-11:-8]}{BLACK * 4}{signs[-4:]}"
    if kind in SHOWN:
        head, tail = SHOWN[kind]
        digits = "".join(each for each in plain if each.isalnum())
        return f"{digits[:head]}{BLACK * BLOCKS[kind]}{digits[-tail:] if tail else ''}"
    if kind == "address":
        return DOOR.sub(BLACK, value)
    if kind == "email":
        return f"{value[:1]}{BLACK * 3}{value[value.index('@') :] if '@' in value else ''}"
    return f"{value[:2]}{BLACK * max(3, min(8, len(value) - 2))}"


def masked(words: str) -> str:
    """The words with everything that names a person blacked out (711 Art.15, PIPL Art.28); landlines stay."""
    plain, places = folded(words)
    hits = [each for each in placed(found_in(plain), places) if each.kind != "landline"]
    shapes = [] if places else _shapes(plain, hits)
    return _blacked(words, sorted([*hits, *shapes], key=lambda each: each.start))


def _shapes(plain: str, hits: list[Hit]) -> list[Hit]:
    """Numbers shaped like an identity number or a card though their check fails: a slip still leads to somebody."""
    if not SEVEN_DIGITS.search(plain):
        return []
    shapes: list[Hit] = []
    for kind, pattern in (("id_number", IDENTITY), ("bank_card", CARD)):
        for match in pattern.finditer(plain):
            dated = kind != "id_number" or plain[match.start() + 6 : match.start() + 8] in {"19", "20"}
            if dated and not any(each.start < match.end() and match.start() < each.end for each in (*hits, *shapes)):
                shapes.append(Hit(kind, match.start(), match.end(), "block"))
    return shapes


def _blacked(words: str, hits: list[Hit]) -> str:
    out, at = [], 0
    for each in hits:
        out += [words[at : each.start], hidden(each.kind, words[each.start : each.end])]
        at = each.end
    return "".join([*out, words[at:]])


def excerpt(words: str, hit: Hit, hits: list[Hit]) -> str:
    """The value blacked out, with a few words on both sides, every other value in them blacked out too."""
    start, end = max(0, hit.start - AROUND), min(len(words), hit.end + AROUND)
    for each in hits:
        if each.end <= hit.start and each.end > start > each.start:
            start = each.end
        if each.start >= hit.end and each.start < end < each.end:
            end = each.start
    inside = [Hit(each.kind, each.start - start, each.end - start, each.level) for each in hits if start <= each.start and each.end <= end]
    return " ".join(_blacked(words[start:end], inside).split())


def shortened(words: str) -> str:
    """The beginning of hidden words, blacked out where they name a person."""
    flat = " ".join(words.split())
    shown = masked(flat)
    return shown if len(shown) <= MOST_EXCERPT else f"{shown[:MOST_EXCERPT]}…"


def named(value: str) -> str:
    """A person's name with only its first sign."""
    value = value.strip()
    return f"{value[:1]}{BLACK * max(1, min(4, len(value) - 1))}"
