"""The day of the meeting behind a personal link: the floor, one's words, a written opinion; refusals stand on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from mingtang.meetings.models import Speech
from mingtang.minutes.actions import record_suggestion
from mingtang.minutes.models import Suggestion
from mingtang.representatives.actions import check_out
from tests.factories.held import STARTS, convened, held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(settings):
    """The site's clock stands an hour after the beginning."""
    settings.MINGTANG_CLOCK = "tests.portal.test_my_day.now"


def now():
    return STARTS + timedelta(hours=1)


def link(of, n=0):
    return f"/invitation/{of.invitations[n].token}/day/"


def stranger(of):
    return Client(headers={"host": of.home.host})


def test_one_asks_to_speak_and_sees_ones_place_and_nobody_elses_name():
    of = convened()
    client = stranger(of)
    assert client.post(f"{link(of)}floor/", {"ask": "1"}).status_code == 302
    words = client.get(link(of)).content.decode()
    assert "您排在第 1 位" in words
    assert "李四" not in words
    assert Speech.objects.get().seat == of.invitations[0].pk
    assert "csrftoken" in client.cookies
    assert "sessionid" not in client.cookies


def test_a_refusal_stands_on_the_page_and_leaves_no_session():
    of = convened()
    check_out(of.invitations[0].pk, actor=of.operator, now=STARTS)
    client = stranger(of)
    answer = client.post(f"{link(of)}floor/", {"ask": "1"})
    assert (answer.status_code, "签到以后才能要求发言" in answer.content.decode()) == (409, True)
    reloaded = client.get(f"{link(of)}floor/")  # the address a refusal leaves in the browser leads back to the page
    assert (reloaded.status_code, reloaded["Location"]) == (302, link(of))
    assert "sessionid" not in client.cookies


def test_words_are_confirmed_or_wished_otherwise_and_what_was_typed_is_kept():
    of = held()
    row = record_suggestion(of.invitations[0].pk, actor=of.operator, now=STARTS, text="直接到户。")
    client, words = stranger(of), f"{link(of)}words/{row.pk}/"
    empty = client.post(words, {"text": "", "ground": "理由还在"})
    assert (empty.status_code, "理由还在" in empty.content.decode()) == (200, True)
    assert client.post(words, {"text": "三十日内到户。"}).status_code == 302
    assert "您希望改成：“三十日内到户。”" in client.get(link(of)).content.decode()
    assert client.post(words, {"confirm": "1"}).status_code == 302
    assert Suggestion.objects.get().confirmed_way == "link"
    assert client.post(f"{link(of, 1)}words/{row.pk}/", {"confirm": "1"}).status_code == 409


def test_a_written_opinion_is_taken_after_the_meeting_and_refused_from_who_was_not_there():
    of = held()
    assert stranger(of).post(link(of), {"text": "会后想到的。"}).status_code == 302
    assert "会后想到的。" in stranger(of).get(link(of)).content.decode()
    assert stranger(of).post(link(of, 2), {"text": "没来。"}).status_code == 409


def test_a_lost_link_is_explained_at_every_door():
    of = convened()
    for door, method in (("", "get"), ("now/", "get"), ("floor/", "post"), ("words/1/", "post")):
        answer = getattr(stranger(of), method)(f"/invitation/nobody/day/{door}", {"ask": "1"} if method == "post" else {})
        assert answer.status_code == 404
