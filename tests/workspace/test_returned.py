"""What was returned says on its page why, by whom and when, until it is sent on again."""

from __future__ import annotations

import pytest
from django.test import Client

from mingtang.consultations.actions import return_report, return_review, save_report, submit_report, submit_review
from mingtang.minutes import actions as minutes
from mingtang.platform.actor import Role
from mingtang.platform.audit.acts import standing_return
from mingtang.publishing import actions as publishing
from mingtang.topics.actions import return_topic, submit_topic
from tests.factories.consultations import clerk_person, closed, in_review, reviewers
from tests.factories.held import STARTS, held
from tests.factories.platform import NOW, actor, person
from tests.factories.topics import drafter, submitted

pytestmark = pytest.mark.django_db
WHY = "请补上值守电话。"


def shows(path: str, who) -> bool:
    """Whether the page of this person names the reason."""
    client = Client()
    client.force_login(who)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return WHY in answer.content.decode().partition("notice--go")[2].partition("</div>")[0]


def test_a_returned_declaration():
    topic, (head, *_others) = submitted()
    return_topic(topic.pk, actor=head, now=NOW, reason=WHY)
    pages = (f"/workspace/topics/{topic.pk}/", f"/workspace/topics/{topic.pk}/edit/1/")
    clerk = person(topic.government, Role.CLERK, within=topic.department)
    assert [shows(page, clerk) for page in pages] == [True, True]
    submit_topic(topic.pk, actor=drafter(topic), now=NOW)
    assert not shows(pages[0], clerk)
    assert standing_return(topic, "topic.return", "topic.submit") is None


def test_a_returned_consultation():
    row, clerk = in_review()
    return_review(row.pk, actor=reviewers(row.topic.department)[0], now=NOW, reason=WHY)
    page = f"/workspace/consultations/{row.pk}/"
    assert shows(page, clerk_person(row))
    submit_review(row.pk, actor=clerk, now=NOW)
    assert not shows(page, clerk_person(row))


def test_a_returned_adoption_report():
    row, clerk = closed()
    head = actor(row.government, Role.HEAD, within=row.topic.department)
    save_report(row.pk, actor=clerk, now=NOW, intro="没有收到意见。", number="")
    submit_report(row.pk, actor=clerk, now=NOW)
    return_report(row.pk, actor=head, now=NOW, reason=WHY)
    page = f"/workspace/consultations/{row.pk}/report/"
    assert shows(page, clerk_person(row))
    submit_report(row.pk, actor=clerk, now=NOW)
    assert not shows(page, clerk_person(row))


def test_returned_minutes():
    over = held()
    minutes.compose_minutes(over.meeting.pk, actor=over.operator, now=STARTS)
    minutes.circulate_minutes(over.meeting.pk, actor=over.operator, now=STARTS)
    minutes.return_minutes(over.meeting.pk, actor=actor(over.home, Role.OFFICE), now=STARTS, reason=WHY)
    page = f"/workspace/meetings/{over.meeting.pk}/minutes/"
    assert shows(page, person(over.home, Role.OPERATOR))
    minutes.circulate_minutes(over.meeting.pk, actor=over.operator, now=STARTS)
    assert not shows(page, person(over.home, Role.OPERATOR))


def test_a_returned_release():
    over = held()
    row = publishing.draft_release(over.topic.pk, actor=over.clerk, now=STARTS, kind="result", title="结果", body="通过。")
    publishing.submit_release(row.pk, actor=over.clerk, now=STARTS)
    publishing.return_release(row.pk, actor=actor(over.home, Role.EDITOR_1), now=STARTS, reason=WHY)
    page, clerk = f"/workspace/releases/{row.pk}/", person(over.home, Role.CLERK, within=over.department)
    assert shows(page, clerk)
    publishing.submit_release(row.pk, actor=over.clerk, now=STARTS)
    assert not shows(page, clerk)
