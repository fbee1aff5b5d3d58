"""Official documents: what they say and how they measure, read back from the files themselves."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from typst import TypstError

from mingtang.platform.documents.official import (
    NameList,
    Paper,
    Section,
    Table,
    numbered,
    pdf,
    to_docx,
    to_pdf,
)
from mingtang.platform.documents.official.papers import chinese_number, cleaned, day_words, title_lines
from mingtang.platform.files.rules import sniff

A4_POINTS = (595.28, 841.89)
SECTIONS = numbered(
    (
        Section("老旧小区加装电梯", ("会议原则通过。", "列席代表张三建议：写明一层住户的补偿。")),
        Section("合理化建议", ("已写入第十二条。\n另行答复。",), rank=2),
        Section("细则", rank=3),
        Section("路灯节能改造", table=Table(("意见", "结论"), (("早点换", "采纳"), ("少一格",)), (3, 1))),
        Section(paragraphs=("没有标题的一段。",)),
    )
)
MINUTES = Paper(
    mark="清河区人民政府常务会议纪要",
    number="〔2026〕18号",
    title="清河区人民政府第18次|常务会议纪要",
    issuer="清河区人民政府办公室",
    issued_on=date(2026, 11, 24),
    sections=SECTIONS,
    kind="minutes",
    lists=(
        NameList("出席", tuple(f"王{n}（区政府）" for n in "一二三四五六七八九")),
        NameList("请假", ("李四",)),
        NameList("列席代表", ("张三（公众代表）",)),
    ),
    copies_to="区委办公室。",
    printed_by="清河区人民政府办公室",
)
REPORT = replace(
    MINUTES,
    kind="paper",
    mark="清河区住房和城乡建设局文件",
    number="清住建〔2026〕41号",
    lists=(),
    addressee="区人民政府",
    attachments=("汇总表", "对照表"),
    title="关于《清河区老旧小区加装电梯|补助实施办法（征求意见稿）》|公众意见采纳情况的报告",
    issuer="清河区住房和城乡建设局",
)


def words_of(content: bytes) -> str:
    """The words of a PDF without spaces and line breaks."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def opened(paper: Paper) -> Any:
    return Document(io.BytesIO(to_docx(paper)))


def line_of(made: Any, start: str) -> Any:
    return next(each for each in made.paragraphs if each.text.startswith(start))


def face_of(run: Any) -> str:
    return run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))


def marks(content: bytes) -> list[tuple[str, float, float, float]]:
    """Every piece of text of the first page: words, x and y from the upper left in mm, size in points."""
    found: list[tuple[str, float, float, float]] = []
    page = PdfReader(io.BytesIO(content)).pages[0]
    height = float(page.mediabox.height)

    def note(words: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if words.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((words.strip(), x / 72 * 25.4, (height - y) / 72 * 25.4, abs(size * tm[0])))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("paper", [MINUTES, REPORT])
def test_the_pdf_says_everything_the_paper_holds(paper):
    said = words_of(to_pdf(paper))
    expected = [
        paper.mark,
        paper.number,
        paper.title.replace("|", ""),
        paper.issuer,
        "2026年11月24日",
        "一、老旧小区加装电梯",
        "（一）合理化建议",
        "1.细则",
        "二、路灯节能改造",
        "列席代表张三建议：写明一层住户的补偿。",
        "另行答复。",
        "早点换",
        "少一格",
        "没有标题的一段。",
        "抄送：区委办公室。",
        "2026年11月24日印发",
        "—1—",
        *[f"{each.heading}：{'、'.join(each.names)}" for each in paper.lists],
        *[f"{n}.{each}" for n, each in enumerate(paper.attachments, 1)],
    ]
    assert [each for each in expected if re.sub(r"\s", "", each) not in said] == []


@pytest.mark.parametrize("paper", [MINUTES, REPORT])
def test_the_docx_says_everything_the_paper_holds(paper):
    made = opened(paper)
    said = re.sub(r"\s", "", "".join(each.text for each in made.paragraphs))
    expected = [
        paper.mark,
        paper.number,
        paper.title.replace("|", ""),
        f"{paper.issuer}2026年11月24日",
        "一、老旧小区加装电梯",
        "（一）合理化建议",
        "1.细则",
        "二、路灯节能改造",
        "另行答复。",
        "没有标题的一段。",
        "抄送：区委办公室。",
        "2026年11月24日印发",
        *[f"{each.heading}：{'、'.join(each.names)}" for each in paper.lists],
        *[f"{n}.{each}" for n, each in enumerate(paper.attachments, 1)],
    ]
    assert [each for each in expected if re.sub(r"\s", "", each) not in said] == []
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["意见", "结论"],
        ["早点换", "采纳"],
        ["少一格", ""],
    ]


