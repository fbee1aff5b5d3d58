"""Other doors of the outbox: text messages, calendar entries that change and end, mail that no server will ever take."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from mingtang.platform import events
from mingtang.platform.outbox.calendar import Entry, calendar_text, method_of
from mingtang.platform.outbox.deliver import deliver_due
from mingtang.platform.outbox.messengers import NotTaken
from mingtang.platform.outbox.models import Notice
from mingtang.platform.outbox.post import Recipient, forget, post
from mingtang.platform.outbox.rules import MAX_ATTEMPTS, is_final
from tests.factories.platform import NOW, department, government

STARTS = NOW + timedelta(days=5)
FOLDER = "mingtang.platform.outbox.messengers.FolderMessenger"


class Busy:
    """A provider that takes nothing for now."""

    def send(self, to: str, words: str, reference: str) -> str:
        """Refuse for now."""
        raise NotTaken("busy")


def entry(**changes: Any) -> Entry:
    told: dict[str, Any] = {
        "uid": "invitation-7@qh.example",
        "sequence": 3,
        "title": "第 18 次区政府常务会议：老旧小区加装电梯补助实施办法（征求意见后修改稿）",
        "starts_at": STARTS,
        "place": "一楼会议室, 东侧",
        "to": ("张三", "zs@example.org"),
        "organiser": ("清河区人民政府", "office@example.org"),
    }
    return Entry(**{**told, **changes})


def event_of(text: str) -> Any:
    return Calendar.from_ical(text).walk("VEVENT")[0]


def test_a_calendar_entry_says_when_where_and_what_and_reads_back():
    text = calendar_text(entry(), "REQUEST", now=NOW)
    made = event_of(text)
    assert (made["uid"], made["sequence"], made["dtstart"].dt, made["dtend"].dt) == (
        "invitation-7@qh.example",
        3,
        STARTS,
        STARTS + timedelta(hours=3),
    )
    assert (made["summary"], made["location"], made["status"]) == (entry().title, "一楼会议室, 东侧", "CONFIRMED")
    assert (made["attendee"], made["organizer"]) == ("mailto:zs@example.org", "mailto:office@example.org")
    assert method_of(text) == "REQUEST"
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_entry_that_ends_names_itself_and_is_cancelled():
    text = calendar_text(entry(sequence=4), "CANCEL", now=NOW)
    assert (method_of(text), event_of(text)["uid"], event_of(text)["sequence"], event_of(text)["status"]) == (
        "CANCEL",
        "invitation-7@qh.example",
        4,
        "CANCELLED",
    )


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_no_name_breaks_out_of_the_calendar_entry(name):
    made = event_of(calendar_text(entry(to=(name, "zs@example.org"), title=f"会议{name}"), "REQUEST", now=NOW))
    assert made["attendee"] == "mailto:zs@example.org"
    assert made["uid"] == "invitation-7@qh.example"


def test_only_answers_of_the_five_hundreds_are_final():
    assert is_final([550, 553])
    assert [is_final(codes) for codes in ([], [451], [550, 451])] == [False, False, False]


def queue(phone: str = "139-0000-0001", **fields: Any) -> Notice:
    made = post(
        "representatives/sms/invitation.txt",
        to=Recipient(phone=phone),
        government_id=government().pk,
        now=NOW,
        name="张三",
        meeting="第 18 次常务会议",
        topic="电梯",
        starts_at="2026-10-22 09:00",
        link="http://qh.example/invitation/x/",
        **fields,
    )
    assert made is not None
    return made


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """The provider that writes files."""
    settings.MINGTANG_MESSENGER, settings.MINGTANG_MESSENGER_FOLDER = FOLDER, tmp_path
    return tmp_path


@pytest.mark.django_db
def test_a_text_message_is_handed_to_the_provider_once_with_its_words(folder):
    told, before = [], dict(events._reactions)
    events.install({"notice.delivered": (told.append,)})
    notice = queue()
    assert [deliver_due(NOW), deliver_due(NOW + timedelta(days=1))] == [1, 0]
    events.install(before)
    notice.refresh_from_db()
    assert (notice.state, notice.reference, notice.destination) == ("sent", f"notice-{notice.pk}", "139-0000-0001")
    assert [each.subject.pk for each in told] == [notice.pk]
    written = [json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()]
    assert written == [{"to": "139-0000-0001", "words": notice.body, "reference": f"notice-{notice.pk}"}]
    assert "http://qh.example/invitation/x/" in notice.body


@pytest.mark.django_db
@pytest.mark.parametrize("provider", ["", FOLDER])
def test_a_message_nobody_can_take_fails_at_once_and_says_so(settings, tmp_path, provider):
    settings.MINGTANG_MESSENGER, settings.MINGTANG_MESSENGER_FOLDER = provider, tmp_path
    told, before = [], dict(events._reactions)
    events.install({"notice.failed": (told.append,)})
    notice = queue(phone="没有号码")
    deliver_due(NOW)
    events.install(before)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, bool(notice.last_error)) == ("failed", 1, True)
    assert [each.subject.pk for each in told] == [notice.pk]


@pytest.mark.django_db
def test_a_provider_that_is_busy_is_asked_again_until_the_tries_are_used_up(settings):
    settings.MINGTANG_MESSENGER = f"{__name__}.Busy"
    notice, now = queue(), NOW
    for _ in range(MAX_ATTEMPTS):
        assert deliver_due(now) == 0
        now += timedelta(hours=5)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts, notice.last_error) == ("failed", MAX_ATTEMPTS, "busy")


@pytest.mark.django_db
def test_forgetting_what_a_message_was_about_takes_its_number_too(folder):
    row = department(government())
    queue(about=row)
    deliver_due(NOW)
    forget(row)
    assert list(Notice.objects.values_list("phone", "body", "state")) == [("", "", "sent")]
