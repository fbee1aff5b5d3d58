"""Word templates an office changes: checked field by field, filled without losing measures or words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from mingtang.platform.documents.official import to_docx
from mingtang.platform.documents.official.merging import KINDS, Checked, check_template, fill, lines_of, sample, standard_template


def changed(key: str, change) -> bytes:
    """The standard template as somebody changed it in Word."""
    made = Document(io.BytesIO(standard_template(key)))
    change(made)
    box = io.BytesIO()
    made.save(box)
    return box.getvalue()


def paragraph(made, start: str):
    return next(each for each in made.paragraphs if each.text.startswith(start))


def words(content: bytes) -> list[str]:
    """The lines of the body, without those of the feet."""
    return [each.text for each in Document(io.BytesIO(content)).paragraphs if each.text.strip()]


@pytest.mark.parametrize("key", list(KINDS))
def test_the_standard_template_is_good_and_says_what_the_standard_paper_says(key):
    content = standard_template(key)
    assert check_template(key, content).good
    paper = sample(key)
    assert sorted(words(fill(content, paper))) == sorted(words(to_docx(paper)))
    assert fill(content, paper) == fill(content, paper)


@pytest.mark.parametrize("key", list(KINDS))
def test_the_filled_standard_template_keeps_measures_and_fonts(key):
    section = Document(io.BytesIO(fill(standard_template(key), sample(key)))).sections[0]
    got = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(each.mm) for each in got] == [37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "580")


def test_a_heading_of_the_text_takes_the_style_of_the_template():
    def smaller(made):
        made.styles["Heading 1"].font.size = Pt(15)

    made = Document(io.BytesIO(fill(changed("minutes", smaller), sample("minutes"))))
    heading = paragraph(made, "一、")
    assert (heading.style.name, heading.style.font.size) == ("Heading 1", Pt(15))


def test_unknown_and_missing_fields_are_named():
    def spoil(made):
        paragraph(made, "{{文号}}").runs[0].text = "{{编号}}"
        line = paragraph(made, "{{名单}}")
        line._p.getparent().remove(line._p)

    assert check_template("minutes", changed("minutes", spoil)) == Checked(True, unknown=("编号",), missing=("文号", "名单"))


def test_a_block_among_words_is_named():
    def crowd(made):
        paragraph(made, "{{正文}}").add_run("，以下无正文")

    assert check_template("minutes", changed("minutes", crowd)) == Checked(True, crowded=("正文",))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7"])
def test_what_is_no_word_document_is_said_to_be_none(content):
    assert check_template("minutes", content) == Checked(readable=False)


def test_a_field_that_word_cut_into_pieces_is_one_field():
    def cut(made):
        line = paragraph(made, "{{文号}}")
        line.runs[0].text = "第{"
        for piece in ("{文", "号}", "}号"):
            line.add_run(piece)

    content = changed("minutes", cut)
    assert check_template("minutes", content).good
    assert "第〔2026〕1号号" in words(fill(content, sample("minutes")))


def test_fields_in_tables_feet_and_boxes_are_filled_too():
    def more(made):
        made.add_table(1, 1).rows[0].cells[0].text = "编号 {{文号}}"
        made.sections[0].footer.paragraphs[0].add_run("{{标题}}")

    lines = lines_of(fill(changed("minutes", more), sample("minutes")))
    assert "编号 〔2026〕1号" in lines
    assert any("会议纪要样例" in each and "—" in each for each in lines)


def test_a_line_with_nothing_in_it_is_taken_away():
    paper = replace(sample("notice"), number="", addressee="", attachments=(), copies_to="")
    said = words(fill(standard_template("notice"), paper))
    assert not any(each.startswith(("抄送", "：", "附件")) for each in said)
    assert "{{" not in "".join(said)


def test_a_long_mark_is_set_smaller_to_stay_on_one_line():
    paper = replace(sample("minutes"), mark="某某市某某区人民政府区长办公会议纪要")
    made = Document(io.BytesIO(fill(standard_template("minutes"), paper)))
    assert paragraph(made, "某某市").runs[0].font.size <= Pt(int(Mm(156).pt / len(paper.mark)))


def test_the_head_of_the_log_stands_behind_the_last_block():
    said = words(fill(standard_template("minutes"), replace(sample("minutes"), anchor="总账 7 条")))
    assert said[said.index("列席：张三（社会公众）") + 1] == "总账 7 条"


def test_words_that_look_like_a_field_stay_words():
    paper = replace(sample("minutes"), title="{{正文}}", issuer="{{x}}")
    assert "{{正文}}" in words(fill(standard_template("minutes"), paper))


def test_a_template_without_our_styles_gets_them():
    made = Document()
    for each in ("{{标志}}", "{{文号}}", "{{标题}}", "{{发文机关}}{{成文日期}}", "{{正文}}", "{{名单}}"):
        made.add_paragraph(each)
    styles = made.styles.element
    for name in ("Heading1", "Heading2", "Heading3", "TableGrid"):
        found = next((each for each in styles if each.get(qn("w:styleId")) == name), None)
        if found is not None:
            styles.remove(found)
    box = io.BytesIO()
    made.save(box)
    assert check_template("minutes", box.getvalue()).good
    assert "一、关于老旧小区加装电梯" in words(fill(box.getvalue(), sample("minutes")))
