"""Reading a draft: DOCX, ODT, PDF with text, Markdown or plain text, into blocks in reading order."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError
from pypdf.errors import PyPdfError

from mingtang.kernel.decision import no
from mingtang.kernel.text import Text, t
from mingtang.platform.documents.blocks import Block, blocks_of
from mingtang.platform.documents.odt_reading import odt_blocks
from mingtang.platform.documents.pdf_reading import pdf_blocks
from mingtang.platform.documents.tables import decoded
from mingtang.platform.documents.word_reading import word_blocks

MOST_BYTES = 30 * 1024 * 1024
MOST_CHARACTERS = 1_000_000
MOST_BLOCKS = 20_000
MOST_UNPACKED = 200 * 1024 * 1024
PACKED = ("docx", "odt")
OLD = ("doc", "wps", "rtf", "pages", "uof", "ceb", "ofd")
PLAIN = ("md", "markdown", "txt", "text", "")
DAMAGED = (PackageNotFoundError, PyPdfError, zipfile.BadZipFile, zlib.error, LxmlError, KeyError, ValueError, OSError, RuntimeError)


def read_blocks(content: bytes, name: str) -> tuple[Block, ...]:
    """The blocks of a file; `Refused` when it cannot be opened, is too large or holds no text."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if len(content) > MOST_BYTES:
        _refuse(t("“{name}”超过 30 MB。", "“{name}” has more than 30 MB.", name=name), "too_large")
    try:
        found = tuple(_within(_reader(content, name, ending)(content), name))
    except DAMAGED:
        _refuse(t("“{name}”打不开，可能已损坏或加密。", "“{name}” cannot be opened; it may be damaged or encrypted.", name=name), "broken")
    if not any(each.text.strip() for each in found if each.aside != "picture"):
        _refuse(t("“{name}”里没有文字，可能是扫描件。", "“{name}” holds no text; it may be a scan.", name=name), "no_text")
    return found


def text_of(content: bytes, name: str) -> str:
    """All words of a file."""
    return "".join(each.text for each in read_blocks(content, name))


def _reader(content: bytes, name: str, ending: str) -> Callable[[bytes], Iterator[Block]]:
    if ending in PACKED and not _sound(content):
        _refuse(t("“{name}”打不开，可能已损坏或加密。", "“{name}” cannot be opened; it may be damaged or encrypted.", name=name), "broken")
    if ending in OLD:
        _refuse(t("不会读 {ending} 文件。", "{ending} files cannot be read.", ending=ending.upper()), "kind")
    readers = {"docx": word_blocks, "odt": odt_blocks, "pdf": pdf_blocks}
    if ending in readers:
        return readers[ending]
    if ending in PLAIN and content[:4] not in {b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0"}:
        return _plain
    return _refuse(t("“{name}”不是能读的草案文件。", "“{name}” is no file a draft can be read from.", name=name), "kind")


def _plain(content: bytes) -> Iterator[Block]:
    return iter(blocks_of(decoded(content)))


def _sound(content: bytes) -> bool:
    """Whether a packed file opens and stays within bounds when unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        return sum(each.file_size for each in box.infolist()) <= MOST_UNPACKED


def _within(found: Iterator[Block], name: str) -> Iterator[Block]:
    characters = 0
    for n, each in enumerate(found):
        characters += len(each.text)
        if n >= MOST_BLOCKS or characters > MOST_CHARACTERS:
            _refuse(t("“{name}”太长，超过 100 万字。", "“{name}” is too long: over a million characters.", name=name), "too_long")
        yield each


def _refuse(reason: Text, code: str) -> Callable[[bytes], Iterator[Block]]:
    remedy = t("请另存为 DOCX 再上传，或直接粘贴文字。", "Save it as DOCX and upload it again, or paste the text.")
    no(reason, "", remedy, code=code).require()
    raise AssertionError
