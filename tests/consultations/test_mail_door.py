"""A real IMAP server: what lies in the box becomes rows, each once, and the box is told after the row is there."""

from __future__ import annotations

import io
import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.core.management import call_command as command

from mingtang.consultations import jobs
from mingtang.consultations.actions import store_mail
from mingtang.consultations.actions.fetching import LEASE, Place, begin_reading, hold_box
from mingtang.consultations.models import Mail, Mailbox
from mingtang.platform.actor import system
from mingtang.platform.mailbox.boxes import boxes_in
from mingtang.platform.mailbox.fetching import BoxError, folder_name, opened
from mingtang.platform.mailbox.reading import read_letter
from tests.factories.consultations import opened as consultation_opened
from tests.factories.mails import mail
from tests.factories.platform import NOW, government

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(dovecot, settings):
    made = dovecot.box()
    settings.MINGTANG_MAILBOXES = (made.box,)
    return made


def subjects() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_mails_become_rows_and_are_marked_seen_when_the_box_is_read(box):
    row, _clerk = consultation_opened()
    box.put(mail(subject=f"[{row.government.code_prefix}-B{row.pk}] 补助"), mail(subject="没有代码", message_id="<2@x>"), at=NOW)
    assert [(each.fetched, each.problem, each.held) for each in jobs.fetch_mail(NOW)] == [(2, "", False)]
    told = Mail.objects.order_by("pk").values_list("subject", "consultation_id", "state", "received_at")
    assert list(told) == [(f"[{row.government.code_prefix}-B{row.pk}] 补助", row.pk, "waiting", NOW), ("没有代码", None, "waiting", NOW)]
    assert box.flags() == ["\\Seen", "\\Seen"]
    assert list(Mailbox.objects.values_list("last_uid", "lease_until", "problem", "read_at")) == [(2, None, "", NOW)]


def test_nothing_is_counted_twice_when_the_runner_dies_between_row_and_mark(box):
    row, _clerk = consultation_opened()
    box.put(mail(), mail(message_id="", text="没有编号的邮件"))
    held = hold_box(row.government_id, box.box.key, now=NOW)
    with opened(box.box) as reader:
        begin_reading(held, reader.validity)
        given = reader.fetch(1)
        store_mail(read_letter(given.raw), received_at=given.received_at, actor=system(row.government_id), now=NOW, place=Place(held.pk, 1))
    assert (len(subjects()), box.flags(), Mailbox.objects.get().last_uid) == (1, ["", ""], 1)
    assert [each.fetched for each in jobs.fetch_mail(NOW + LEASE + timedelta(seconds=1))] == [2]
    assert (len(subjects()), box.flags()) == (2, ["\\Seen", "\\Seen"])
    box.unsee()
    assert [each.fetched for each in jobs.fetch_mail(NOW + LEASE + timedelta(minutes=3))] == [2]
    assert (len(subjects()), box.flags()) == (2, ["\\Seen", "\\Seen"])


def test_a_mail_somebody_read_elsewhere_first_is_fetched_all_the_same(box):
    consultation_opened()
    box.put(mail())
    box.see()
    jobs.fetch_mail(NOW)
    assert subjects() == ["意见"]


def test_everything_is_read_again_and_known_when_the_server_numbers_anew(box):
    consultation_opened()
    box.put(mail())
    jobs.fetch_mail(NOW)
    Mailbox.objects.update(validity=1)
    assert [each.fetched for each in jobs.fetch_mail(NOW)] == [1]
    assert subjects() == ["意见"]


def test_the_same_mail_delivered_twice_is_one_row(box):
    consultation_opened()
    twice = mail()
    box.put(twice, b"Received: from elsewhere\r\n" + twice)
    jobs.fetch_mail(NOW)
    assert (subjects(), box.flags()) == (["意见"], ["\\Seen", "\\Seen"])


def test_a_box_that_another_runner_holds_is_left_alone_until_its_lease_is_over(box):
    home = consultation_opened()[0].government
    box.put(mail())
    assert hold_box(home.pk, box.box.key, now=NOW) is not None
    assert hold_box(home.pk, box.box.key, now=NOW) is None
    assert [(each.fetched, each.held) for each in jobs.fetch_mail(NOW)] == [(0, True)]
    Mailbox.objects.update(lease_until=NOW.replace(year=NOW.year - 1))
    assert [(each.fetched, each.held) for each in jobs.fetch_mail(NOW)] == [(1, False)]


