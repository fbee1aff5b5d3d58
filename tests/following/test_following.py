"""Following by mail: nothing before the address agrees, each thing told once, and one press ends it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mingtang.following import actions, published
from mingtang.following.models import Follow
from mingtang.following.rules import may_follow, told_before
from mingtang.kernel.decision import Refused
from mingtang.platform.actor import stranger
from mingtang.platform.clock import opening_of
from mingtang.platform.outbox.deliver import deliver_due
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import opened
from tests.factories.ledger import AFTER, reported
from tests.factories.platform import NOW, TODAY, government

pytestmark = pytest.mark.django_db
ADDRESS = "reader@example.org"


def follow(
    of: Any, kind: str = "all", key: str = "", *, rhythm: str = "daily", confirmed: bool = True, now: datetime = NOW, **more: Any
) -> Follow:
    who = stranger(of.pk)
    actions.follow(kind, key, actor=who, now=now, address=more.pop("address", ADDRESS), rhythm=rhythm, **more)
    row = Follow.objects.latest("pk")
    return actions.confirm(row.token, actor=who, now=now) if confirmed else row


def morning(days: int) -> datetime:
    return opening_of(TODAY) + timedelta(days=days, hours=9)


def letters(kind: str) -> list[Notice]:
    return list(Notice.objects.filter(template=f"following/email/{kind}.txt").order_by("pk"))


def test_a_digest_is_due_once_a_day_or_once_a_week_from_monday():
    monday = TODAY - timedelta(days=TODAY.weekday())
    assert told_before("daily", TODAY) == TODAY
    assert [told_before("weekly", monday + timedelta(days=n)) for n in (0, 1, 6, 7)] == [monday, monday, monday, monday + timedelta(days=7)]


@pytest.mark.parametrize(
    ("given", "code"), [({"known": False}, "unknown"), ({"rhythm": "hourly"}, "rhythm"), ({"already": 50}, "too_many"), ({}, "")]
)
def test_what_may_be_followed(given: dict[str, Any], code: str):
    assert may_follow(**{"known": True, "rhythm": "weekly", "already": 49, **given}).code == code


def test_nothing_is_sent_before_the_address_agrees_and_the_page_says_the_same_either_way(client: Client):
    home = government()
    answers = [client.post("/follow/", {"address": ADDRESS, "rhythm": "daily"}).content.decode() for _ in range(2)]
    assert all("确认信已发出" in each for each in answers)
    row = Follow.objects.get()
    assert (row.state, row.government, len(letters("confirm"))) == ("asked", home, 1)
    assert client.get(f"/follow/{row.token}/").status_code == 200
    row.refresh_from_db()
    assert row.state == "asked"  # whatever looks through mails follows links; only a press agrees
    client.post(f"/follow/{row.token}/confirm/")
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert "确认信已发出" in client.post("/follow/", {"address": ADDRESS.upper(), "rhythm": "weekly"}).content.decode()
    assert [(each.address, each.subject_line) for each in letters("known")] == [(ADDRESS, "您已经订阅了：全部征求意见和结果")]
    assert ADDRESS not in client.get(f"/follow/{row.token}/").content.decode()


def test_wrong_input_keeps_what_was_typed(client: Client):
    government()
    answer = client.post("/follow/", {"address": "not-an-address", "rhythm": "weekly"}).content.decode()
    assert "not-an-address" in answer
    assert Follow.objects.count() == 0
    assert client.get("/follow/?kind=topic&key=999").status_code == 404
    assert client.get("/follow/?kind=area&key=nowhere").status_code == 404


def test_what_is_new_is_told_once_and_each_thing_once_whatever_is_followed():
    row, _clerk = opened()
    home, topic = row.government, row.topic
    before = NOW - timedelta(days=1)
    for kind, key in (("all", ""), ("department", str(topic.department_id)), ("topic", str(topic.pk))):
        follow(home, kind, key, now=before)
    assert actions.send_digests(morning(0) - timedelta(hours=2)) == 0  # not in the night
    at = morning(1)
    assert actions.send_digests(at) == 1
    assert actions.send_digests(at + timedelta(minutes=10)) == 0
    (digest,) = letters("digest")
    assert digest.body.count(f"/consultations/{row.pk}/\n") == 1
    assert f"/follow/{Follow.objects.order_by('pk')[0].token}/" in digest.body
    assert actions.send_digests(morning(2)) == 0  # nothing new


def test_weekly_readers_wait_for_monday():
    row, _clerk = opened()
    follow(row.government, rhythm="weekly", now=NOW - timedelta(days=1))
    monday = 7 - TODAY.weekday()
    assert [actions.send_digests(morning(n)) for n in range(1, monday + 1)] == [0] * (monday - 1) + [1]


def test_a_missed_morning_is_made_up_for():
    row, _clerk = opened()
    follow(row.government, now=NOW - timedelta(days=1))
    assert actions.send_digests(morning(3)) == 1


def test_a_closed_matter_is_not_told_of():
    row, _clerk, _rows = reported()
    topic = row.topic
    follow(row.government, "topic", str(topic.pk), now=NOW - timedelta(days=1))
    type(topic).objects.filter(pk=topic.pk).update(is_secret=True)
    assert actions.send_digests(AFTER + timedelta(days=1)) == 0
    found = published.mine(row.government.pk, Follow.objects.get().token)
    assert found is not None
    assert [str(each.what) for each in found.followed] == ["已不公开的内容"]


def test_mail_programs_end_it_with_one_post_and_the_address_is_gone(settings: Any):
    row, _clerk = opened()
    made = follow(row.government, now=NOW - timedelta(days=1))
    actions.send_digests(morning(1))
    deliver_due(morning(1))
    message = mail.outbox[-1]
    link = message.extra_headers["List-Unsubscribe"]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.endswith(f"/follow/{made.token}/stop/>")
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):  # done twice without harm
        assert client.post(f"/follow/{made.token}/stop/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Follow.objects.count() == 0
    assert Notice.objects.filter(address=ADDRESS).count() == 0
    assert client.get(f"/follow/{made.token}/").status_code == 404


def test_one_link_shows_all_an_address_follows_and_changes_or_ends_each(client: Client):
    row, _clerk = opened()
    first = follow(row.government)
    second = follow(row.government, "topic", str(row.topic_id))
    other = follow(row.government, address="other@example.org")
    text = client.get(f"/follow/{first.token}/").content.decode()
    assert row.topic.title.replace("|", "") in text
    assert other.token not in text
    client.post(f"/follow/{second.token}/rhythm/", {"rhythm": "weekly", "back": first.token})
    second.refresh_from_db()
    assert second.rhythm == "weekly"
    assert "请选择多久" in client.post(f"/follow/{second.token}/rhythm/", {"rhythm": "hourly", "back": first.token}).content.decode()
    client.post(f"/follow/{second.token}/stop/", {"back": first.token})
    assert list(Follow.objects.order_by("pk").values_list("pk", flat=True)) == [first.pk, other.pk]
    client.post(f"/follow/{first.token}/stop/", {"everything": "1"})
    assert list(Follow.objects.values_list("pk", flat=True)) == [other.pk]


def test_addresses_that_never_agree_are_forgotten_after_a_week():
    home = government()
    follow(home, confirmed=False)
    assert actions.forget_unconfirmed(NOW + timedelta(days=6)) == 0
    assert actions.forget_unconfirmed(NOW + timedelta(days=8)) == 1
    assert Notice.objects.filter(address=ADDRESS).count() == 0
    with pytest.raises(Refused) as refused:
        actions.confirm("lost", actor=stranger(home.pk), now=NOW)
    assert refused.value.decision.code == "gone"
