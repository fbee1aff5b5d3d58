"""Reading a draft: DOCX, Markdown, plain text or the text of a PDF, into chapters and clauses."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml.etree import LxmlError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.platform.documents.tables import decoded
from mingtang.platform.documents.word_numbers import Numbers

NUMBER = "[零〇一二三四五六七八九十百0-9０-９]+"
CHAPTER = re.compile(rf"^[#\s*]*(第{NUMBER}[章节编])[\s　]*(.*)$")
ARTICLE = re.compile(rf"^[#\s*]*(第{NUMBER}条(?:之[一二三四五六七八九十]+)?)[\s　*]*(.*)$")
ITEM = re.compile(rf"^[#\s*]*({NUMBER}(?:[、．]|\.(?!\d)))[\s　*]*(.+)$")
BRACKETED = re.compile(r"^[（(【]([^）)】]{1,20})[）)】]\s*(.*)$", re.DOTALL)
VERSION_LINE = re.compile(r"^[（(][^）)]{1,20}稿[^）)]{0,10}[）)]$")
PAGE_LINE = re.compile(r"^[-—－–\s]*(第\s*)?\d{1,4}(\s*页)?[-—－–\s]*$")
ENDS_A_LINE = tuple("。；：！？”.;:!?")
HEADING_LIMIT = 24


@dataclass(frozen=True, slots=True)
class ParsedClause:
    """One clause as recognised."""

    label: str
    text: str
    heading: str = ""
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class ParsedDraft:
    """A draft as recognised; blocks that belong to no clause are listed, nothing is dropped."""

    title: str
    clauses: tuple[ParsedClause, ...]
    unrecognised: tuple[str, ...]


def read_draft(content: bytes, name: str) -> ParsedDraft:
    """Read a file into clauses; `Refused` when it cannot be opened or holds no text."""
    return parse_draft(text_of(content, name))


def text_of(content: bytes, name: str) -> str:
    """The text of a DOCX, PDF, Markdown or text file; `Refused` when it cannot be opened or holds none."""
    ending = name.rpartition(".")[2].lower()
    try:
        if ending == "docx":
            words = "\n".join(_docx_lines(content))
        elif ending == "pdf":
            words = "\n".join(_pdf_lines(content))
        else:
            words = decoded(content)
    except (PackageNotFoundError, PyPdfError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, OSError):
        _refuse(
            t(
                "“{name}”打不开，可能已损坏或加密。",
                "“{name}” cannot be opened; it may be damaged or encrypted.",
                name=name,
            ),
            "broken",
        )
    if not words.strip():
        _refuse(
            t("“{name}”里没有文字，可能是扫描件。", "“{name}” holds no text; it may be a scan.", name=name),
            "no_text",
        )
    return words


def _refuse(reason: Text, code: str) -> None:
    no(reason, "", t("请另存后再上传，或直接粘贴文字。", "Save it again, or paste the text."), code=code).require()


def _docx_lines(content: bytes) -> Iterator[str]:
    """Paragraphs and tables in reading order; numbers the word processor counts are written out."""
    document = Document(io.BytesIO(content))
    numbers = Numbers(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _table_lines(block)
        else:
            counted = numbers.before(block)
            yield f"{counted}　{block.text}" if counted and block.text.strip() else block.text


def _table_lines(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells = [" ".join(each.text.split()) for each in row.cells]
        once = [each for n, each in enumerate(cells) if each and (not n or each != cells[n - 1])]
        if once:
            yield " | ".join(once)


def _pdf_lines(content: bytes) -> Iterator[str]:
    """The lines of a PDF, joined again where only the width of the page had broken them."""
    open_line = ""
    for page in PdfReader(io.BytesIO(content)).pages:
        for line in (each.strip() for each in page.extract_text().split("\n")):
            if PAGE_LINE.match(line) or not line:
                yield line
                continue
            if open_line and (_begins(line) or open_line.endswith(ENDS_A_LINE) or not _continues(open_line)):
                yield open_line
                open_line = ""
            open_line = f"{open_line}{line}"
    yield open_line


def _begins(line: str) -> bool:
    return any(each.match(line) for each in (CHAPTER, ARTICLE, ITEM)) or line.startswith(("（", "("))


def _continues(line: str) -> bool:
    """A short line is a heading of its own; only a long one goes on in the next."""
    return len(line) >= HEADING_LIMIT


def parse_draft(words: str) -> ParsedDraft:
    """Recognise 第…章 and 第…条; a draft without 条 is read by its numbered items (一、 1.)."""
    lines = [each.strip() for each in words.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = [each for each in lines if each]
    by_articles = any(ARTICLE.match(each) for each in lines)
    return _parse(lines, ARTICLE if by_articles else ITEM)


def _parse(lines: list[str], pattern: re.Pattern[str]) -> ParsedDraft:
    title, chapter, loose = "", "", []
    clauses: list[ParsedClause] = []
    for line in lines:
        if found := CHAPTER.match(line):
            chapter = f"{found[1]}　{found[2]}".strip("　 *")
        elif found := pattern.match(line):
            clauses.append(_clause(found[1], found[2].strip(), chapter))
        elif PAGE_LINE.match(line):
            loose.append(line)
        elif clauses:
            last = clauses[-1]
            clauses[-1] = replace(last, text=f"{last.text}\n{line}" if last.text else line)
        elif not title:
            title = line.strip("#* ")
        elif VERSION_LINE.match(line) and not loose:
            title = f"{title}{line}"
        else:
            loose.append(line)
    return ParsedDraft(title, tuple(map(_whole, clauses)), tuple(loose))


def _clause(label: str, rest: str, chapter: str) -> ParsedClause:
    if (found := BRACKETED.match(rest)) is not None:
        return ParsedClause(label, found[2].strip(), found[1], chapter)
    head, space, tail = rest.replace("　", " ").partition(" ")
    if space and len(head) <= HEADING_LIMIT and not re.search("[，。；：、]", head) and tail.strip():
        return ParsedClause(label, tail.strip(), head, chapter)
    if rest and len(rest) <= HEADING_LIMIT and not re.search("[，。；：]", rest):
        return ParsedClause(label, "", rest, chapter)
    return ParsedClause(label, rest, "", chapter)


def _whole(clause: ParsedClause) -> ParsedClause:
    """A heading with nothing below it was the clause itself."""
    if clause.text or not clause.heading:
        return clause
    return replace(clause, text=clause.heading, heading="")
