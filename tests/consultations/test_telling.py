"""Authors hear of a decision and of an improvement, once; a department hears that few people answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mingtang.consultations.actions.telling import ANSWERS, MILESTONE, release_published, tell_milestone, tell_of_silence, write_answers
from mingtang.consultations.models import Consultation, Opinion, OpinionContact
from mingtang.consultations.rules.opening import unused_doors
from mingtang.platform.actor import system
from mingtang.platform.events import Happened
from mingtang.platform.jobs.models import Job
from mingtang.platform.outbox.models import Notice
from tests.factories.consultations import clerk_person, opened, opinion
from tests.factories.ledger import AFTER, reported
from tests.factories.platform import NOW

pytestmark = pytest.mark.django_db


class Release:
    """What the reaction reads of a release."""

    def __init__(self, of: Consultation, kind: str, corrects_id: int | None = None) -> None:
        self.government_id, topic_id = of.government_id, of.topic_id
        self.pk, self.topic_id, self.kind, self.corrects_id, self.title = 7, topic_id, kind, corrects_id, "关于印发|办法的通知"


def test_whoever_left_an_address_hears_once_that_the_report_answers():
    row, _clerk, _rows = reported()
    assert [each.arguments for each in Job.objects.filter(name=ANSWERS)] == [{"consultation_id": row.pk}]
    first, second, *_others = Opinion.objects.filter(consultation=row).order_by("pk")
    for each, address in ((first, "a@example.org"), (second, "b@example.org")):
        OpinionContact.objects.update_or_create(opinion=each, defaults={"email": address, "consent_at": AFTER})
    steps: list[tuple[int, int]] = []
    for _ in range(2):
        assert write_answers(row.pk, now=AFTER, progress=lambda done, every: steps.append((done, every))) == 2
    told = Notice.objects.filter(template="consultations/email/answered.txt").order_by("pk")
    assert [each.address for each in told] == ["a@example.org", "b@example.org"]
    assert f"/r/{first.receipt}/" in told[0].body
    assert steps == [(0, 2), (2, 2)] * 2


@pytest.mark.parametrize(
    ("kind", "corrects", "jobs"),
    [("result", None, 1), ("decision", None, 1), ("improvement", None, 1), ("interpretation", None, 0), ("decision", 3, 0)],
)
def test_what_is_told_is_a_result_a_decision_or_an_improvement(kind: str, corrects: int | None, jobs: int):
    row, _clerk, _rows = reported()
    happened = Happened("release.publish", Release(row, kind, corrects), system(row.government_id), AFTER)
    for _ in range(2):
        release_published(happened)
    queued = Job.objects.filter(name=MILESTONE)
    assert [each.arguments for each in queued] == [{"topic_id": row.topic_id, "release_id": 7, "title": "关于印发办法的通知"}] * jobs


def test_each_address_is_written_to_once_and_not_for_what_was_withheld():
    row, _clerk, _rows = reported()
    rows = list(Opinion.objects.filter(consultation=row).order_by("pk"))
    gone = next(each for each in rows if each.state == "withheld")
    kept = [each for each in rows if each.state != "withheld"]
    for each, address in ((kept[0], "A@example.org"), (kept[1], "a@example.org"), (kept[2], "b@example.org"), (gone, "c@example.org")):
        OpinionContact.objects.update_or_create(opinion=each, defaults={"email": address, "consent_at": AFTER})
    about: dict[str, Any] = {"topic_id": row.topic_id, "release_id": 7, "title": "关于印发办法的通知"}
    steps: list[tuple[int, int]] = []
    for _ in range(2):
        assert tell_milestone(**about, now=AFTER, progress=lambda done, every: steps.append((done, every))) == 2
    assert steps == [(0, 2), (2, 2)] * 2
    told = Notice.objects.filter(template="consultations/email/milestone.txt").order_by("pk")
    assert [each.address for each in told] == ["A@example.org", "b@example.org"]
    assert f"/r/{kept[0].receipt}/" in told[0].body
    assert "关于印发办法的通知" in told[0].subject_line


def test_clerks_hear_once_that_few_people_answered_and_which_doors_are_unused():
    row, _clerk = opened()
    clerk = clerk_person(row)
    opinion(row, "太贵", name="某甲")
    half = row.opened_at + (AFTER - row.opened_at) / 2 + timedelta(days=1)
    assert tell_of_silence(NOW + timedelta(days=2)) == 0
    assert (tell_of_silence(half), tell_of_silence(half + timedelta(hours=1))) == (1, 0)
    told = Notice.objects.get(template="consultations/email/silence.txt")
    assert told.subject_line == f"期限过半，1 人提了意见：{row}"
    assert "还没有用过的渠道： 纸质、电话、现场、座谈、走访、问卷、邮件、信函。" in told.body
    assert told.person == clerk


def test_ten_letters_by_one_hand_are_one_voice():
    row, _clerk = opened()
    clerk_person(row)
    for n in range(10):
        opinion(row, f"太贵，第 {n} 次说", author="同一人")
    half = row.opened_at + (AFTER - row.opened_at) / 2 + timedelta(days=1)
    assert tell_of_silence(half) == 1


def test_doors_through_which_something_came_are_not_named():
    assert [str(each) for each in unused_doors({("channel", "paper"): 3, ("channel", "web"): 9, ("channel", "visit"): 0})][:3] == [
        "电话",
        "现场",
        "座谈",
    ]
