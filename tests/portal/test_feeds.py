"""Feeds: everything, one focus area, one department, one matter; only what is public anyway."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC

import pytest
from django.test import Client

from mingtang.topics.models import Topic
from tests.factories.consultations import opened
from tests.factories.platform import NOW, department, government
from tests.factories.topics import approved

pytestmark = pytest.mark.django_db
A = "{http://www.w3.org/2005/Atom}"


def feed(url: str) -> ET.Element:
    answer = Client().get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert not answer.cookies
    return ET.fromstring(answer.content)  # noqa: S314 - our own answer


def titles(url: str) -> list[str]:
    return [each.findtext(f"{A}title", "") for each in feed(url).iter(f"{A}entry")]


def test_an_empty_feed_is_valid_and_the_same_all_day():
    government()
    first = Client().get("/feed.atom")
    assert [each.tag for each in feed("/feed.atom")] == [f"{A}{name}" for name in ("title", "link", "link", "id", "updated", "author")]
    assert first.content == Client().get("/feed.atom").content
    assert Client().get("/feed.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_an_opened_consultation_is_news_of_its_department_and_area():
    row, _clerk = opened()
    other, area = approved(department(row.government)).department, row.topic.focus_areas.first().area
    entry = next(feed("/feed.atom").iter(f"{A}entry"))
    assert entry.findtext(f"{A}title") == "征求意见，至 2027-01-08：清河区老旧小区加装电梯补助实施办法"
    assert entry.find(f"{A}link").get("href") == f"http://testserver/consultations/{row.pk}/"
    assert len(titles(f"/feed.atom?department={row.topic.department_id}&area={area}")) == 1
    assert titles(f"/feed.atom?department={other.pk}") == []
    assert titles("/en/feed.atom")[0].startswith("Open for comment until 2027-01-08")


def test_a_secret_matter_is_no_news():
    row, _clerk = opened()
    Topic.objects.filter(pk=row.topic_id).update(is_secret=True)
    assert titles("/feed.atom") == []
    assert Client().get(f"/matters/{row.topic_id}/feed.atom").status_code == 404


def test_every_step_of_a_matter_is_told():
    topic = approved()
    steps = list(feed(f"/matters/{topic.pk}/feed.atom").iter(f"{A}entry"))
    assert [each.find(f"{A}link").get("href") for each in steps] == [f"http://testserver/matters/{topic.pk}/"]
    assert steps[0].findtext(f"{A}updated") == NOW.astimezone(UTC).isoformat()


@pytest.mark.parametrize("query", ["area=nothing", "department=999999"])
def test_what_does_not_exist_cannot_be_followed(query):
    government()
    assert Client().get(f"/feed.atom?{query}").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_of_feeds_lists_areas_and_departments(prefix):
    home = government()
    words = Client().get(f"{prefix}/feeds/").content.decode()
    assert ("No department has led a public matter yet." if prefix else "还没有部门公开过议题。") in words
    of = approved(department(home)).department
    department(home, name="没有议题的部门")
    after = Client().get(f"{prefix}/feeds/?x=1").content.decode()
    assert f"feed.atom?department={of.pk}" in after
    assert "没有议题的部门" not in after
