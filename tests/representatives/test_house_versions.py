"""House rules in versions: published side by side, and confirmed in the version in force on the day of the meeting (3.2b)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from mingtang.platform import events
from mingtang.platform.actor import stranger
from mingtang.platform.audit.models import Act
from mingtang.platform.clock import day_of
from mingtang.platform.outbox.models import Notice
from mingtang.reactions import REACTIONS
from mingtang.representatives import actions, published, queries
from mingtang.representatives.models import Invitation
from tests.factories.meetings import STARTS, frozen
from tests.factories.platform import NOW, TODAY
from tests.factories.refusing import refused
from tests.factories.representatives import accepted, house_rules, invited

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listening():
    """The reactions of the running site."""
    events.install(REACTIONS)


@pytest.fixture
def meeting():
    return frozen()


def changed(meeting, **fields):
    return house_rules(meeting, **{"discipline": "手机静音，可以记录，不录音录像。", "in_force_on": TODAY, **fields})


def test_a_new_version_between_answer_and_meeting_asks_again_and_is_confirmed_by_link(meeting):
    row = accepted(meeting)
    changed(meeting)
    mail = Notice.objects.get(template="representatives/email/rules_changed.txt")
    assert row.token in mail.body
    site = Client(headers={"host": meeting.home.host})
    page = site.get(f"/invitation/{row.token}/").content.decode()
    assert "已阅读并遵守第 2 版" in page
    assert "?from=1&amp;to=2" in page
    for _twice in range(2):
        site.post(f"/invitation/{row.token}/", {"confirm": "1"})
    row.refresh_from_db()
    assert (row.rules.version, Act.objects.filter(event="invitation.confirm_rules").count()) == (2, 1)
    assert "已阅读并遵守第 2 版" not in site.get(f"/invitation/{row.token}/").content.decode()


def test_who_answers_accepts_the_version_in_force_on_the_day_of_the_meeting(meeting):
    house_rules(meeting)
    changed(meeting, in_force_on=day_of(STARTS))
    assert accepted(meeting).rules.version == 2


def test_a_version_after_the_meeting_asks_nobody(meeting):
    accepted(meeting)
    changed(meeting, in_force_on=day_of(STARTS) + timedelta(days=1))
    assert not Notice.objects.filter(template="representatives/email/rules_changed.txt").exists()


def test_who_has_not_answered_yet_is_not_asked_to_confirm(meeting):
    row = invited(meeting)
    changed(meeting)
    assert actions.confirm_rules(row.token, actor=stranger(meeting.home.pk), now=NOW).rules is None
    with refused("gone"):
        actions.confirm_rules("nobody", actor=stranger(meeting.home.pk), now=NOW)


def test_the_desk_notes_a_confirmation_by_phone(meeting):
    row = accepted(meeting)
    changed(meeting)
    with refused("role"):
        actions.confirm_for(row.pk, actor=meeting.leader, now=NOW)
    assert actions.confirm_for(row.pk, actor=meeting.operator, now=NOW).rules.version == 2


def test_somebody_present_under_rules_no_longer_in_force_counts_as_broken(meeting):
    row = accepted(meeting)
    Invitation.objects.filter(pk=row.pk).update(state="present")
    meeting.meeting.started_at = STARTS
    meeting.meeting.save()
    span = (meeting.home.pk, date(2026, 1, 1), date(2026, 12, 31))
    assert (queries.rules_published(*span).kept, queries.rules_published(*span).broken) == (1, 0)
    changed(meeting)
    assert queries.rules_published(*span).broken == 1


def test_the_versions_stand_side_by_side_with_what_changed(meeting):
    house_rules(meeting)
    changed(meeting)
    view = published.versions_of(meeting.home.pk, meeting.department.pk, NOW)
    assert (view.shown.version, view.before.version, view.in_force) == (2, 1, 2)
    assert [(each.title.zh, each.changed) for each in view.parts] == [
        ("代表产生机制", False),
        ("代表责任义务", False),
        ("会议组织安排", False),
        ("会议纪律", True),
    ]
    first = published.versions_of(meeting.home.pk, meeting.department.pk, NOW, after="1")
    assert (first.shown.version, first.before) == (1, None)
    site = Client(headers={"host": meeting.home.host})
    page = site.get(f"/house-rules/{meeting.department.pk}/?from=1&to=2").content.decode()
    assert "<ins>，可以记录</ins>" in page
    assert site.get(f"/house-rules/{meeting.department.pk}/?from=x&to=99").status_code == 200
    whole = site.get(f"/house-rules/{meeting.department.pk}/?from=2&to=2").content.decode()
    assert "，可以记录" in whole
    assert "<ins>" not in whole
    assert site.get("/house-rules/999999/").status_code == 404


def test_the_desk_says_who_has_not_confirmed_the_rules_in_force(meeting):
    row = accepted(meeting)
    actor_of = meeting.operator
    assert not [each for each in queries.desk(actor_of, NOW) if each.clause == "3.2b"]
    changed(meeting)
    (found,) = [each for each in queries.desk(actor_of, NOW) if each.clause == "3.2b"]
    assert (str(found.title), found.url) == ("1 位代表还没有确认新的列席工作规定", f"/workspace/meetings/{meeting.meeting.pk}/invitations/")
    actions.confirm_rules(row.token, actor=stranger(meeting.home.pk), now=NOW)
    assert not [each for each in queries.desk(actor_of, NOW) if each.clause == "3.2b"]