def test_the_pdf_is_for_the_archive_and_for_screen_readers():
    reader = PdfReader(io.BytesIO(to_pdf(MINUTES)))
    described = reader.xmp_metadata.stream.get_data().decode() if reader.xmp_metadata else ""
    assert re.search(r"pdfaid:part>2<", described)
    assert re.search(r"pdfaid:conformance>B<", described)
    assert re.search(r"pdfuaid:part>1<", described)
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (
        "清河区人民政府第18次常务会议纪要",
        "清河区人民政府办公室",
    )
    assert tuple(round(float(each), 1) for each in reader.pages[0].mediabox[2:]) == tuple(round(each, 1) for each in A4_POINTS)


def test_the_pdf_keeps_the_measures_of_the_standard():
    found = marks(to_pdf(MINUTES))
    mark = next(each for each in found if each[0].startswith("清河区人民政府常"))
    top_of_mark = mark[2] - 0.88 * mark[3] / 72 * 25.4
    assert top_of_mark == pytest.approx(72, abs=1)
    body = [each for each in found if each[3] == pytest.approx(16, abs=0.3)]
    assert min(each[1] for each in body) >= 28 - 0.1
    assert max(each[2] for each in body) <= 37 + 225
    folio = next(each for each in found if each[0].startswith("—"))
    assert folio[2] == pytest.approx(37 + 225 + 7 + 0.88 * 14 / 72 * 25.4, abs=1.5)
    assert folio[1] > 105


def test_page_numbers_stand_outside_on_both_sides():
    long = replace(MINUTES, sections=(Section(paragraphs=("会议同意。" * 300,)),))
    pages = PdfReader(io.BytesIO(to_pdf(long))).pages
    assert len(pages) > 2
    even: list[float] = []
    pages[1].extract_text(visitor_text=lambda words, _cm, tm, _font, _size: even.append(tm[4]) if "—" in words else None)
    assert even[0] / 72 * 25.4 < 60


def test_a_page_holds_22_lines_of_28_signs():
    long = replace(MINUTES, sections=(Section(paragraphs=("会" * 3000,)),))
    lines = [each for each in PdfReader(io.BytesIO(to_pdf(long))).pages[1].extract_text().split("\n") if "会" in each]
    assert len(lines) == 22
    assert {len(each.strip()) for each in lines} == {28}


def test_the_docx_keeps_the_measures_of_the_standard():
    made = opened(MINUTES)
    section = made.sections[0]
    got = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
        section.bottom_margin,
    )
    assert [round(each.mm) for each in got] == [210, 297, 37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "580")
    mark = made.paragraphs[0]
    assert round(mark.paragraph_format.space_before.mm) == 35
    assert (mark.runs[0].font.color.rgb, face_of(mark.runs[0])) == (
        RGBColor(0xD0, 0x02, 0x1B),
        "方正小标宋简体",
    )
    assert section.footer_distance == pytest.approx(Mm(35 - 7) - Pt(14), abs=635)
    assert made.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert footer.paragraphs[0].text.replace(" ", "") == "——"
        assert "PAGE" in footer._element.xml


def test_the_docx_names_the_prescribed_fonts():
    made = opened(MINUTES)
    fonts = {
        each: made.styles[each].element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for each in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3")
    }
    assert fonts == {
        "Normal": "仿宋",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体",
        "Heading 3": "仿宋",
    }
    assert not any("Theme" in each for name in fonts for each in made.styles[name].element.rPr.find(qn("w:rFonts")).attrib)
    assert [each.style.name for each in made.paragraphs if each.style.name != "Normal"] == [
        "Title",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 1",
    ]


def test_names_stand_under_black_headings_and_wrap_behind_the_colon():
    made = opened(MINUTES)
    line = line_of(made, "列席代表：")
    assert (face_of(line.runs[0]), line.runs[0].text) == ("黑体", "列席代表")
    hanging = line.paragraph_format
    assert hanging.first_line_indent.pt == pytest.approx(-5 * 15.79, abs=0.1)
    assert hanging.left_indent.pt == pytest.approx(7 * 15.79, abs=0.1)
    heads = [
        each.text.split("：")[0] for each in made.paragraphs if "：" in each.text and each.runs[0].text in {"出席", "请假", "列席代表"}
    ]
    assert heads == ["出席", "请假", "列席代表"]


@pytest.mark.parametrize("write", [to_pdf, to_docx])
def test_the_same_paper_gives_the_same_bytes(write):
    assert write(REPORT) == write(REPORT)


