"""Reading a draft: DOCX, Markdown, plain text or the text of a PDF, into chapters and clauses."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from mingtang.kernel.decision import no
from mingtang.kernel.text import t
from mingtang.platform.documents.tables import decoded

NUMBER = "[零〇一二三四五六七八九十百0-9０-９]+"
CHAPTER = re.compile(rf"^[#\s]*(第{NUMBER}[章节编])[\s　]*(.*)$")
ARTICLE = re.compile(rf"^[#\s*]*(第{NUMBER}条(?:之[一二三四五六七八九十]+)?)[\s　*]*(.*)$")
ITEM = re.compile(rf"^[#\s]*({NUMBER})[、.．][\s　]*(.+)$")
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
    """Read a file into clauses; `Refused` when it cannot be opened."""
    return parse_draft(text_of(content, name))


def text_of(content: bytes, name: str) -> str:
    """The text of a DOCX, PDF, Markdown or text file."""
    ending = name.rpartition(".")[2].lower()
    try:
        if ending == "docx":
            return "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)
        if ending == "pdf":
            return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    except (PackageNotFoundError, PyPdfError, zipfile.BadZipFile, KeyError, ValueError):
        no(t("“{name}”打不开，可能已损坏或加密。", "“{name}” cannot be opened; it may be damaged or encrypted.", name=name), "", t("请另存后再上传，或直接粘贴文字。", "Save it again, or paste the text."), code="broken").require()
    return decoded(content)


def parse_draft(words: str) -> ParsedDraft:
    """Recognise 第…章 and 第…条; a draft without 条 is read by its numbered items (一、 1.)."""
    lines = [each.strip() for each in words.replace("\r", "").split("\n")]
    lines = [each for each in lines if each]
    by_articles = any(ARTICLE.match(each) for each in lines)
    return _parse(lines, ARTICLE if by_articles else ITEM)


def _parse(lines: list[str], pattern: re.Pattern[str]) -> ParsedDraft:
    title, chapter, loose = "", "", []
    clauses: list[ParsedClause] = []
    for line in lines:
        if found := CHAPTER.match(line):
            chapter = f"{found[1]}　{found[2]}".strip("　 ")
        elif found := pattern.match(line):
            label = found[1] if found[1].startswith("第") else f"{found[1]}、"
            clauses.append(_clause(label, found[2].strip(), chapter))
        elif clauses:
            last = clauses[-1]
            joined = f"{last.text}\n{line}" if last.text else line
            clauses[-1] = ParsedClause(last.label, joined, last.heading, last.chapter)
        elif not title:
            title = line.lstrip("# ").strip()
        else:
            loose.append(line)
    return ParsedDraft(title, tuple(clauses), tuple(loose))


def _clause(label: str, rest: str, chapter: str) -> ParsedClause:
    head, space, tail = rest.replace("　", " ").partition(" ")
    if space and len(head) <= HEADING_LIMIT and not re.search("[，。；：、]", head) and tail.strip():
        return ParsedClause(label, tail.strip(), head, chapter)
    if rest and len(rest) <= HEADING_LIMIT and not re.search("[，。；：]", rest):
        return ParsedClause(label, "", rest, chapter)
    if (found := re.match(r"^[（(【]([^）)】]{1,20})[）)】]\s*(.+)$", rest)) is not None:
        return ParsedClause(label, found[2], found[1], chapter)
    return ParsedClause(label, rest, "", chapter)
