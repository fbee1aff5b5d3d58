"""Reads of the record, the outbox and the jobs."""

from __future__ import annotations

import pytest

from mingtang.platform.actor import Role
from mingtang.platform.audit.acts import record
from mingtang.platform.audit.reads import acts
from mingtang.platform.jobs.models import Job
from mingtang.platform.jobs.reads import jobs, letters
from mingtang.platform.outbox.post import Recipient, post
from mingtang.platform.outbox.post import inbox as box
from mingtang.platform.outbox.reads import inbox, mark_read, notices
from tests.factories.platform import NOW, actor, department, government, later, person

pytestmark = pytest.mark.django_db
WORDS = {"topic": "路灯", "reason": "缺草案", "name": "张三"}


def test_acts_are_found_by_event_and_by_name_in_their_own_government():
    home = government()
    row = department(home)
    for name, event in (("张三", "topic.submit"), ("李四", "topic.approve"), ("张三", "figure.set")):
        record(event, row, actor=actor(home, Role.OFFICE, name=name), now=NOW)
    record("topic.submit", other := department(government()), actor=actor(other.government), now=NOW)
    assert [each.event for each in acts(home.pk)] == ["figure.set", "topic.approve", "topic.submit"]
    assert [each.event for each in acts(home.pk, event="topic")] == ["topic.approve", "topic.submit"]
    assert [each.event for each in acts(home.pk, event="topic", who="张")] == ["topic.submit"]


def test_notices_are_listed_newest_first_by_state():
    home = government()
    for minutes in (0, 1):
        post(
            "topics/email/returned.txt",
            to=Recipient(None, f"a{minutes}@example.org"),
            government_id=home.pk,
            now=later(minutes=minutes),
            **WORDS,
        )
    assert [each.address for each in notices(home.pk)] == ["a1@example.org", "a0@example.org"]
    assert len(notices(home.pk, state="queued")) == 2
    assert len(notices(home.pk, state="sent")) == 0


def test_an_inbox_empties_when_it_is_read():
    who, other = person(home := government()), person(government())
    for each in (who, other):
        post("topics/email/returned.txt", to=box(each), government_id=home.pk, now=NOW, **WORDS)
    assert len(inbox(who.pk)) == 1
    assert mark_read(who.pk, later(hours=1)) == 1
    assert mark_read(who.pk, later(hours=2)) == 0
    assert inbox(who.pk) == []
    assert len(inbox(other.pk)) == 1
    assert inbox(None) == []
    assert mark_read(None, NOW) == 0


def test_the_newest_jobs_come_first_and_no_more_than_asked():
    for name in ("a", "b", "c"):
        Job.objects.create(name=name, due_at=NOW, created_at=NOW)
    assert [each.name for each in jobs(2)] == ["c", "b"]


@pytest.mark.parametrize(
    ("authors", "heard", "said"),
    [
        (None, None, None),
        (("waiting", 0, 0), ("waiting", 0, 0), (0, 0, False, True, False)),
        (("running", 500, 1200), ("waiting", 0, 0), (500, 1200, False, True, False)),
        (("running", 500, 1200), ("done", 3, 3), (503, 1203, True, True, False)),
        (("done", 1200, 1200), ("failed", 1, 3), (1201, 1203, True, False, True)),
        (("done", 1200, 1200), ("done", 0, 0), (1200, 1200, True, False, False)),
    ],
)
def test_letters_are_counted_over_all_jobs_that_tell_the_news(authors, heard, said):
    for name, given in (("consultations.milestone", authors), ("hearings.milestone", heard)):
        if given:
            status, done, every = given
            row = {"name": name, "dedupe": f"{name}:7", "status": status, "due_at": NOW, "created_at": NOW}
            Job.objects.create(**row, done_steps=done, all_steps=every)
    Job.objects.create(name="hearings.milestone", dedupe="hearings.milestone:77", due_at=NOW, created_at=NOW, all_steps=9)
    Job.objects.create(name="consultations.answers", dedupe="consultations.answers:7", due_at=NOW, created_at=NOW, all_steps=9)
    found = letters("milestone", 7)
    assert (None if found is None else (found.written, found.every, found.begun, found.waits, found.failed)) == said