def test_a_wrong_password_is_said_and_never_written_down(dovecot, settings, caplog):
    home = government()
    made = dovecot.box().box
    wrong = boxes_in(f"imap://{made.user.replace('@', '%40')}:falsch-geheim@127.0.0.1:{made.port}/INBOX")[0]
    settings.MINGTANG_MAILBOXES = (wrong,)
    with caplog.at_level(logging.DEBUG):
        told = jobs.fetch_mail(NOW)
    jobs.fetch_mail(NOW + timedelta(minutes=3))
    row = Mailbox.objects.get(government=home)
    assert ("sign-in" in row.problem, row.problem_at, row.read_at, row.lease_until) == (True, NOW, None, None)
    everything = f"{told} {wrong} {wrong!r} {caplog.text} {Mailbox.objects.values()}"
    assert ("falsch-geheim" in everything, "sign-in" in caplog.text) == (False, True)


def test_one_message_that_the_server_cannot_give_stops_none_behind_it(box):
    consultation_opened()
    box.put(mail(), mail(subject="第二封", message_id="<2@x>"))
    with box.unreadable(1):
        told = jobs.fetch_mail(NOW)
    assert [(each.fetched, each.problem[:9]) for each in told] == [(1, "1: comman")]
    assert subjects() == ["第二封"]
    jobs.fetch_mail(NOW)
    assert (subjects(), Mailbox.objects.get().problem) == (["第二封", "意见"], "")


def test_a_folder_with_a_chinese_name_is_read_over_tls(dovecot, settings, monkeypatch):
    consultation_opened()
    made = dovecot.box(tls=True, folder="意见箱&1")
    made.put(mail(), folder=f'"{folder_name("意见箱&1")}"')
    settings.MINGTANG_MAILBOXES = (made.box,)
    assert ["certificate" in each.problem.lower() for each in jobs.fetch_mail(NOW)] == [True]
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.folder / "cert.pem"))
    assert [(each.fetched, each.problem) for each in jobs.fetch_mail(NOW)] == [(1, "")]


def test_a_folder_that_is_not_there_is_said(dovecot):
    with pytest.raises(BoxError, match="Nirgends"), opened(dovecot.box(folder="Nirgends").box):
        pass


def test_a_box_that_nobody_answers_is_said():
    with pytest.raises(BoxError, match=r"127\.0\.0\.1:9"), opened(boxes_in("imap://a:b@127.0.0.1:9/")[0]):
        pass


def test_the_command_reads_once_and_says_what_is_missing(box, settings):
    consultation_opened()
    box.put(mail())
    out = io.StringIO()
    call_command("fetch_mail", stdout=out)
    assert out.getvalue() == f"{box.user} (127.0.0.1): 1 fetched\n"
    settings.MINGTANG_MAILBOXES = (boxes_in("imap://a:b@127.0.0.1:9/")[0],)
    with pytest.raises(CommandError, match=r"127\.0\.0\.1:9"):
        command("fetch_mail", stdout=out)
    settings.MINGTANG_MAILBOXES = ()
    with pytest.raises(CommandError, match="MINGTANG_IMAP_URL"):
        command("fetch_mail", stdout=out)


def test_each_government_gets_the_mails_of_its_own_box(dovecot, settings):
    first, second = government(host="a.example.org"), government(host="b.example.org")
    one, two = dovecot.box(), dovecot.box(more="#b.example.org")
    settings.MINGTANG_MAILBOXES = (one.box, two.box, boxes_in("imap://a:b@127.0.0.1:9/#nobody.example.org")[0])
    one.put(mail(subject="甲"))
    two.put(mail(subject="乙"))
    jobs.fetch_mail(NOW)
    assert list(Mail.objects.order_by("pk").values_list("government_id", "subject")) == [(first.pk, "甲"), (second.pk, "乙")]
    assert system(first.pk).is_system
