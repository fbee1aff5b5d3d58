"""The public site: home, the matter page, the meeting page, search, what every government site owes."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mingtang.platform.actor import Role
from mingtang.topics import actions
from tests.factories.held import STARTS, held
from tests.factories.platform import NOW, actor, department, government, later, person
from tests.factories.topics import approved, document, topic

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/",
    "/matters/",
    "/consultations/",
    "/calendar/",
    "/results/",
    "/obligations/",
    "/house-rules/",
    "/search/",
    "/privacy/",
    "/accessibility/",
    "/correction/",
    "/sitemap/",
    "/receipts/",
]


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def queries_of(url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert Client().get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("path", [each for each in PUBLIC if each != "/receipts/"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_of_an_empty_site_stands_in_both_languages(path, prefix):
    government()
    answer = Client().get(prefix + path)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'lang="{"en" if prefix else "zh-CN"}"' in html
    assert html.count("<h1") == 1
    assert " style=" not in html
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize(
    "path", ["/", "/matters/", "/consultations/", "/calendar/", "/results/", "/obligations/", "/house-rules/", "/search/?q=电梯"]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_stands_after_a_meeting_was_held(path, prefix):
    held()
    assert Client().get(prefix + path).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_matter_page_shows_the_whole_chain(prefix):
    given = held()
    answer = Client().get(f"{prefix}/matters/{given.topic.pk}/")
    shown = words(answer)
    assert answer.status_code == 200
    for expected in (given.topic.index_no, *((given.topic.title_en,) if prefix else ("申报获批准", "代表列席", "关系居民切身利益。"))):
        assert expected in shown
    assert given.topic.drafted_by.name not in shown


def test_the_matter_page_shows_a_stub_for_what_is_withheld_and_why_a_matter_was_withdrawn():
    kept = approved()
    paper = document(kept, "risk", disclosure="closed", ground="trade", title="企业经营数据明细")
    office = actor(kept.government, Role.OFFICE)
    actions.withhold_document(paper.pk, actor=office, now=NOW)
    actions.withdraw_topic(kept.pk, actor=office, now=later(days=1), reason="上级已有规定")
    shown = words(Client().get(f"/matters/{kept.pk}/"))
    assert "“风险评估报告”依法不公开" in shown
    assert "商业秘密" in shown
    assert "理由：上级已有规定" in shown
    assert "企业经营数据明细" not in shown


@pytest.mark.parametrize("path", ["/matters/{draft}/", "/matters/0/", "/meetings/0/"])
def test_what_is_not_public_is_not_found(path):
    assert Client().get(path.format(draft=topic().pk)).status_code == 404


def test_a_matter_of_another_government_is_not_found():
    kept = approved(department(government(host="one.localhost")))
    government(host="two.localhost")
    assert Client(headers={"host": "one.localhost"}).get(f"/matters/{kept.pk}/").status_code == 200
    assert Client(headers={"host": "two.localhost"}).get(f"/matters/{kept.pk}/").status_code == 404


def test_the_matter_page_costs_the_same_however_many_documents_are_withheld_or_open():
    kept = approved()
    before = queries_of(f"/matters/{kept.pk}/")
    for n in range(20):
        document(kept, "material", words=str(n))
    actions.publish_documents(kept.pk, ["material"], actor=actor(kept.government), now=NOW)
    assert queries_of(f"/matters/{kept.pk}/") <= before + 1


def test_home_costs_the_same_with_1_and_with_10_matters():
    home = government()
    approved(department(home))
    before = queries_of("/")
    for _ in range(9):
        approved(department(home))
    assert queries_of("/") == before


def test_the_meeting_page_shows_seats_and_outcome_and_no_name_without_consent():
    given = held()
    shown = words(Client().get(f"/meetings/{given.meeting.pk}/"))
    assert "区政府第一会议室" in shown
    assert "张三" in shown
    assert "李四" not in shown


def test_search_finds_by_title_in_either_language_and_says_when_it_finds_nothing():
    kept = approved()
    assert kept.index_no in words(Client().get("/search/?q=电梯"))
    assert Client().get("/en/search/?q=lift").status_code == 200
    nothing = words(Client().get("/search/?q=没有这个词"))
    assert "没有" in nothing
    assert Client().get("/search/?q=" + "长" * 500).status_code == 200


def test_a_page_is_answered_with_304_until_its_matter_changes():
    kept = approved()
    first = Client().get(f"/matters/{kept.pk}/")
    unchanged = Client().get(f"/matters/{kept.pk}/", headers={"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    actions.withdraw_topic(kept.pk, actor=actor(kept.government, Role.OFFICE), now=NOW, reason="重复")
    assert Client().get(f"/matters/{kept.pk}/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_large_print_and_the_high_contrast_view_are_kept_on_the_page():
    government()
    html = Client().get("/?size=large&contrast=high").content.decode()
    assert 'data-size="large"' in html
    assert 'data-contrast="high"' in html


def test_the_current_page_is_marked_in_the_head():
    given = held()
    for path in ("/", "/matters/", f"/matters/{given.topic.pk}/", "/calendar/", f"/meetings/{given.meeting.pk}/", "/obligations/"):
        assert Client().get(path).content.decode().count('aria-current="page"') >= 1, path


def test_no_address_of_the_site_is_dead():
    given = held()
    seen, waiting = set(), ["/", f"/matters/{given.topic.pk}/", f"/meetings/{given.meeting.pk}/"]
    client = Client()
    while waiting and len(seen) < 150:
        url = waiting.pop()
        if url in seen:
            continue
        seen.add(url)
        answer = client.get(url)
        assert answer.status_code in {200, 302}, url
        if "text/html" not in answer["Content-Type"] or answer.status_code == 302:
            continue
        found = re.findall(r'href="(/[^"#]*)', answer.content.decode())
        waiting += [
            each.replace("&amp;", "&")
            for each in found
            if not each.startswith(("/static/", "/workspace/", "/accounts/", "/en/workspace", "/en/accounts"))
        ]
    assert len(seen) > 20


def test_public_pages_hold_nothing_of_who_looks():
    given = held()
    client = Client()
    client.force_login(person(given.home, Role.OFFICE))
    for path in ("/", f"/matters/{given.topic.pk}/", f"/meetings/{given.meeting.pk}/"):
        assert client.get(path).content == Client().get(path).content


def test_home_names_the_last_meeting_when_none_is_coming_and_the_year_in_figures():
    given = held()
    shown = words(Client(headers={"host": given.home.host}).get("/"))
    shown = re.sub(r"\s+", " ", shown)
    assert f"上一次是 {STARTS:%Y-%m-%d} 的 第 1 次政府常务会议" in shown
    assert "开放会议 1" in shown


@pytest.mark.parametrize("asked", ["第 1 次", "常务会议", "1"])
def test_a_meeting_is_found_by_its_number_and_its_kind(asked):
    given = held()
    shown = words(Client(headers={"host": given.home.host}).get("/search/", {"q": asked}))
    assert "第 1 次政府常务会议" in shown


def test_a_search_without_result_says_where_to_look():
    shown = words(Client(headers={"host": government().host}).get("/search/", {"q": "没有这个词"}))
    assert "没有找到。" in shown
    assert "全部议题" in shown


def test_article_pages_carry_the_tags_of_government_sites():
    given = held()
    client = Client(headers={"host": given.home.host})
    for path in (f"/meetings/{given.meeting.pk}/", f"/matters/{given.topic.pk}/"):
        names = set(re.findall(r'<meta name="([A-Z][A-Za-z]+)" content="[^"]', client.get(path).content.decode()))
        assert {"SiteName", "SiteDomain", "ColumnName", "ColumnType", "ColumnDescription", "ArticleTitle", "PubDate", "Url"} <= names


def test_a_stream_that_is_over_is_not_offered_as_live():
    given = held()
    type(given.meeting).objects.filter(pk=given.meeting.pk).update(broadcast_url="https://live.example/1")
    shown = words(Client(headers={"host": given.home.host}).get(f"/meetings/{given.meeting.pk}/"))
    assert "直播已结束" in shown
    assert "正在直播" not in shown
