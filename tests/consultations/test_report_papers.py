"""The published report as PDF, DOCX and JSON: the same counts and answers as the page."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from mingtang.consultations.models import OpinionGroup
from mingtang.consultations.published import papers
from tests.factories.consultations import opened
from tests.factories.ledger import REASON, reported

pytestmark = pytest.mark.django_db


def get(url: str):
    answer = Client().get(url)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_every_form_of_the_report_says_the_same():
    row, _clerk, _opinions = reported(opinions=6)
    group = OpinionGroup.objects.get()
    base = f"/consultations/{row.pk}/report"
    told = json.loads(get(f"{base}.json"))
    assert told["counts"] == {
        "received": 6,
        "adopted": 1,
        "partly": 0,
        "covered": 0,
        "not_adopted": 4,
        "other": 1,
        "groups": 1,
        "singles": 1,
        "withheld": 1,
    }
    assert (told["version"], told["corrections"]) == (1, [])
    assert told["groups"] == [
        {
            "title": group.title,
            "opinions": 4,
            "people": group.people_count,
            "points": 1,
            "verdict": "not_adopted",
            "reason": REASON,
            "reason_kind": "",
            "legal_ref": "",
            "landed_in": "",
        }
    ]
    pdf = re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(get(f"{base}.pdf"))).pages))
    document = Document(io.BytesIO(get(f"{base}.docx")))
    docx = re.sub(r"\s+", "", "".join(each.text for each in document.paragraphs))
    for words in (pdf, docx):
        for each in (
            "收到意见6条，归为1组逐组答复，单独答复1条，依法不显示1条。",
            group.title,
            REASON,
            f"未采纳。{group.people_count}人，4条。",
        ):
            assert re.sub(r"\s+", "", each) in words
    assert "Adoption report" in "".join(each.text for each in Document(io.BytesIO(get(f"/en{base}.docx"))).paragraphs)


def test_what_is_too_long_to_print_says_where_the_rest_stands(monkeypatch):
    row, _clerk, _opinions = reported(opinions=6)
    monkeypatch.setattr(papers, "MOST_PRINTED", 0)
    document = Document(io.BytesIO(get(f"/consultations/{row.pk}/report.docx")))
    assert any("其余 1 组见网页和开放数据。" in each.text for each in document.paragraphs)


def test_before_its_publication_there_is_nothing_to_take_away():
    row, _clerk = opened()
    assert {Client().get(f"/consultations/{row.pk}/report.{form}").status_code for form in ("pdf", "docx", "json")} == {404}
