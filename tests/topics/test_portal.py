"""The public list of matters and the published documents."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mingtang.topics import actions
from mingtang.topics.models import Topic
from tests.factories.platform import NOW, department, government
from tests.factories.topics import LISTS, approved, document, drafter, topic

pytestmark = pytest.mark.django_db


def words(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_empty_list_says_so(prefix):
    government()
    answer = Client().get(f"{prefix}/matters/")
    assert ("No matter fits." if prefix else "没有符合条件的议题。") in words(answer)


def test_the_list_shows_approved_matters_only():
    home = government()
    kept = approved(department(home))
    topic(department(home), title="没有批准的")
    shown = words(Client().get("/matters/"))
    assert kept.index_no in shown
    assert "没有批准的" not in shown


@pytest.mark.parametrize("query", ["?area=nonsense", "?q=" + "长" * 300, "?after=nonsense", "?after=WyJ4IiwxXQ", "?after=W10"])
def test_the_list_takes_whatever_is_asked(query):
    approved()
    assert Client().get(f"/matters/{query}").status_code == 200


def test_the_list_is_cached_until_something_changes():
    kept = approved()
    client = Client()
    first = client.get("/matters/")
    assert "sessionid" not in first.cookies
    assert "csrftoken" not in first.cookies
    assert client.get("/matters/", headers={"if-none-match": first["ETag"]}).status_code == 304
    actions.reopen_topic(kept.pk, actor=drafter(kept), now=NOW, reason="改席位")
    assert client.get("/matters/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_matter_reopened_stays_public_as_it_was_first_approved():
    kept = approved()
    actions.reopen_topic(kept.pk, actor=drafter(kept), now=NOW, reason="改席位")
    assert kept.index_no in words(Client().get("/matters/"))


def test_a_published_document_is_downloaded_by_anyone_and_another_by_nobody():
    kept = approved()
    actions.publish_documents(kept.pk, ["draft"], actor=drafter(kept), now=NOW)
    public, private = kept.documents.get(kind="draft"), kept.documents.get(kind="basis")
    closed = document(kept, "risk", disclosure="closed", ground="law")
    answer = Client().get(f"/documents/{public.pk}/")
    assert b"".join(answer.streaming_content)
    assert answer["X-Content-Type-Options"] == "nosniff"
    for hidden in (private.pk, closed.pk, 0):
        assert Client().get(f"/documents/{hidden}/").status_code == 404


def test_the_31st_matter_stands_on_the_second_page():
    home = government()
    first = approved(department(home), lists=LISTS)
    for n in range(30):
        first.pk, first._state.adding, first.number = None, True, n + 2
        first.save(force_insert=True)
    client = Client()
    link = re.search(r'href="([^"]*after=[^"]*)"', client.get("/matters/").content.decode())
    assert link is not None
    second = words(client.get("/matters/" + link[1].replace("&amp;", "&").removeprefix("/matters/")))
    assert Topic.objects.count() == 31
    assert second.count("QH-2026-") == 1
