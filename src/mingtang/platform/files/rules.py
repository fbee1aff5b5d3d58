"""START HERE. What may be uploaded, judged by content."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import filetype

from mingtang.kernel.decision import YES, Decision, no
from mingtang.kernel.text import t

OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
OPEN_DOCUMENT = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
WORDS = {"txt": "text/plain", "md": "text/markdown", "csv": "text/csv", "jsonl": "application/jsonl"}
PICTURES = {"png": "image/png", "jpg": "image/jpeg"}
DOCUMENTS = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "txt", "md", "csv", "png", "jpg"})
EVIDENCE = frozenset({"pdf", "docx", "png", "jpg", "txt"})
TABLES = frozenset({"csv", "xlsx", "jsonl"})
MOST_UNPACKED = 200 * 1024 * 1024
ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What the content is: its usual ending and media type; empty when nobody knows."""

    ending: str = ""
    media_type: str = ""
    danger: str = ""


def sniff(content: bytes, name: str) -> Sniffed:
    """Judge content by its bytes; the name only decides between kinds of plain text."""
    if content[:4] == b"PK\x03\x04":
        return _sniff_zip(content)
    if content[:5] == b"%PDF-":
        danger = "pdf" if any(mark in content for mark in ACTIVE_PDF) else ""
        return Sniffed("pdf", "application/pdf", danger)
    guess = filetype.guess(content)
    if guess is not None:
        return Sniffed(guess.extension, guess.mime)
    return _sniff_words(content, name)


def _sniff_zip(content: bytes) -> Sniffed:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            names = set(box.namelist())
            if sum(each.file_size for each in box.infolist()) > MOST_UNPACKED:
                return Sniffed("zip", "application/zip", "bomb")
            if any(each.lower().endswith("vbaproject.bin") for each in names):
                return Sniffed("docm", "application/vnd.ms-office", "macro")
            for ending, (part, media_type) in OFFICE.items():
                if part in names:
                    return Sniffed(ending, media_type)
            if "mimetype" in names:
                kind = box.read("mimetype").decode("ascii", "replace")
                for ending, media_type in OPEN_DOCUMENT.items():
                    if kind == media_type:
                        return Sniffed(ending, media_type)
    except (zipfile.BadZipFile, RuntimeError, OSError):
        return Sniffed("zip", "application/zip", "broken")
    return Sniffed("zip", "application/zip")


def _sniff_words(content: bytes, name: str) -> Sniffed:
    if b"\x00" in content or _decoded(content) is None:
        return Sniffed()
    head = content[:512].lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script")):
        return Sniffed("html", "text/html")
    ending = name.rpartition(".")[2].lower()
    return Sniffed(ending, WORDS[ending]) if ending in WORDS else Sniffed("txt", "text/plain")


def _decoded(content: bytes) -> str | None:
    for coding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    return None


def may_keep(content: bytes, name: str, allowed: frozenset[str], most_bytes: int) -> Decision:
    """Whether an upload may be kept: not empty, not too large, of a permitted kind, undisguised, inert."""
    if not content:
        return no(
            t("“{name}”是空文件。", "“{name}” is empty.", name=name), "", t("请重新选择文件。", "Choose the file again."), code="empty"
        )
    if len(content) > most_bytes:
        size, most = len(content) // 1024 // 1024 + 1, most_bytes // 1024 // 1024
        return no(
            t(
                "“{name}”约 {size} MB，超过上限 {most} MB。",
                "“{name}” has about {size} MB; the limit is {most} MB.",
                name=name,
                size=size,
                most=most,
            ),
            "",
            t("请压缩或拆分后再上传。", "Make it smaller or split it, then upload again."),
            code="too_large",
        )
    found = sniff(content, name)
    if found.danger:
        return _dangerous(name, found.danger)
    if found.ending not in allowed:
        kinds = "、".join(sorted(allowed)).upper()
        return no(
            t("“{name}”不是可以上传的类型。", "“{name}” is not of a kind that may be uploaded.", name=name),
            "",
            t("可以上传：{kinds}。", "Allowed: {kinds}.", kinds=kinds),
            code="kind",
        )
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending != found.ending and not (ending in WORDS and found.ending in WORDS):
        return no(
            t(
                "“{name}”的内容其实是 {kind}，与文件名不符。",
                "The content of “{name}” is really {kind}; the name says otherwise.",
                name=name,
                kind=found.ending.upper(),
            ),
            "",
            t("请用正确的文件名另存后再上传。", "Save it under its right name, then upload again."),
            code="disguised",
        )
    return YES


def _dangerous(name: str, danger: str) -> Decision:
    reasons = {
        "macro": t("“{name}”含有宏。", "“{name}” contains macros.", name=name),
        "bomb": t("“{name}”展开后过大。", "“{name}” is far too large when unpacked.", name=name),
        "broken": t("“{name}”已损坏，打不开。", "“{name}” is damaged and cannot be opened.", name=name),
        "pdf": t("“{name}”含有脚本、附件或自动动作。", "“{name}” contains scripts, attachments or automatic actions.", name=name),
    }
    return no(reasons[danger], "", t("请另存为不含这些内容的文件再上传。", "Save it without them, then upload again."), code=danger)
