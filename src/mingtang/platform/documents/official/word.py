"""A `Paper` as DOCX, for offices that go on working with it in a word processor.

The fonts are named, not embedded: 仿宋, 黑体, 楷体 and 方正小标宋简体 are on every office machine; another
machine shows its nearest font. The same paper gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt, RGBColor

from mingtang.platform.documents.official import papers
from mingtang.platform.documents.official.marking import (
    border,
    face,
    page_number,
    repeated,
    same_bytes,
    speech,
    text_grid,
    undivided,
    without_borders,
)
from mingtang.platform.documents.official.papers import (
    NO_2,
    NO_3,
    NO_4,
    SIGN_PT,
    SMALL_4,
    Paper,
    Table,
    complete,
    day_words,
)

BODY, HEAD, SECOND, MARK, FOLIO = "仿宋", "黑体", "楷体", "方正小标宋简体", "宋体"
RED = RGBColor(0xD0, 0x02, 0x1B)
RANK_FONTS = {1: HEAD, 2: SECOND, 3: BODY}
LARGEST_MARK = 44.0
TWIPS = 20
CENTRE, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY


def to_docx(paper: Paper) -> bytes:
    """The DOCX of `paper`."""
    paper = complete(paper)
    made = Document()
    _page(made)
    _styles(made, paper.language)
    _head(made, paper)
    if paper.addressee:
        _line(made, f"{paper.addressee}{'：' if paper.language == 'zh' else ':'}", align=BOTH)
    write_body(made, paper)
    _tail(made, paper)
    _imprint(made, paper)
    _folios(made)
    _properties(made, paper)
    box = io.BytesIO()
    made.save(box)
    return same_bytes(box.getvalue())


def _page(made: Any) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = (Mm(each) for each in papers.PAGE_MM)
    section.top_margin, section.left_margin = Mm(papers.TOP_MM), Mm(papers.LEFT_MM)
    section.right_margin, section.bottom_margin = Mm(papers.RIGHT_MM), Mm(papers.BOTTOM_MM)
    section.footer_distance = Mm(papers.BOTTOM_MM - papers.FOLIO_BELOW_BODY_MM) - Pt(NO_4)
    text_grid(section, round(papers.LINE_PT * TWIPS), round((SIGN_PT - NO_3) * 4096))


def _styles(made: Any, language: str) -> None:
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        style = made.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(NO_3), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(papers.LINE_PT)
        form.widow_control = False
        face(style, BODY)
    for rank, font in RANK_FONTS.items():
        face(made.styles[f"Heading {rank}"], font)
    title = made.styles["Title"]
    title.font.size, title.paragraph_format.line_spacing = Pt(NO_2), Pt(papers.LINE_PT * 1.15)
    face(title, MARK)
    without_borders(title)
    speech(made.styles["Normal"], "zh-CN" if language == "zh" else "en-GB")


def _line(
    where: Any,
    words: str = "",
    *,
    font: str = "",
    size: float = 0,
    align: Any = None,
    style: str | None = None,
) -> Any:
    """One paragraph of one run."""
    line = where.add_paragraph(style=style)
    if align is not None:
        line.alignment = align
    if words:
        _run(line, words, font=font, size=size)
    return line


def _run(line: Any, words: str, *, font: str = "", size: float = 0) -> Any:
    run = line.add_run(words)
    if font:
        face(run, font)
    if size:
        run.font.size = Pt(size)
    return run


def _head(made: Any, paper: Paper) -> None:
    wide = len(paper.mark) if paper.language == "zh" else len(paper.mark) * 0.56
    points = min(LARGEST_MARK, papers.BODY_MM[0] / 25.4 * 72 / max(wide, 1))
    mark = _line(made, align=CENTRE)
    _run(mark, paper.mark, font=MARK, size=int(points)).font.color.rgb = RED
    mark.paragraph_format.space_before = Mm(papers.MARK_BELOW_BODY_TOP_MM)
    mark.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    _line(made)
    _line(made)
    last = _line(made, paper.number, align=CENTRE)
    if paper.kind == "minutes":
        last = _both_ends(made, paper.issuer, day_words(paper.issued_on, paper.language))
    border(last, "bottom", eighths=8, colour="D0021B", gap=round(papers.RULE_BELOW_NUMBER_MM / 25.4 * 72))
    _line(made)
    _line(made)
    title = made.add_paragraph(style="Title")
    title.alignment = CENTRE
    for n, words in enumerate(papers.title_lines(paper.title)):
        run = title.add_run()
        if n:
            run.add_break()
        run.add_text(words)
    _line(made)


def _both_ends(where: Any, left: str, right: str, size: float = 0) -> Any:
    line = where.add_paragraph()
    sign = size or SIGN_PT
    form = line.paragraph_format
    form.left_indent, form.right_indent = Pt(sign), Pt(sign)
    form.tab_stops.add_tab_stop(Mm(papers.BODY_MM[0]) - Pt(sign), WD_TAB_ALIGNMENT.RIGHT)
    _run(line, f"{left}\t{right}", size=size)
    return line


def write_body(made: Any, paper: Paper) -> None:
    """Headings, paragraphs and tables, put at the end of a document."""
    chinese = paper.language == "zh"
    for section in paper.sections:
        if section.heading:
            rank = min(max(section.rank, 1), 3)
            _indented(_line(made, section.heading, style=f"Heading {rank}"), chinese=chinese)
        for words in section.paragraphs:
            for each in words.split("\n"):
                if each.strip():
                    _indented(_line(made, each.strip(), align=BOTH), chinese=chinese)
        if section.table:
            _table(made, section.table)


def _indented(line: Any, *, chinese: bool) -> None:
    if chinese:
        line.paragraph_format.first_line_indent = Pt(2 * SIGN_PT)


def _table(made: Any, table: Table) -> None:
    grid = made.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit, grid.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    whole = sum(table.shares)
    widths = [Mm(papers.BODY_MM[0] * share / whole) for share in table.shares]
    _cells(grid.rows[0], table.columns, widths, font=HEAD)
    repeated(grid.rows[0])
    for row in table.rows:
        _cells(grid.add_row(), row, widths)


def _cells(row: Any, words: Sequence[str], widths: Sequence[Any], *, font: str = "") -> None:
    undivided(row)
    for n, (cell, width) in enumerate(zip(row.cells, widths, strict=True)):
        cell.width = width
        line = cell.paragraphs[0]
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        _run(line, words[n] if n < len(words) else "", font=font, size=SMALL_4)


def _tail(made: Any, paper: Paper) -> None:
    if paper.attachments:
        _line(made)
    write_attachments(made, paper)
    if paper.kind == "paper":
        _signature(made, paper)
    if paper.lists:
        _line(made)
    write_lists(made, paper)


def write_anchor(made: Any, paper: Paper) -> None:
    """The head of the public log, in small print, put at the end of a document."""
    if paper.anchor:
        _line(made)
        _line(made, paper.anchor, size=papers.ANCHOR_PT).paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def write_lists(made: Any, paper: Paper) -> None:
    """The lists of names, each under its black heading, put at the end of a document."""
    for each in paper.lists:
        _hanging(made, each.heading, papers.names_in_line(each.names, paper.language), chinese=paper.language == "zh", font=HEAD)


def write_attachments(made: Any, paper: Paper) -> None:
    """What is attached, put at the end of a document."""
    chinese = paper.language == "zh"
    head = "附件" if chinese else "Attachments"
    for n, each in enumerate(paper.attachments, 1):
        line = _hanging(made, head, f"{n}. {each}", chinese=chinese)
        if n > 1:
            line.runs[0].text = ""
            line.runs[1].text = ""
            line.paragraph_format.first_line_indent = Pt(0)


def _hanging(made: Any, heading: str, words: str, *, chinese: bool, font: str = "") -> Any:
    """``出席：`` and the names; lines that wrap begin under the first name."""
    head = (len(heading) + 1 if chinese else len(heading) * 0.5 + 1) * SIGN_PT
    indent = (2 if chinese else 0) * SIGN_PT
    line = made.add_paragraph()
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(indent + head), Pt(-head)
    _run(line, heading, font=font)
    _run(line, "：" if chinese else ":\t")
    _run(line, words)
    return line


def _signature(made: Any, paper: Paper) -> None:
    """Issuer and day, four signs from the right edge, the shorter centred on the longer."""
    day = day_words(paper.issued_on, paper.language)
    widths = [papers.signs_wide(each) * SIGN_PT for each in (paper.issuer, day)]
    _line(made)
    for words, wide in zip((paper.issuer, day), widths, strict=True):
        line = _line(made, words, align=RIGHT)
        line.paragraph_format.right_indent = Pt(4 * SIGN_PT + (max(widths) - wide) / 2)
        line.paragraph_format.keep_together = True
        line.paragraph_format.keep_with_next = words == paper.issuer


def _imprint(made: Any, paper: Paper) -> None:
    """The head of the log in small print; 版记: whom it is copied to, who printed it and when, between rules."""
    chinese = paper.language == "zh"
    write_anchor(made, paper)
    lines = []
    if paper.copies_to or paper.printed_by:
        _line(made)
    if paper.copies_to:
        lines.append(_both_ends(made, f"抄送：{paper.copies_to}" if chinese else f"Copies to: {paper.copies_to}", "", NO_4))
    if paper.printed_by:
        day = day_words(paper.issued_on, paper.language)
        lines.append(_both_ends(made, paper.printed_by, f"{day}印发" if chinese else f"Issued {day}", NO_4))
    for n, line in enumerate(lines):
        border(line, "top", eighths=6 if n else 8)
    if lines:
        border(lines[-1], "bottom", eighths=8)


def _folios(made: Any) -> None:
    """— 1 —, at the right on odd and at the left on even pages, one sign from the edge."""
    made.settings.odd_and_even_pages_header_footer = True
    section = made.sections[0]
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        line = footer.paragraphs[0]
        line.alignment = align
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(NO_4)
        _run(line, "— ", font=FOLIO, size=NO_4)
        page_number(_run(line, "", font=FOLIO, size=NO_4))
        _run(line, " —", font=FOLIO, size=NO_4)


def _properties(made: Any, paper: Paper) -> None:
    facts = made.core_properties
    facts.title, facts.author, facts.subject = paper.title.replace("|", ""), paper.issuer, paper.number
    facts.comments, facts.keywords, facts.last_modified_by = "", "", paper.issuer
    facts.language = "zh-CN" if paper.language == "zh" else "en-GB"
    facts.created = facts.modified = datetime.combine(paper.issued_on, time(12))
