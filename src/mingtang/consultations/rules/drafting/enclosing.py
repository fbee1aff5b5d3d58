"""Tables of contents, attachments, and documents that a letter encloses."""

from __future__ import annotations

from mingtang.consultations.rules.drafting import shapes
from mingtang.consultations.rules.drafting.blocks import Kind, Part
from mingtang.consultations.rules.drafting.state import LONGEST_TITLE, Reading, aside

SIGNERS = 4


def contents(reading: Reading, n: int) -> list[Part]:
    """A table of contents: from 目录 to where its first entry comes again."""
    if not shapes.CONTENTS.match(reading.lines[n]) or reading.seen_clause:
        return []
    last, entries = n, set[str]()
    for m in range(n + 1, len(reading.lines)):
        entry = shapes.DOTTED.sub("", reading.lines[m]).rstrip("0123456789 ")
        if not entry or entry in entries or (shapes.division(entry) is None and shapes.item(entry) is None and entry == reading.lines[m]):
            break
        entries.add(entry)
        last = m
    return [Part(m + 1, Kind.CONTENTS, reading.blocks[m].text) for m in range(n, last + 1)]


def attachment(reading: Reading, n: int) -> list[Part]:
    """附件：… is a list before the signature and a heading after it."""
    found = shapes.ATTACHMENT.match(reading.lines[n])
    if found is None:
        return []
    if found[2] and found[2].strip() and reading.zone == "body" and _date_ahead(reading, n):
        return _attachment_list(reading, n)
    if not reading.by_articles and not reading.found and _outlined(reading, n):
        reading.attached_is_draft = True
    reading.zone, reading.seen_clause = "body" if reading.attached_is_draft else "attached", False
    made = [Part(n + 1, Kind.ATTACHMENT, reading.blocks[n].text, label=f"附件{found[1]}", heading=(found[2] or "").strip())]
    m = n + 1
    while not made[0].heading.strip() and m < len(reading.lines) and m <= n + 3 and reading.title_line(m):
        made.append(Part(m + 1, Kind.ATTACHMENT, reading.blocks[m].text, heading=reading.lines[m]))
        m += 1
        if shapes.titled(reading.lines[m - 1]):
            break
    if made[0].heading or len(made) > 1:
        made.extend(_version(reading, n + len(made)))
    reading.begin()
    return made


def _version(reading: Reading, n: int) -> list[Part]:
    """（征求意见稿） below the title of an attachment."""
    if n < len(reading.lines) and shapes.VERSION.match(reading.lines[n]):
        return [Part(n + 1, Kind.ATTACHMENT, reading.blocks[n].text, heading=reading.lines[n])]
    return []


def _outlined(reading: Reading, n: int) -> bool:
    """A letter without numbers that encloses a paper with them: the paper is the draft."""
    if reading.attachments:
        return False
    reading.attachments = True
    tops = [each for each in map(shapes.item, reading.lines[n + 1 :]) if each is not None and each.level == 1]
    return len(tops) >= 2 and tops[0].number == 1  # noqa: PLR2004 - one item alone is no outline


def _date_ahead(reading: Reading, n: int) -> bool:
    return any(shapes.DATE.match(each) for each in reading.lines[n + 1 : n + 12])


def _attachment_list(reading: Reading, n: int) -> list[Part]:
    made = [Part(n + 1, Kind.LIST, reading.blocks[n].text)]
    for m in range(n + 1, len(reading.lines)):
        words = reading.lines[m]
        found = shapes.item(words)
        if found is None or found.level != 3 or found.number != len(made) + 1:  # noqa: PLR2004 - the level of 1.
            break
        made.append(Part(m + 1, Kind.LIST, reading.blocks[m].text))
    return made


def enclosed(reading: Reading, n: int) -> list[Part]:
    """The title of an enclosed document: after a signature, or where the numbers begin anew below it."""
    if reading.zone == "attached":
        return []
    m = n
    while m < len(reading.lines) and m < n + SIGNERS and reading.title_line(m):
        m += 1
        if shapes.titled(reading.lines[m - 1]):
            break
    if m == n or not shapes.titled(reading.lines[m - 1]) or (reading.zone != "tail" and not _restarts(reading, m)):
        return []
    m += m < len(reading.lines) and bool(shapes.VERSION.match(reading.lines[m]))
    reading.zone, reading.seen_clause = "body", False
    reading.begin()
    heading = "".join(reading.lines[n:m])
    made = [Part(n + 1, Kind.DIVISION, reading.blocks[n].text, heading=heading, level=1)]
    made.extend(Part(k + 1, Kind.DIVISION, reading.blocks[k].text, level=1, joins=True) for k in range(n + 1, m))
    return [*made, *_lead(reading, m)]


def _restarts(reading: Reading, n: int) -> bool:
    """Whether the outline begins anew with 一、 or 第一条 within the next paragraphs."""
    for m in range(n, min(n + SIGNERS, len(reading.lines))):
        found = reading.marker(m)
        if found is not None:
            top = reading.article if reading.by_articles else (reading.last[1], 0)
            return found.number == 1 and found.level <= 1 and top > (1, 0)
    return False


def _lead(reading: Reading, n: int) -> list[Part]:
    """The paragraphs between the title of an enclosed document and its first number."""
    made = []
    for m in range(n, len(reading.lines)):
        words, block = reading.lines[m], reading.blocks[m]
        if block.aside or not words or shapes.PAGE.match(words):
            made.append(aside(m, block) if block.aside else Part(m + 1, Kind.PAGE, block.text))
            continue
        if block.table or reading.marker(m) is not None or shapes.CONTENTS.match(words):
            break
        if shapes.ATTACHMENT.match(words) or shapes.FURNITURE.match(words) or any(map(shapes.DATE.match, reading.lines[m : m + 2])):
            break
        kind = Kind.PREAMBLE if shapes.ends(words) or shapes.VERSION.match(words) or len(words) > LONGEST_TITLE else Kind.UNRECOGNISED
        made.append(Part(m + 1, kind, block.text, body=words, why="alone" if kind is Kind.UNRECOGNISED else ""))
    return made
