"""From blocks to parts: what each block of a file is, read once from top to bottom.

A number counts as structure when it is the next in its sequence, so that "第三条规定的…" and "3.5 万元" stay words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mingtang.consultations.rules.drafting import shapes
from mingtang.consultations.rules.drafting.blocks import Block, Kind, Part
from mingtang.consultations.rules.drafting.enclosing import SIGNERS, attachment, contents, enclosed
from mingtang.consultations.rules.drafting.fronting import front_end, front_parts
from mingtang.consultations.rules.drafting.shapes import Marker
from mingtang.consultations.rules.drafting.state import Reading, aside
from mingtang.kernel.text import Text, t

GAP_ALLOWED = 3
HEADING = re.compile(r"^[\u4e00-\u9fff《》“”（）]{1,24}$")
NARROW = re.compile(r" [0-9A-Za-z]")
LONGEST_SIGNER = 40
DIVISIONS = {1: Kind.DIVISION, 2: Kind.CHAPTER, 3: Kind.SECTION}
BETWEEN, ALONE, AFTER, REFERENCE = "between", "alone", "after", "sequence"


def recognise_blocks(blocks: Sequence[Block]) -> tuple[list[Part], list[Text], bool]:
    """Every block as a part, what is worth checking, and whether the draft is in 条."""
    lines = [shapes.plain(each.text) for each in blocks]
    by_articles = _has_articles(lines)
    end = front_end(lines, blocks, by_articles=by_articles)
    asides = {n for n, each in enumerate(blocks[:end]) if each.aside}
    kept = [n for n in range(end) if n not in asides]
    front = front_parts([lines[n] for n in kept], [blocks[n] for n in kept])
    placed = [replace(each, n=kept[each.n - 1] + 1) for each in front]
    parts = sorted([*placed, *(aside(n, blocks[n]) for n in asides)], key=lambda each: each.n)
    reading = Reading(lines, blocks, by_articles)
    n = end
    while n < len(blocks):
        made = _read(reading, n)
        parts.extend(made)
        if made[-1].words:
            reading.before = lines[n + len(made) - 1]
        n += len(made)
    return parts, reading.warnings, by_articles


def _has_articles(lines: Sequence[str]) -> bool:
    found = [each for each in map(shapes.article, lines) if each is not None and each.sure]
    return (bool(found) and any(each.number == 1 for each in found)) or len(found) > 1


def _read(reading: Reading, n: int) -> list[Part]:
    """The part that begins here, with those that belong to the same title, list or signature."""
    block, words = reading.blocks[n], reading.lines[n]
    if not words or shapes.FURNITURE.match(words) or shapes.PAGE.match(words):
        return [Part(n + 1, Kind.PAGE, block.text)]
    if block.aside:
        return [aside(n, block)]
    if block.table:
        return [_table(reading, n)]
    for look in (contents, attachment, _structure, _signature, _note, enclosed):
        made = look(reading, n)
        if made:
            return made
    return [_paragraph(reading, n)]


def _table(reading: Reading, n: int) -> Part:
    kind = Kind.ATTACHED if reading.zone == "attached" else Kind.TABLE
    return Part(n + 1, kind, reading.blocks[n].text, body=reading.blocks[n].text.strip())


def _structure(reading: Reading, n: int) -> list[Part]:
    words, block = reading.lines[n], reading.blocks[n]
    found = shapes.division(words)
    if found is not None:
        if reading.zone == "attached" and not reading.by_articles:
            return []
        reading.seen_clause, reading.zone = False, "body" if reading.zone == "tail" else reading.zone
        return [Part(n + 1, DIVISIONS[found.level], block.text, found.label, found.rest, level=found.level)]
    found = shapes.article(words) if reading.by_articles else None
    if found is not None:
        return _article(reading, n, found)
    found = shapes.item(words)
    return [] if found is None else _item(reading, n, found)


def _article(reading: Reading, n: int, found: Marker) -> list[Part]:
    block, here, last = reading.blocks[n], (found.number, found.sub), reading.article
    follows = here in {(last[0] + 1, 0), (last[0], last[1] + 1)}
    if not follows and (not found.sure or here <= last):
        if found.sure and found.number != 1:
            return [Part(n + 1, Kind.UNRECOGNISED, block.text, found.label, body=found.rest, why=REFERENCE)]
        if not found.sure or not reading.seen_clause:
            return []
    if not follows and last != (0, 0) and here > last:
        reading.warnings.append(t("{label}之前缺号。", "Numbers are missing before {label}.", label=found.label))
    reading.article, reading.seen_clause, reading.last = here, True, [0] * (shapes.DEEPEST + 1)
    reading.zone = "attached" if reading.zone == "attached" else "body"
    heading, body = split_heading(found.rest)
    return [Part(n + 1, Kind.CLAUSE, block.text, found.label, heading, body)]


def split_heading(rest: str) -> tuple[str, str]:
    """【标准】每台…, （适用）适用于…, 适用范围　本办法…: a heading and the words after it.

    The narrow space typists put before figures (本区 2000 年) parts no heading from its words.
    """
    for left, right in (("【", "】"), ("（", "）"), ("(", ")")):
        if rest.startswith(left) and 1 < rest.find(right) <= 21 and rest[rest.find(right) + 1 :].strip():  # noqa: PLR2004 - at most twenty characters
            inside = rest[1 : rest.find(right)]
            return inside.strip(), rest[rest.find(right) + 1 :].strip()
    head, space, tail = rest.replace("\u3000", " ").partition(" ")
    if space and HEADING.match(head) and tail.strip() and not NARROW.match(rest[len(head) :]):
        return head, tail.strip()
    return "", rest


def _item(reading: Reading, n: int, found: Marker) -> list[Part]:
    block, last = reading.blocks[n], reading.last
    if reading.zone == "attached" and reading.by_articles and not reading.seen_clause:
        return []
    expected = last[found.level] + 1
    if found.number not in {1, expected}:
        if not expected < found.number <= expected + GAP_ALLOWED - 1 or found.level > 2 or not last[found.level]:  # noqa: PLR2004 - 一、 and （一）
            return []
        reading.warnings.append(t("{label}之前缺号。", "Numbers are missing before {label}.", label=found.label))
    if reading.zone == "tail" and found.level > 1:
        return []
    last[found.level] = found.number
    for deeper in range(found.level + 1, shapes.DEEPEST + 1):
        last[deeper] = 0 if deeper > 3 else last[deeper]  # noqa: PLR2004 - 1. may count through
    if found.level == 1:
        reading.zone = "body" if reading.zone == "tail" else reading.zone
    reading.seen_clause = reading.found = True
    kind = Kind.ATTACHED if reading.zone == "attached" and not reading.by_articles else Kind.TEXT if reading.by_articles else Kind.CLAUSE
    body = shapes.plain(block.text) if kind is Kind.TEXT else found.rest
    return [Part(n + 1, kind, block.text, found.label, body=body, level=found.level)]


def _signature(reading: Reading, n: int) -> list[Part]:
    """Short lines with a date below them, or a date alone."""
    lines = reading.lines
    for m in range(n, min(n + SIGNERS, len(lines))):
        if shapes.DATE.match(lines[m]):
            reading.zone = reading.zone if reading.zone == "attached" else "tail"
            return [Part(k + 1, Kind.SIGNATURE, reading.blocks[k].text) for k in range(n, m + 1)]
        if len(lines[m]) > LONGEST_SIGNER or shapes.ends(lines[m]) or reading.marker(m) is not None:
            break
    return []


def _note(reading: Reading, n: int) -> list[Part]:
    return [Part(n + 1, Kind.NOTE, reading.blocks[n].text)] if shapes.NOTE.match(reading.lines[n]) else []


def _paragraph(reading: Reading, n: int) -> Part:
    words, text = reading.lines[n], reading.blocks[n].text
    joins = bool(reading.before) and (shapes.open_bracket(reading.before) or (words.startswith(shapes.CLOSERS)))
    if reading.zone == "attached" and not (reading.by_articles and reading.seen_clause):
        return Part(n + 1, Kind.ATTACHED, text, body=words, joins=joins)
    if reading.zone == "tail":
        return Part(n + 1, Kind.UNRECOGNISED, text, body=words, why=AFTER)
    if not reading.seen_clause:
        kind = Kind.UNRECOGNISED if reading.by_articles else Kind.TEXT
        return Part(n + 1, kind, text, body=words, why=BETWEEN if reading.by_articles else "")
    made = Part(n + 1, Kind.TEXT, text, body=words, joins=joins)
    broken = shapes.open_bracket(words) or "。" in words
    if not joins and not broken and not shapes.ends(words) and len(words) <= 20 and shapes.ends(reading.before):  # noqa: PLR2004 - shorter than any sentence
        return replace(made, kind=Kind.UNRECOGNISED, why=ALONE)
    return made
