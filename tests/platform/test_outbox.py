"""Notices: a row first, then sent by a real mail server, retried, never twice."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from mingtang.kernel.decision import Refused
from mingtang.platform import events
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Role
from mingtang.platform.outbox.deliver import deliver_due, resend
from mingtang.platform.outbox.jobs import send_notices
from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.post import Recipient, inbox, post, whole_link
from mingtang.platform.outbox.rules import LEASE, MAX_ATTEMPTS, NOTICE, wait_after
from tests.factories.platform import NOW, actor, department, government, later, person
from tests.mailserver import Box, serving

pytestmark = pytest.mark.django_db
TEMPLATE = "topics/email/returned.txt"


class Stumbling(Box):
    """What the mail server received; refuses the first `stumbles` messages."""

    def __init__(self) -> None:
        super().__init__()
        self.stumbles = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep one message."""
        if self.stumbles:
            self.stumbles -= 1
            return "451 try again later"
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def mail_server(settings: Any) -> Iterator[Stumbling]:
    """A mail server on this machine, on a port of its own."""
    box = Stumbling()
    with serving(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield box


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    """Nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def queue(address: str = "zhang@example.org", **fields: Any) -> Notice:
    """A notice that is due now."""
    home = fields.pop("home", None) or government()
    notice = post(
        TEMPLATE,
        to=Recipient(None, address, fields.pop("language", "zh")),
        government_id=home.pk,
        now=NOW,
        url="/workspace/topics/1/",
        topic="路灯节能",
        reason="缺草案",
        name="张三",
        **fields,
    )
    assert notice is not None
    return notice


def test_a_notice_is_rendered_when_it_is_posted_in_the_language_of_its_reader():
    zh, en = queue(), queue(language="en")
    assert "路灯节能" in zh.subject_line
    assert "缺草案" in zh.body
    assert zh.subject_line != en.subject_line
    assert str(zh) == zh.subject_line
    assert zh.state_label == NOTICE.label("queued")


def test_a_notice_to_somebody_without_an_address_is_shown_in_the_inbox_only():
    who = person(government(), email="")
    notice = post(TEMPLATE, to=inbox(who), government_id=who.government_id, now=NOW, topic="x", reason="y", name="z")
    assert (notice.state, notice.person_id, notice.address) == ("shown", who.pk, "")


def test_an_inbox_speaks_the_language_of_its_person():
    who = person(government(), language="en")
    assert inbox(who) == Recipient(who.pk, who.email, "en")


def test_posting_the_same_notice_twice_makes_one():
    home = government()
    queue(home=home, dedupe="topic:1:1")
    assert post(TEMPLATE, to=Recipient(None, "a@example.org"), government_id=home.pk, now=NOW, dedupe="topic:1:1") is None
    assert Notice.objects.count() == 1


def test_a_notice_remembers_what_it_is_about():
    home = government()
    row = department(home)
    notice = queue(home=home, about=row)
    assert (notice.about_type, notice.about_id) == ("accounts.department", row.pk)


def test_a_due_notice_reaches_the_mail_server_with_its_words_and_calendar(mail_server):
    notice = queue(calendar_ics="BEGIN:VCALENDAR\r\nEND:VCALENDAR")
    assert deliver_due(NOW) == 1
    mail = mail_server.mails[0]
    assert (mail["Subject"], mail["To"], mail["X-Mingtang-Notice"]) == (notice.subject_line, "zhang@example.org", str(notice.pk))
    assert "缺草案" in mail.get_body().get_content()
    assert [each.get_filename() for each in mail.iter_attachments()] == ["invite.ics"]
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.attempts, notice.lease_until) == ("sent", NOW, 1, None)


def test_a_sent_notice_is_not_sent_again(mail_server):
    queue()
    assert [deliver_due(NOW), deliver_due(later(days=1))] == [1, 0]
    assert len(mail_server.mails) == 1


def test_delivery_is_announced(mail_server):
    told, before = [], dict(events._reactions)
    events.install({"notice.delivered": (told.append,)})
    notice = queue()
    deliver_due(NOW)
    events.install(before)
    assert [(each.subject.pk, each.actor.is_system) for each in told] == [(notice.pk, True)]


def test_a_notice_that_stumbled_goes_out_after_its_wait(mail_server):
    mail_server.stumbles = 1
    notice = queue()
    assert deliver_due(NOW) == 0
    notice.refresh_from_db()
    assert (notice.state, notice.next_at) == ("queued", NOW + timedelta(minutes=1))
    assert "try again later" in notice.last_error
    assert deliver_due(later(seconds=59)) == 0
    assert deliver_due(later(seconds=60)) == 1
    assert len(mail_server.mails) == 1


def test_a_notice_nobody_takes_is_given_up_after_eight_tries_and_can_be_sent_again(no_mail_server):
    notice, now = queue(), NOW
    for _ in range(MAX_ATTEMPTS):
        deliver_due(now)
        now += timedelta(hours=5)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("failed", MAX_ATTEMPTS)
    assert notice.last_error
    assert deliver_due(now) == 0
    resend(notice.pk, actor=actor(Government.objects.get(), Role.OFFICE), now=now)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == ("queued", 0)


def test_only_a_failed_notice_is_sent_again():
    notice = queue()
    for who in (actor(notice.government, Role.OFFICE), actor(government(), Role.OFFICE)):
        with pytest.raises(Refused):
            resend(notice.pk, actor=who, now=NOW)


def test_a_notice_whose_sender_died_is_taken_again_when_the_lease_is_over(mail_server):
    notice = queue()
    Notice.objects.filter(pk=notice.pk).update(state="sending", lease_until=NOW + LEASE, attempts=1)
    assert deliver_due(NOW + LEASE) == 0
    assert deliver_due(NOW + LEASE + timedelta(seconds=1)) == 1
    assert len(mail_server.mails) == 1


def test_two_senders_at_once_send_it_once(mail_server):
    notice = queue()
    stale = Notice.objects.get(pk=notice.pk)
    assert deliver_due(NOW) == 1
    from mingtang.platform.outbox import deliver

    stale.state = "queued"
    assert not deliver._take(stale, NOW)
    assert len(mail_server.mails) == 1


def test_a_notice_no_mail_can_carry_does_not_hold_up_the_others(mail_server):
    bad = queue()
    Notice.objects.filter(pk=bad.pk).update(subject_line="one\ntwo")
    queue("li@example.org")
    assert deliver_due(NOW) == 1
    bad.refresh_from_db()
    assert bad.state == "queued"
    assert mail_server.mails[0]["To"] == "li@example.org"


def test_the_sweep_sends_what_is_due(mail_server):
    queue()
    send_notices(NOW)
    assert len(mail_server.mails) == 1


def test_at_most_so_many_go_out_at_once(mail_server):
    home = government()
    for n in range(3):
        queue(f"a{n}@example.org", home=home)
    assert deliver_due(NOW, at_most=2) == 2


def test_waits_double_and_end_at_four_hours():
    assert [wait_after(n) for n in (0, 1, 2, 3)] == [timedelta(minutes=m) for m in (1, 1, 2, 4)]
    assert wait_after(20) == timedelta(hours=4)


def test_the_mail_server_of_these_tests_is_a_real_one(mail_server, settings):
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5) as client:
        assert client.noop()[0] == 250


def test_a_mail_holds_a_link_that_works_outside_the_site(settings):
    house = government(host="qinghe.example")
    given = {"title": "路灯", "reason": "补依据", "department": "城管局", "who": "钱国良"}
    plain = post(TEMPLATE, to=Recipient(None, "a@example.org"), government_id=house.pk, now=NOW, url="/workspace/topics/1/", **given)
    settings.MINGTANG_LINK_PORT = ""
    bare = whole_link(house.pk, "/r/")
    settings.HTTPS = True
    safe = post(TEMPLATE, to=Recipient(None, "a@example.org"), government_id=house.pk, now=NOW, url="/workspace/topics/1/", **given)
    assert bare == "http://qinghe.example/r/"
    assert "http://qinghe.example:8000/workspace/topics/1/" in plain.body
    assert "https://qinghe.example/workspace/topics/1/" in safe.body
    assert (plain.url, safe.url) == ("/workspace/topics/1/",) * 2