@pytest.mark.parametrize(("write", "name"), [(to_pdf, "a.pdf"), (to_docx, "a.docx")])
def test_what_is_written_may_be_kept_again(write, name):
    found = sniff(write(MINUTES), name)
    assert (found.ending, found.danger) == (name[2:], "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sign_no_font_has_is_marked_and_named_instead_of_failing(language):
    rare = replace(MINUTES, lists=(NameList("列席", ("王\U00030edf", "李\ue000")),), language=language)
    said = words_of(to_pdf(rare))
    assert "王〓" in said
    assert "李〓" in said
    assert "U+30EDF、U+E000" in said
    assert ("文字版" in said) is (language == "zh")
    assert "王\U00030edf" in "".join(each.text for each in opened(rare).paragraphs)


@pytest.mark.parametrize("words", ["一家👨\u200d👩\u200d👧都来", "早起🤦🏻\u200d♀️怎样🫴🏻", "ก็ได้"])
def test_signs_joined_to_a_missing_one_do_not_keep_the_paper_from_going_out(words):
    paper = Paper("纪要", "一号", "题", "局", date(2026, 1, 1), (Section("一", (words,)),))
    assert "代替本机字库没有的字" in words_of(to_pdf(paper))


def test_too_many_unknown_signs_or_another_failure_is_not_hidden(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_MISSING", 1)
    with pytest.raises(TypstError):
        to_pdf(replace(MINUTES, number="\ue000\ue001\ue002"))
    monkeypatch.setattr(pdf, "_source", lambda _name: b"#panic(1)")
    with pytest.raises(TypstError):
        to_pdf(MINUTES)


def test_words_are_never_taken_for_commands():
    nasty = '#panic("x") $x^2$ *粗* _斜_ `码` @见 <签> \\ "引" // 注 = 题 [括] {块} ~'
    paper = replace(
        MINUTES,
        title=nasty,
        issuer=nasty,
        sections=(Section(nasty, (nasty,)),),
        lists=(NameList(nasty, (nasty,)),),
        copies_to=nasty,
    )
    assert words_of(to_pdf(paper)).count('#panic("x")') >= 5
    assert nasty in [each.text for each in opened(paper).paragraphs]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_both_files_come_out(title, words):
    paper = Paper("某区文件", "", title, "某局", date(2026, 1, 1), (Section(words, (words,)),))
    assert to_pdf(paper).startswith(b"%PDF-")
    assert opened(paper).core_properties.author == "某局"


@pytest.mark.parametrize("kind", ["minutes", "paper"])
def test_a_paper_with_the_least_in_it_comes_out_in_english(kind):
    paper = Paper(
        "District Government",
        "",
        "Minutes",
        "Office",
        date(2026, 3, 5),
        kind=kind,
        language="en",
        attachments=("A", "B"),
        addressee="All",
        copies_to="B",
        printed_by="C",
        lists=(NameList("Present", ("A B", "C D")),),
    )
    said = words_of(to_pdf(paper))
    for each in (
        "DistrictGovernment",
        "5March2026",
        "Attachments:1.A2.B",
        "All:",
        "Copiesto:B",
        "Issued5March2026",
        "Present:AB,CD",
    ):
        assert each in said
    written = "\n".join(each.text for each in opened(paper).paragraphs)
    for each in ("Attachments:\t1. A", "All:", "Copies to: B", "Issued 5 March 2026", "Present:\tA B, C D"):
        assert each in written


def test_headings_are_counted_anew_below_each_higher_one():
    found = numbered(
        [
            Section("甲"),
            Section("乙", rank=2),
            Section("丙", rank=2),
            Section("丁", rank=3),
            Section("戊"),
            Section("己", rank=2),
            Section(),
        ]
    )
    assert [each.heading for each in found] == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1. 丁",
        "二、戊",
        "（一）己",
        "",
    ]
    english = numbered([Section("A"), Section("B", rank=2), Section("C", rank=3), *[Section("D", rank=3)] * 26], "en")
    assert [english[0].heading, english[1].heading, english[2].heading, english[-1].heading] == [
        "1. A",
        "(1) B",
        "(a) C",
        "(27) D",
    ]


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九"), (100, "100"), (0, "0")],
)
def test_numbers_are_written_as_people_write_them(n, words):
    assert chinese_number(n) == words


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("短|标题", ("短标题",)),
        ("没有断点的很长的标题" * 3, ("没有断点的很长的标题" * 3,)),
        (REPORT.title, tuple(REPORT.title.split("|"))),
        ("甲" * 12 + "|" + "乙" * 5 + "|" + "丙" * 9 + "|", ("甲" * 12 + "乙" * 5, "丙" * 9)),
        ("", ("",)),
    ],
)
def test_a_title_breaks_only_where_it_may(title, lines):
    assert title_lines(title) == lines


def test_signs_no_document_can_carry_are_taken_out():
    paper = replace(
        MINUTES,
        number="a\x00b\r\nc\ud800\ufffe\x85",
        sections=(Section("h\x07", ("p\t1\n2",), table=Table(("c\x01",), (("r\x02",),))),),
    )
    found = cleaned(paper)
    assert (found.number, found.sections[0].heading, found.sections[0].paragraphs) == (
        "ab\nc",
        "h",
        ("p\t1\n2",),
    )
    assert found.sections[0].table == Table(("c",), (("r",),))
    assert found.issued_on == MINUTES.issued_on


def test_days_are_written_in_both_languages():
    assert (day_words(date(2026, 1, 2), "zh"), day_words(date(2026, 1, 2), "en")) == (
        "2026年1月2日",
        "2 January 2026",
    )
