"""The blocks of a draft and what each was taken for. Nothing is dropped: the blocks' words are the file's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from mingtang.kernel.text import Text, t
from mingtang.platform.documents.blocks import Block, blocks_of

__all__ = ["KIND_LABELS", "WHY_LABELS", "Block", "Kind", "Part", "blocks_of", "unrecognised", "whole"]


class Kind(StrEnum):
    """What a block of a draft is."""

    TITLE = "title"
    NUMBER = "number"
    PROPERTY = "property"
    ADDRESSEE = "addressee"
    PREAMBLE = "preamble"
    DIVISION = "division"
    CHAPTER = "chapter"
    SECTION = "section"
    CLAUSE = "clause"
    TEXT = "text"
    TABLE = "table"
    CONTENTS = "contents"
    LIST = "list"
    ATTACHMENT = "attachment"
    ATTACHED = "attached"
    SIGNATURE = "signature"
    NOTE = "note"
    PAGE = "page"
    IGNORED = "ignored"
    UNRECOGNISED = "unrecognised"


KIND_LABELS: dict[str, Text] = {
    Kind.TITLE: t("标题", "Title"),
    Kind.NUMBER: t("文号", "Number"),
    Kind.PROPERTY: t("网页信息项", "Property of the page"),
    Kind.ADDRESSEE: t("主送机关", "Addressee"),
    Kind.PREAMBLE: t("引言", "Preamble"),
    Kind.DIVISION: t("编或所附文件", "Part or enclosed document"),
    Kind.CHAPTER: t("章", "Chapter"),
    Kind.SECTION: t("节", "Section"),
    Kind.CLAUSE: t("条款", "Clause"),
    Kind.TEXT: t("条文续段", "Text of the clause"),
    Kind.TABLE: t("表格", "Table"),
    Kind.CONTENTS: t("目录", "Contents"),
    Kind.LIST: t("附件说明", "List of attachments"),
    Kind.ATTACHMENT: t("附件标题", "Attachment"),
    Kind.ATTACHED: t("附件内容", "Words of the attachment"),
    Kind.SIGNATURE: t("落款", "Signature and date"),
    Kind.NOTE: t("附注", "Note"),
    Kind.PAGE: t("页码或网页附带文字", "Page furniture"),
    Kind.IGNORED: t("不收入草案", "Left out"),
    Kind.UNRECOGNISED: t("未识别", "Not recognised"),
}


WHY_LABELS: dict[str, Text] = {
    "front": t("开头的短行，不是标题、文号、主送机关或引言", "A short line at the front that is no title, number, addressee or preamble"),
    "between": t("章名之后、第一条之前", "Between a chapter's name and its first clause"),
    "alone": t("不成句的短行，不知属于哪里", "A short line that is no sentence and belongs nowhere"),
    "after": t("落款之后", "After the signature"),
    "sequence": t("像条号，但不连续，可能是引用或漏号", "Looks like a clause number but is out of sequence"),
    "note": t("脚注或尾注，请确认放在哪里", "A footnote or endnote; say where it belongs"),
    "box": t("文本框里的文字", "Words of a text box"),
    "picture": t("图片，没有文字", "A picture without words"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One block and what it was taken for; `label`, `heading` and `body` stand for its words in the draft."""

    n: int
    kind: Kind
    text: str
    label: str = ""
    heading: str = ""
    body: str = ""
    level: int = 0
    joins: bool = False
    why: str = ""

    @property
    def words(self) -> str:
        """The words without white space at the ends."""
        return self.text.strip().strip("\ufeff")


def whole(parts: Iterable[Part]) -> str:
    """All words again, as they came."""
    return "".join(each.text for each in parts)


def unrecognised(parts: Iterable[Part]) -> Iterator[Part]:
    """The blocks a person has to place."""
    return (each for each in parts if each.kind is Kind.UNRECOGNISED)
