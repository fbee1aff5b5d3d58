"""Reaching people: poster, paper form, the card other sites may frame."""

from __future__ import annotations

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from mingtang.consultations.models import Consultation
from mingtang.consultations.published.posters import asks, ways_in
from mingtang.consultations.published.reaching import sheet_code
from tests.factories.consultations import closed, opened
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    """The words of a PDF, without the spaces of its setting."""
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages))


def width(answer) -> int:
    return round(float(PdfReader(io.BytesIO(answer.content)).pages[0].mediabox.width))


def test_a_poster_says_what_until_when_and_how_else():
    row, _clerk = opened()
    poster = Client().get(f"/consultations/{row.pk}/poster-a4.pdf")
    words = said(poster)
    for each in (
        "清河区老旧小区加装电梯补助实施办法",
        "老旧小区装电梯，区里补一部分钱。",
        "补助标准合适吗？",
        "2027-01-0824:00截止",
        "电话：0000-0000001",
    ):
        assert each in words
    assert f"http://testserver/consultations/{row.pk}/" in words
    assert (width(poster), width(Client().get(f"/consultations/{row.pk}/poster-a3.pdf"))) == (595, 842)


def test_a_long_title_fits_on_one_page_in_both_languages():
    row, _clerk = opened(
        approved(title="清河区关于进一步完善老旧小区|既有多层住宅加装电梯工作|并建立长效管理与养护机制的|若干补助办法及实施细则（试行）")
    )
    for prefix in ("", "/en"):
        answer = Client().get(f"{prefix}/consultations/{row.pk}/poster-a4.pdf")
        assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert "|" not in said(Client().get(f"/consultations/{row.pk}/poster-a4.pdf"))


def test_one_page_in_plain_words_says_what_changes_for_whom_and_of_which_version():
    row, _clerk = opened()
    row.terms.create(term="既有住宅", explanation="已经建成交付的住宅。")
    answer = Client().get(f"/consultations/{row.pk}/plain.pdf")
    words = said(answer)
    for each in ("一页看懂", "老旧小区装电梯，区里补一部分钱。", "对谁有什么影响", "补助标准合适吗？", "既有住宅", "按第1稿编写"):
        assert each in words
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert "plain-" in answer["Content-Disposition"]
    assert "Version1of" in said(Client().get(f"/en/consultations/{row.pk}/plain.pdf")).replace("Ofversion1of", "Version1of")
    assert "plain.pdf" in Client().get(f"/consultations/{row.pk}/spread/").content.decode()


def test_a_form_on_paper_has_every_clause_three_stances_and_its_code():
    row, _clerk = opened()
    words = said(Client().get(f"/consultations/{row.pk}/form.pdf"))
    for each in ("第一条目的", "第二条范围", "第三条标准", "赞成", "反对", "建议修改", sheet_code("QH", row.pk), "回执号"):
        assert each in words
    assert "Opinionform" in said(Client().get(f"/en/consultations/{row.pk}/form.pdf"))


def test_nothing_is_printed_for_what_is_closed_cancelled_or_in_preparation():
    row, _clerk = closed()
    client = Client()
    assert {client.get(f"/consultations/{row.pk}/{each}").status_code for each in ("form.pdf", "poster-a4.pdf")} == {404}
    assert "不再提供" in client.get(f"/consultations/{row.pk}/spread/").content.decode()
    Consultation.objects.filter(pk=row.pk).update(state="cancelled")
    assert client.get(f"/consultations/{row.pk}/card/").status_code == 200
    Consultation.objects.filter(pk=row.pk).update(cancelled_at=row.opened_at)
    assert {client.get(f"/consultations/{row.pk}/{each}/").status_code for each in ("card", "spread")} == {404}
    assert client.get(f"/consultations/{row.pk}/poster-a5.pdf").status_code == 404


def test_the_card_may_be_framed_and_no_other_page_may():
    row, _clerk = opened()
    client = Client()
    card, page = client.get(f"/consultations/{row.pk}/card/"), client.get(f"/consultations/{row.pk}/")
    assert "frame-ancestors *;" in card["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in card
    assert "<script" not in card.content.decode()
    assert "还没有人提意见" in card.content.decode()
    assert not card.cookies
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_the_code_to_paste_frames_the_card_and_a_title_cannot_break_out_of_it():
    row, _clerk = opened(approved(title='"><b>电梯</b>'))
    page = Client().get(f"/consultations/{row.pk}/spread/").content.decode()
    assert f"&lt;iframe src=&quot;http://testserver/consultations/{row.pk}/card/&quot;" in page
    assert "title=&quot;&amp;quot;&amp;gt;&amp;lt;b&amp;gt;电梯&amp;lt;/b&amp;gt;&quot;" in page


def test_lines_are_taken_apart_and_the_contact_stands_in_for_ways():
    assert asks(" 一 \n\n二") == ("一", "二")
    assert ways_in("", "住建局") == ("住建局",)
    assert ways_in("", "") == ()
