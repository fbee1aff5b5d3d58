"""The side-by-side page, the versions, the comparison and the trace as people see them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from mingtang.consultations import actions
from mingtang.consultations.models import DraftVersion
from mingtang.platform.actor import Role
from tests.consultations.drafting.test_versions import FILE, REVISED, finished, read, reported
from tests.factories.consultations import clerk_person, closed, complete, opened
from tests.factories.platform import NOW, person

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def browser(row, *roles: Role) -> Client:
    client = Client(HTTP_HOST=row.government.host)
    client.force_login(person(row.government, *roles) if roles else clerk_person(row))
    return client


def url(row, tail: str = "blocks/", number: int = 1) -> str:
    return f"/workspace/consultations/{row.pk}/draft/v{number}/{tail}"


def test_the_side_by_side_page_places_moves_and_leaves_out():
    row, _clerk, version = read()
    client = browser(row)
    page = client.get(url(row))
    assert "还有 2 段没有识别" in words(page)
    assert "不成句的短行" in words(page)
    assert "附注" in words(client.get(f"{url(row)}?only=left"))
    loose = version.blocks.get(text="附注\n")
    kept = client.post(url(row), {"block": loose.pk, "kind": "ignored", "label": "", "heading": "", "body": "附注二", "reason": ""})
    assert kept.status_code == 409
    assert "不收入草案要写明理由" in words(kept)
    assert "附注二" in kept.content.decode()
    bad = client.post(url(row), {"block": loose.pk, "kind": "nothing"})
    assert "请从列出的选项里选" in words(bad)
    done = client.post(url(row), {"block": loose.pk, "kind": "text", "label": "", "heading": "", "body": "附注。", "reason": ""})
    assert done["Location"] == f"{url(row)}#b{loose.pk}"
    assert row.clauses.get(label="第二条").text.endswith("附注。")
    first = version.blocks.first()
    client.post(f"{url(row)}{loose.pk}/move/", {"after": first.pk})
    assert [each.pk for each in version.blocks.all()][:2] == [first.pk, loose.pk]
    client.post(f"{url(row)}rest/", {"reason": "起草人"})
    assert "全部段落都有去处" in words(client.get(url(row)))
    assert "没有未识别的段落了" in words(client.get(f"{url(row)}?only=left"))
    assert "缺号" not in words(client.get(url(row)))


def test_the_page_says_where_numbers_are_missing():
    row, _clerk, _version = read(FILE.replace("第三条　自", "第五条　自"))
    assert "第五条之前缺号或顺序不对" in words(browser(row).get(url(row)))


def test_a_refused_opening_leads_to_the_page():
    row, clerk = complete()
    actions.split_draft(row.pk, FILE, actor=clerk, now=NOW)
    page = browser(row).get(f"/workspace/consultations/{row.pk}/").content.decode()
    assert f'href="{url(row)}"' in page
    assert "有 2 段没有识别" in words(browser(row).get(f"/workspace/consultations/{row.pk}/draft/"))


def test_the_page_costs_the_same_at_ten_and_at_sixty_blocks():
    row, clerk, _version = read()
    client = browser(row)
    client.get(url(row))
    with CaptureQueriesContext(connection) as few:
        client.get(url(row))
    words_ = "某办法\n" + "".join(f"第{n}条　甲{n}。\n" for n in range(1, 80))
    actions.split_draft(row.pk, words_, actor=clerk, now=NOW)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url(row))
    assert len(many) <= len(few) + 1
    assert "after=" in page.content.decode()


def test_a_version_that_is_public_shows_no_forms_and_strangers_are_kept_out():
    row, _clerk = opened()
    page = browser(row).get(url(row)).content.decode()
    assert "blk-f" not in page
    assert browser(row).get(url(row, number=9)).status_code == 409
    assert browser(row, Role.SYSTEM_ADMIN).get(url(row)).status_code == 409


def test_a_revised_version_goes_from_file_to_publication():
    row, _clerk = closed()
    client, head = browser(row), browser(row, Role.OFFICE)
    listed = client.get(f"/workspace/consultations/{row.pk}/draft/versions/")
    assert "采纳情况报告还没有公布" in words(listed)
    assert client.post(f"/workspace/consultations/{row.pk}/draft/versions/", {"kind": "final"}).status_code == 409
    begun = client.post(f"/workspace/consultations/{row.pk}/draft/versions/", {"kind": "revised"})
    assert begun["Location"] == url(row, "", 2)
    assert "请粘贴全文或选择文件" in words(client.post(url(row, "", 2), {"text": ""}))
    read_in = client.post(url(row, "", 2), {"text": REVISED.replace("第二条", "孤行\n第二条")})
    assert read_in["Location"] == url(row, "blocks/", 2)
    assert client.post(url(row, "", 2), {"text": REVISED})["Location"] == url(row, "", 2)
    version = DraftVersion.objects.get(consultation=row, number=2)
    new = version.clauses.get(label="第二条")
    client.post(url(row, f"align/{new.pk}/", 2), {"stem": "2"})
    assert "人工对应" in words(client.get(url(row, "", 2)))
    assert "这一稿删去" in words(client.post(url(row, "", 2), {"text": "办法\n第一条　目的　为了方便居民出行，制定本办法。"}, follow=True))
    client.post(url(row, "note/", 2), {"note": "只留一条。"})
    head.post(url(row, "publish/", 2))
    version.refresh_from_db()
    assert version.published_at is not None
    assert "不能再改" in words(client.get(url(row, "", 2)))
    public = Client(HTTP_HOST=row.government.host)
    assert "只留一条。" in words(public.get(f"/consultations/{row.pk}/versions/"))
    told = public.get(f"/consultations/{row.pk}/compare/?from=1&to=2&only=changed").content.decode()
    assert "<del>本办法适用于四层以上的老旧住宅。</del>" in told
    assert "为了方便居民出行" not in told
    same = words(public.get(f"/consultations/{row.pk}/compare/?from=2&to=2&only=changed"))
    assert "两稿没有不同" in same
    assert "第 1 稿与第 2 稿" in words(public.get(f"/consultations/{row.pk}/compare/?from=x&to=99"))


def test_the_trace_is_a_page_a_table_and_a_document():
    row = finished()
    public = Client(HTTP_HOST=row.government.host)
    page = public.get(f"/consultations/{row.pk}/trace/")
    assert "提高补助" in words(page)
    assert "（对别的条款提出，落在此条）" in words(page)
    assert "<ins>三十万</ins>" in page.content.decode()
    table = list(csv.reader(io.StringIO(public.get(f"/consultations/{row.pk}/trace.csv").content.decode("utf-8-sig"))))
    assert table[0][:3] == ["clause", "draft_text", "opinion"]
    assert table[3][:5] == ["第二条", "本办法适用于四层以上的老旧住宅。", "提高补助", "2", "采纳"]
    made = Document(io.BytesIO(public.get(f"/consultations/{row.pk}/trace.docx").content))
    assert "提高补助" in "".join(cell.text for line in made.tables[-1].rows for cell in line.cells)
    assert "Opinions and answers" in words(public.get(f"/en/consultations/{row.pk}/trace/"))


def test_before_the_report_there_is_no_trace_and_before_a_second_version_nothing_to_compare():
    row, _clerk = opened()
    public = Client(HTTP_HOST=row.government.host)
    for tail in ("trace/", "trace.csv", "trace.docx"):
        assert public.get(f"/consultations/{row.pk}/{tail}").status_code == 404
    assert "只有一稿" in words(public.get(f"/consultations/{row.pk}/versions/"))
    for tail in ("versions/", "compare/"):
        assert public.get(f"/consultations/0/{tail}").status_code == 404
    DraftVersion.objects.all().delete()
    assert public.get(f"/consultations/{row.pk}/compare/").status_code == 404


def test_the_trace_before_the_final_text_says_so():
    row, _clerk, _later = reported()
    assert "最终文本还没有公布" in words(Client(HTTP_HOST=row.government.host).get(f"/consultations/{row.pk}/trace/"))
