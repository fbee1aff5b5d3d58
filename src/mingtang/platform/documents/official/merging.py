"""Word templates that an office may change: our standard one, the check of theirs, and a `Paper` put into it.

A field stands in double braces, ``{{标题}}``. Words take the look of the place they stand in; `BLOCKS` stand alone in a
paragraph and become as many paragraphs and tables as the paper has, in the styles of the template. There is nothing
else: no loops, no conditions, no code, so that a template from anywhere can do no harm.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from mingtang.kernel.text import Text, t
from mingtang.platform.documents.official import papers
from mingtang.platform.documents.official.marking import face, same_bytes
from mingtang.platform.documents.official.papers import NO_3, SIGN_PT, Kind, NameList, Paper, Section, complete, day_words
from mingtang.platform.documents.official.word import RANK_FONTS, to_docx, write_anchor, write_attachments, write_body, write_lists

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
WORDS: dict[str, Callable[[Paper], str]] = {
    "标志": lambda paper: paper.mark,
    "文号": lambda paper: paper.number,
    "标题": lambda paper: paper.title.replace("|", ""),
    "主送": lambda paper: paper.addressee,
    "发文机关": lambda paper: paper.issuer,
    "成文日期": lambda paper: day_words(paper.issued_on, paper.language),
    "抄送": lambda paper: paper.copies_to,
    "印发机关": lambda paper: paper.printed_by,
}
BLOCKS: dict[str, Callable[[Any, Paper], None]] = {
    "正文": write_body,
    "附件": write_attachments,
    "名单": write_lists,
}
FIELD_LABELS: dict[str, Text] = {
    "标志": t("版头的红色标志", "the red mark at the head"),
    "文号": t("发文字号", "the number"),
    "标题": t("标题", "the title"),
    "主送": t("主送机关", "whom it addresses"),
    "发文机关": t("发文机关署名", "who issues it"),
    "成文日期": t("成文日期", "the day"),
    "抄送": t("抄送机关", "copies to"),
    "印发机关": t("印发机关", "who printed it"),
    "正文": t("正文各段、标题和表格（独占一段）", "the text with headings and tables (alone in its paragraph)"),
    "附件": t("附件说明（独占一段）", "the attachments (alone in its paragraph)"),
    "名单": t("出席、请假、列席名单（独占一段）", "the lists of names (alone in its paragraph)"),
}
STAND_IN_DAY = date(1111, 11, 11)


@dataclass(frozen=True, slots=True)
class TemplateKind:
    """One of the documents of the house: what it is called, how its head looks, what its template must hold."""

    key: str
    label: Text
    kind: Kind
    needed: tuple[str, ...]


KINDS: dict[str, TemplateKind] = {
    each.key: each
    for each in (
        TemplateKind("minutes", t("会议纪要", "Minutes"), "minutes", ("标志", "文号", "标题", "发文机关", "成文日期", "正文", "名单")),
        TemplateKind("notice", t("列席通知", "Notice to attend"), "paper", ("标题", "主送", "正文", "发文机关", "成文日期")),
        TemplateKind("declaration", t("议题申报表", "Declaration form"), "paper", ("标题", "正文", "发文机关", "成文日期")),
        TemplateKind("agenda", t("会议议程", "Agenda"), "paper", ("标题", "正文", "发文机关", "成文日期")),
        TemplateKind("attendance", t("到会名单", "Attendance list"), "minutes", ("标题", "名单")),
        TemplateKind("report", t("意见采纳情况报告", "Adoption report"), "paper", ("标题", "正文", "发文机关", "成文日期")),
        TemplateKind("hearing", t("听证笔录", "Hearing record"), "paper", ("标题", "正文")),
    )
}
MINUTES_ORDER = ("正文", "附件", "名单")


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a template; nothing when all is empty and it could be read."""

    readable: bool
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    crowded: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether papers can be put into it."""
        return self.readable and not (self.unknown or self.missing or self.crowded)


def standard_template(key: str) -> bytes:
    """Our template of a kind to the measures of GB/T 9704, with every field in its place."""
    kind = KINDS[key].kind
    paper = Paper(
        mark="{{标志}}",
        number="{{文号}}",
        title="{{标题}}",
        issuer="{{发文机关}}",
        issued_on=STAND_IN_DAY,
        sections=(Section(paragraphs=tuple("{{" + name + "}}" for name in MINUTES_ORDER)),),
        kind=kind,
        addressee="" if kind == "minutes" else "{{主送}}",
        copies_to="{{抄送}}",
        printed_by="{{印发机关}}",
    )
    made = Document(io.BytesIO(to_docx(paper)))
    words = day_words(STAND_IN_DAY, "zh")
    for line in _lines(made):
        for start in [found.start() for found in re.finditer(words, line.text)][::-1]:
            _put(line, start, start + len(words), "{{成文日期}}")
        if kind == "paper" and line.text in {"{{发文机关}}", "{{成文日期}}"}:
            line.paragraph_format.right_indent = Pt(4 * SIGN_PT)
    return _saved(made)


def check_template(key: str, content: bytes) -> Checked:
    """Unknown fields, missing ones, blocks that share their paragraph with words."""
    try:
        made = Document(io.BytesIO(content))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return Checked(readable=False)
    found: list[str] = []
    crowded: list[str] = []
    for line in _lines(made):
        names = FIELD.findall(line.text)
        found += names
        crowded += [name for name in names if name in BLOCKS and FIELD.sub("", line.text, count=1).strip(" ：:")]
    known = {*WORDS, *BLOCKS}
    unknown = tuple(dict.fromkeys(each for each in found if each not in known))
    missing = tuple(each for each in KINDS[key].needed if each not in found)
    return Checked(True, unknown, missing, tuple(dict.fromkeys(crowded)))


def fill(content: bytes, paper: Paper) -> bytes:
    """The paper in the template, as DOCX; the same paper gives the same bytes. The template must be `Checked.good`."""
    paper = complete(paper)
    made = Document(io.BytesIO(content))
    _styled(made)
    last: Any = None
    for line in list(_lines(made)):
        names = FIELD.findall(line.text)
        if len(names) == 1 and names[0] in BLOCKS:
            came = _block(made, line, BLOCKS[names[0]], paper)
            last = came if came is not None else last
        elif names:
            _words(line, paper)
    if last is not None:
        for each in _written(made, write_anchor, paper)[::-1]:
            last.addnext(each)
    facts = made.core_properties
    facts.title, facts.author, facts.subject = paper.title.replace("|", ""), paper.issuer, paper.number
    return _saved(made)


def sample(key: str) -> Paper:
    """An invented paper of a kind, for the preview of a template."""
    sections = papers.numbered(
        (
            Section("关于老旧小区加装电梯", ("会议原则通过。", "列席代表张三（社会公众）建议：写明一层住户的补偿。")),
            Section("有关要求", ("请区住房和城乡建设局抓好落实。",), rank=2),
        )
    )
    lists = (
        NameList("出席", ("区长陈一", "区住房和城乡建设局")),
        NameList("请假", ("副区长李四",)),
        NameList("列席", ("张三（社会公众）",)),
    )
    kind = KINDS[key]
    return Paper(
        mark=f"样区人民政府{kind.label.within('zh')}",
        number="〔2026〕1号",
        title=f"{kind.label.within('zh')}样例",
        issuer="样区人民政府办公室",
        issued_on=date(2026, 11, 24),
        sections=sections,
        lists=lists,
        kind=kind.kind,
        addressee="" if kind.kind == "minutes" else "各有关单位",
        attachments=("材料一",),
        copies_to="区委办公室。",
        printed_by="样区人民政府办公室",
    )


def lines_of(content: bytes) -> list[str]:
    """The words of a DOCX, line by line, for looking at before it is used."""
    return [line.text.strip() for line in _lines(Document(io.BytesIO(content))) if line.text.strip()]


def _lines(made: Any) -> Iterator[Paragraph]:
    """Every paragraph: of the body, tables and boxes included, of heads and feet."""
    roots = [made.element.body]
    for section in made.sections:
        feet = (
            section.header,
            section.footer,
            section.even_page_header,
            section.even_page_footer,
            section.first_page_header,
            section.first_page_footer,
        )
        roots += [each._element for each in feet if not each.is_linked_to_previous]  # noqa: SLF001 - no interface for all paragraphs of a foot
    for root in roots:
        for each in root.iter(qn("w:p")):
            yield Paragraph(each, made._body)  # noqa: SLF001 - the parent that styles are looked up through


def _put(line: Paragraph, start: int, end: int, words: str) -> Any:
    """Replace the signs `start` … `end` of a paragraph, in the look of the first of them; Word cuts text into runs as it likes."""
    at = 0
    first = None
    for run in line.runs:
        length = len(run.text)
        begin, stop = max(start - at, 0), min(end - at, length)
        if begin < stop:
            run.text = run.text[:begin] + (words if first is None else "") + run.text[stop:]
            first = first if first is not None else run
        at += length
    return first


def _words(line: Paragraph, paper: Paper) -> None:
    values = {name: WORDS[name](paper) for name in FIELD.findall(line.text)}
    if not any(value for name, value in values.items() if name != "成文日期" or len(values) == 1):
        line._p.getparent().remove(line._p)  # noqa: SLF001 - no interface for taking a paragraph away
        return
    for found in list(FIELD.finditer(line.text))[::-1]:
        words = values[found[1]]
        run = _put(line, found.start(), found.end(), words)
        if found[1] == "标志" and run is not None and run.font.size:
            run.font.size = min(run.font.size, Pt(int(papers.BODY_MM[0] / 25.4 * 72 / max(len(words), 1))))


def _block(made: Any, line: Paragraph, write: Callable[[Any, Paper], None], paper: Paper) -> Any:
    """Put a block where its field stood; gives the last part of it, None when the paper has nothing for it."""
    came = _written(made, write, paper)
    place = line._p  # noqa: SLF001 - where the block goes
    for each in came:
        place.addprevious(each)
    place.getparent().remove(place)
    return came[-1] if came else None


def _written(made: Any, write: Callable[[Any, Paper], None], paper: Paper) -> list[Any]:
    """What `write` put at the end of the document."""
    body = made.element.body
    there = set(body)
    write(made, paper)
    return [each for each in body if each not in there]


def _styled(made: Any) -> None:
    """Styles the blocks need and an office's template may not have."""
    for rank, font in RANK_FONTS.items():
        name = f"Heading {rank}"
        if name not in made.styles:
            style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size = Pt(NO_3)
            face(style, font)
    if "Table Grid" not in made.styles:
        made.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)


def _saved(made: Any) -> bytes:
    box = io.BytesIO()
    made.save(box)
    return same_bytes(box.getvalue())
