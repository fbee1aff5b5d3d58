"""2.2d: the recording of a meeting, and each open item's moment in it."""

from datetime import timedelta

import pytest
from django.test import Client

from mingtang.meetings import actions, published
from mingtang.meetings.models import AgendaItem
from mingtang.meetings.rules import as_time, is_played, mark, may_record, seconds_of
from mingtang.platform.accounts.models import Person
from mingtang.platform.audit.models import Act
from tests.factories.held import STARTS, Held, convened, held
from tests.factories.refusing import refused

FILM = "https://video.example/2026/18/index.m3u8"
OVER = STARTS + timedelta(days=1)


def test_a_moment_is_the_items_start_after_the_meetings_unless_staff_entered_another() -> None:
    later = STARTS + timedelta(minutes=12, seconds=30)
    assert [mark(200, STARTS, later, None), mark(0, STARTS, later, 5), mark(0, None, later, None), mark(0, STARTS, None, None)] == [
        950,
        5,
        None,
        None,
    ]
    assert mark(7, later, STARTS, None) == 7


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("1:02:03", 3723), ("12:30", 750), ("0：03：20", 200), (" 90:00 ", 5400), ("12", None), ("1:60", None), ("x", None)],
)
def test_times_are_read_as_people_write_them(typed: str, seconds: int | None) -> None:
    assert seconds_of(typed) == seconds


def test_times_are_written_with_hours() -> None:
    assert [as_time(0), as_time(3723), as_time(36000)] == ["0:00:00", "1:02:03", "10:00:00"]


def test_what_a_browser_plays_is_told_from_a_page_around_it() -> None:
    assert [is_played(FILM), is_played("https://v.example/a.MP4?x=1"), is_played("https://v.example/live/18")] == [True, True, False]


@pytest.mark.parametrize(
    ("state", "url", "marks", "code"),
    [
        ("running", FILM, (), "wrong_state"),
        ("ended", "http://v.example/a.mp4", (), "address"),
        ("ended", FILM, (60, 60), "marks"),
        ("closed", FILM, (90_000,), "marks"),
        ("closed", FILM, (0, 60, 3000), ""),
        ("ended", "", (), ""),
    ],
)
def test_a_recording_is_of_a_meeting_that_was_held_with_items_one_after_the_other(
    state: str, url: str, marks: tuple[int, ...], code: str
) -> None:
    said = may_record(state, url, marks)
    assert (bool(said), said.code) == (not code, code)


@pytest.mark.django_db
def test_a_recording_is_refused_while_the_meeting_runs() -> None:
    of = convened()
    with refused("wrong_state"):
        actions.save_recording(of.meeting.pk, actor=of.operator, now=STARTS, url=FILM)


def _staff(of: Held) -> Client:
    client = Client(headers={"host": of.home.host})
    client.force_login(Person.objects.get(pk=of.operator.person_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_the_public_page_leads_to_the_moment_staff_entered_and_the_player_begins_there() -> None:
    of = held()
    client, place = _staff(of), f"/workspace/meetings/{of.meeting.pk}/recording/"
    wrong = client.post(place, {"url": FILM, "offset": "三分", f"mark_{of.item.pk}": ""})
    assert "写成 时:分:秒" in wrong.content.decode()
    assert client.post(place, {"url": FILM, "offset": "3:20", f"mark_{of.item.pk}": "0:12:30"}).status_code == 302
    assert "0:12:30" in client.get(place).content.decode()
    public = Client(headers={"host": of.home.host})
    said = public.get(f"/meetings/{of.meeting.pk}/").content.decode()
    assert f'<a href="/meetings/{of.meeting.pk}/recording/?item=1">录像 0:12:30</a>' in said
    answer = public.get(f"/meetings/{of.meeting.pk}/recording/?item=1")
    assert f'src="{FILM}#t=750"' in answer.content.decode()
    assert "media-src https://video.example" in answer["Content-Security-Policy"]
    assert "media-src" not in public.get(f"/meetings/{of.meeting.pk}/")["Content-Security-Policy"]
    english = public.get(f"/en/meetings/{of.meeting.pk}/recording/?item=1").content.decode()
    assert "from item 1, at 0:12:30" in english


@pytest.mark.django_db
def test_the_moment_follows_the_clock_of_the_day_and_saving_again_records_nothing() -> None:
    of = held()
    AgendaItem.objects.filter(pk=of.item.pk).update(began_at=of.meeting.started_at + timedelta(minutes=10))
    for _again in range(2):
        actions.save_recording(of.meeting.pk, actor=of.operator, now=OVER, url="https://v.example/live/18", offset=60)
    view = published.recording(of.home.pk, of.meeting.pk, "1")
    assert view is not None
    assert view.shown is not None
    assert (view.played, view.shown.seconds, view.shown.at) == (False, 660, "0:11:00")
    assert Act.objects.filter(event="meeting.recording").count() == 1
    page = Client(headers={"host": of.home.host}).get(f"/meetings/{of.meeting.pk}/recording/?item=1").content.decode()
    assert "<video" not in page
    assert "打开后拖到 0:11:00" in page


@pytest.mark.django_db
def test_a_closed_item_has_no_moment_and_a_meeting_without_recording_no_page() -> None:
    of = held()
    public = Client(headers={"host": of.home.host})
    assert public.get(f"/meetings/{of.meeting.pk}/recording/").status_code == 404
    AgendaItem.objects.filter(pk=of.item.pk).update(attendance="closed", closing_ground="process", mark_seconds=77)
    actions.save_recording(of.meeting.pk, actor=of.operator, now=OVER, url=FILM)
    view = published.recording(of.home.pk, of.meeting.pk, "1")
    assert view is not None
    assert (view.moments, view.shown) == ((), None)
    assert "录像 0:" not in public.get(f"/meetings/{of.meeting.pk}/").content.decode()
