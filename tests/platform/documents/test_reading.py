"""Reading drafts: chapters, clauses, headings; whatever belongs to no clause is listed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from mingtang.kernel.decision import Refused
from mingtang.platform.documents.official import Paper, Section, to_pdf
from mingtang.platform.documents.reading import ParsedClause, ParsedDraft, parse_draft, read_draft, text_of

WORDS = """清河区老旧小区加装电梯补助实施办法
（征求意见稿）
清住建〔2026〕5号

第一章　总则
第一条　为了方便居民上下楼，制定本办法。
第二条　适用范围　本办法适用于本区四层以上的老旧小区。
下列情形除外：
（一）已列入拆迁的；
（二）平房。
第二章 补助
第三条 【标准】每台补助二十万元。
第四条 附则
本办法自公布之日起施行。
第五条 由区住建局解释
"""


def test_a_draft_by_articles_gives_its_chapters_clauses_and_headings():
    assert parse_draft(WORDS) == ParsedDraft(
        "清河区老旧小区加装电梯补助实施办法（征求意见稿）",
        (
            ParsedClause("第一条", "为了方便居民上下楼，制定本办法。", "", "第一章　总则"),
            ParsedClause(
                "第二条",
                "本办法适用于本区四层以上的老旧小区。\n下列情形除外：\n（一）已列入拆迁的；\n（二）平房。",
                "适用范围",
                "第一章　总则",
            ),
            ParsedClause("第三条", "每台补助二十万元。", "标准", "第二章　补助"),
            ParsedClause("第四条", "本办法自公布之日起施行。", "附则", "第二章　补助"),
            ParsedClause("第五条", "由区住建局解释", "", "第二章　补助"),
        ),
        ("清住建〔2026〕5号",),
    )


def test_a_draft_without_articles_is_read_by_its_items():
    found = parse_draft("路灯方案\n一、目标\n三年换完。\n二、钱从哪来\n3.5 万元由区里出。\n3. 每年公布一次结果。\n2026.11.24 起算。")
    assert [(each.label, each.heading, each.text) for each in found.clauses] == [
        ("一、", "目标", "三年换完。"),
        ("二、", "钱从哪来", "3.5 万元由区里出。"),
        ("3.", "", "每年公布一次结果。\n2026.11.24 起算。"),
    ]


def test_markdown_signs_are_taken_off():
    found = parse_draft("# 某办法\r\n## 第一章 总则\r\n**第一条** 为了居民，制定本办法。\r\n### 第二条 （适用） 适用本区。")
    assert found.title == "某办法"
    assert [(each.label, each.heading, each.text, each.chapter) for each in found.clauses] == [
        ("第一条", "", "为了居民，制定本办法。", "第一章　总则"),
        ("第二条", "适用", "适用本区。", "第一章　总则"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "第一章 总则",
                "第一条 目的",
                "一、目标",
                "1. 事项",
                "（一）分项",
                "没有编号的话",
                "— 3 —",
                "标题",
            ]
        ),
        max_size=12,
    )
)
def test_no_words_are_dropped(lines):
    found = parse_draft("\n".join(lines))
    everything = "".join(
        [
            found.title,
            *found.unrecognised,
            *[f"{each.chapter}{each.label}{each.heading}{each.text}" for each in found.clauses],
        ]
    )
    for line in lines:
        if line == "第一章 总则" and not found.clauses:
            continue
        for word in line.split():
            assert word in everything or word.strip("（）") in everything or line == "第一章 总则"


def docx_of(*paragraphs: str) -> tuple[Any, bytes]:
    made = Document()
    for each in paragraphs:
        made.add_paragraph(each)
    return made, saved(made)


def saved(made: Any) -> bytes:
    box = io.BytesIO()
    made.save(box)
    return box.getvalue()


def test_a_docx_is_read_with_its_tables_in_their_place():
    made, _ = docx_of("某办法", "第一条 补助标准如下：")
    grid = made.add_table(rows=2, cols=2)
    for n, words in enumerate(["层数", "金额", "四层", "二十万元"]):
        grid.cell(n // 2, n % 2).text = words
    made.add_paragraph("第二条 自公布之日起施行。")
    found = read_draft(saved(made), "办法.docx")
    assert [each.text for each in found.clauses] == [
        "补助标准如下：\n层数 | 金额\n四层 | 二十万元",
        "自公布之日起施行。",
    ]


NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>"""


def test_articles_counted_by_the_word_processor_are_counted_too():
    made, _ = docx_of("某办法")
    numbering = made.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in [
        (0, "制定本办法，方便居民。"),
        (1, "甲。"),
        (1, "乙。"),
        (0, "由区住建局解释，自公布起施行。"),
        (1, "丙。"),
        (2, "丁。"),
        (5, "戊。"),
    ]:
        line = made.add_paragraph(words)
        line._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="88"/></w:numPr>'))
    made.add_paragraph("按样式编号。", style="List Number")
    found = read_draft(saved(made), "办法.docx")
    assert [(each.label, each.text) for each in found.clauses] == [
        ("第一条", "制定本办法，方便居民。\n1）　甲。\n2）　乙。"),
        ("第二条", "由区住建局解释，自公布起施行。\n1）　丙。\n丁。\n戊。\n1.　按样式编号。"),
    ]


def test_a_pdf_is_read_and_lines_broken_by_the_page_are_joined():
    words = "第三条 " + "区住建局应当在收到申请后十五个工作日内完成审核并将结果书面告知申请人，" * 3 + "逾期视为同意。"
    paper = Paper(
        "某区文件",
        "某〔2026〕1号",
        "某办法",
        "某局",
        date(2026, 11, 24),
        (Section(paragraphs=("第一条 为了居民，制定本办法。", words)),),
    )
    found = read_draft(to_pdf(paper), "办法.pdf")
    assert [each.label for each in found.clauses] == ["第一条", "第三条"]
    assert "\n" not in found.clauses[1].text.split("逾期视为同意。")[0]
    assert found.clauses[1].text.count("书面告知申请人") == 3


def blank_pdf() -> bytes:
    made, box = PdfWriter(), io.BytesIO()
    made.add_blank_page(200, 200)
    made.write(box)
    return box.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"not a document", "a.docx", "broken"),
        (b"PK\x03\x04broken", "a.docx", "broken"),
        (b"%PDF-1.4 broken", "a.pdf", "broken"),
        (blank_pdf(), "scan.pdf", "no_text"),
        (b"  \n ", "a.txt", "no_text"),
        (b"\xd0\xcf\x11\xe0\x00\x00", "old.doc", "encoding"),
    ],
)
def test_a_file_that_gives_no_words_is_refused_with_a_way_out(content, name, code):
    with pytest.raises(Refused) as refused:
        text_of(content, name)
    assert refused.value.decision.code == code
    assert str(refused.value.decision.remedy)


def test_plain_text_is_read_in_an_offices_encoding():
    assert read_draft("某办法\n第一条 好。".encode("gb18030"), "a.txt").clauses == (ParsedClause("第一条", "好。"),)
