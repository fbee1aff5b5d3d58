"""The hearing on the ledger of its matter, on the dossier, on the planner and on the calendar of meetings."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from mingtang.hearings import actions, published
from mingtang.hearings.rules import PRESETS, StageFacts, next_step
from mingtang.meetings import queries as meetings
from mingtang.platform.actor import Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.web.chain import Progress
from mingtang.portal.matter import matter_page
from mingtang.topics.models import Topic
from mingtang.workspace.stages import stages as staff_stages
from tests.factories.hearings import (
    AFTER,
    SETTLE,
    STARTS,
    UNTIL,
    announced,
    confirmed,
    decided,
    enrolled,
    held,
    listed,
    reported,
    served,
    settled,
)
from tests.factories.platform import NOW, person
from tests.factories.topics import approved

PRICE = PRESETS["price"].periods
DAY = timedelta(days=1)
HELD_ON = STARTS.date()


def step(state, today, enrol_until=UNTIL, starts_at=STARTS):
    return next_step(StageFacts(state, starts_at, enrol_until, None), PRICE, today)


@pytest.mark.parametrize(
    ("state", "today", "what", "due_on", "clause"),
    [
        ("decided", NOW.date(), "待公告", HELD_ON - 30 * DAY, "713 Art.16"),
        ("enrolling", UNTIL, "报名", UNTIL, "713 Art.16"),
        ("enrolling", UNTIL + DAY, "公布名单", HELD_ON - 15 * DAY, "713 Art.16"),
        ("drawn", UNTIL + DAY, "公布名单", HELD_ON - 15 * DAY, "713 Art.16"),
        ("listed", UNTIL + DAY, "送达材料", HELD_ON - 7 * DAY, "713 Art.16"),
        ("served", HELD_ON, "举行", HELD_ON, "713 Art.17"),
        ("running", HELD_ON, "举行", HELD_ON, "713 Art.17"),
        ("held", HELD_ON, "笔录待确认", None, "713 Art.17"),
        ("confirmed", HELD_ON, "报告待公布", None, "2.1d"),
        ("postponed", HELD_ON, "另定时间", None, "2.1d"),
    ],
)
def test_each_state_has_its_next_step_with_its_last_day_and_clause(state, today, what, due_on, clause):
    found = step(state, today)
    assert (str(found.what), found.due_on, found.clause) == (what, due_on, clause)


def test_where_seats_are_drawn_the_draw_comes_first_with_its_own_last_day():
    facts = StageFacts("enrolling", STARTS, UNTIL, None, draws=True)
    found = next_step(facts, PRICE, UNTIL + DAY)
    assert (str(found.what), found.due_on, str(found.rule)) == ("抽签", HELD_ON - 20 * DAY, "抽签提前 20 日")
    assert str(next_step(facts, PRESETS["national"].periods, UNTIL + DAY).what) == "公布名单"


def test_a_hearing_without_a_day_has_no_last_day_and_a_finished_one_no_step():
    assert step("decided", NOW.date(), starts_at=None).due_on is None
    assert [step(state, HELD_ON) for state in ("reported", "cancelled")] == [None, None]


def columns(of, now):
    day = day_of(now)
    return published.stages(of.topic.pk, figures_for(of.home.pk, day), work_calendar(), now)


@pytest.mark.django_db
def test_the_ledger_has_the_hearing_between_consultation_and_report_only_where_there_is_one():
    of = announced()
    page = matter_page(of.home.pk, of.topic.pk, NOW)
    assert [each.code for each in page.stages][:4] == ["declare", "listen", "hear", "report"]
    without = approved(of.department)
    assert "hear" not in [each.code for each in matter_page(of.home.pk, without.pk, NOW).stages]
    quiet = decided()
    assert columns(quiet, NOW) == []


@pytest.mark.django_db
def test_a_step_past_its_last_day_is_a_red_mark_on_the_public_page_with_rule_and_clause():
    of = settled(preset="price")
    due = HELD_ON - 15 * DAY
    early = columns(of, SETTLE)[0]
    assert (early.progress, str(early.until), str(early.rule), early.basis) == (Progress.NOW, f"至 {due}", "名单提前 15 日", "713 Art.16")
    late = STARTS - 13 * DAY
    stage = columns(of, late)[0]
    assert (stage.progress, str(stage.until), str(stage.fact)) == (Progress.LATE, "逾期 2 日", "公布名单")
    assert str(matter_page(of.home.pk, of.topic.pk, late).state) == "听证逾期"


@pytest.mark.django_db
def test_held_it_says_when_and_how_many_came_until_the_report_closes_it():
    of = held(present=4)
    stage = columns(of, STARTS + DAY)[0]
    assert (stage.progress, stage.day, str(stage.fact)) == (Progress.NOW, HELD_ON, "笔录待确认")
    assert str(columns(confirmed(), STARTS + DAY)[0].fact) == "报告待公布"
    done = columns(reported(), STARTS + 9 * DAY)[0]
    assert (done.progress, done.day, str(done.fact)) == (Progress.DONE, HELD_ON, "到会 4 / 5")


@pytest.mark.django_db
def test_a_hearing_called_off_or_put_off_says_so():
    of = announced()
    actions.postpone(of.hearing.pk, actor=of.clerk, now=NOW, reason="场地停电")
    assert str(columns(of, NOW)[0].fact) == "另定时间"
    actions.cancel(of.hearing.pk, actor=of.head, now=NOW, reason="方案撤回")
    assert (columns(of, NOW)[0].progress, str(columns(of, NOW)[0].fact)) == (Progress.SKIPPED, "已取消")


@pytest.mark.django_db
def test_the_dossier_shows_it_from_the_decision_on_and_leads_to_its_page():
    of = decided()
    found = {each.stage.code: each for each in staff_stages(of.clerk, of.topic.pk, NOW)}
    assert (str(found["hear"].stage.fact), found["hear"].url) == ("待公告", f"/workspace/hearings/{of.hearing.pk}/")
    dropped = decided()
    actions.cancel(dropped.hearing.pk, actor=dropped.head, now=NOW, reason="不办了")
    assert "hear" not in {each.stage.code for each in staff_stages(dropped.clerk, dropped.topic.pk, NOW)}


@pytest.mark.django_db
def test_a_wished_day_before_the_hearing_is_a_warning_with_the_earliest_day_after_it():
    of = announced(starts_at=STARTS + 20 * DAY)
    Topic.objects.filter(pk=of.topic.pk).update(wished_on=HELD_ON + 17 * DAY, meeting_kind="executive")
    assert [each.earliest > HELD_ON + 20 * DAY for each in meetings.blocked(of.clerk, NOW)] == [True]
    actions.cancel(of.hearing.pk, actor=of.head, now=NOW, reason="方案撤回")
    assert meetings.blocked(of.clerk, NOW) == []  # the consultation alone ends in time


@pytest.mark.django_db
@pytest.mark.parametrize("made", [announced, listed, served])
def test_the_calendar_of_meetings_shows_the_day_of_an_announced_hearing(made):
    of = made()
    client = Client(headers={"host": of.home.host})
    page = client.get(f"/calendar/?month={STARTS:%Y-%m}").content.decode()
    assert page.count(f'href="/hearings/{of.hearing.pk}/"') == 2
    assert "没有公开议程的会议" in page
    assert f"/hearings/{of.hearing.pk}/" not in client.get(f"/calendar/?month={STARTS:%Y-%m}&kind=executive").content.decode()
    assert f"/hearings/{of.hearing.pk}/" in client.get(f"/en/calendar/?month={STARTS:%Y-%m}&kind=hearing").content.decode()
    hidden = decided(of.department)
    assert f"/hearings/{hidden.hearing.pk}/" not in client.get(f"/calendar/?month={STARTS:%Y-%m}").content.decode()


@pytest.mark.django_db
def test_a_month_with_a_hearing_is_read_anew_when_the_hearing_is_put_off():
    of = announced()
    enrolled(of)
    client, page = Client(headers={"host": of.home.host}), f"/calendar/?month={STARTS:%Y-%m}"
    tag = client.get(page)["ETag"]
    actions.postpone(of.hearing.pk, actor=of.clerk, now=AFTER, reason="场地停电")
    answer = client.get(page, headers={"if-none-match": tag})
    assert (answer.status_code, "已延期" in answer.content.decode()) == (200, True)


@pytest.mark.django_db
def test_the_planner_counts_a_hearing_when_asked():
    of = decided()
    client = Client(headers={"host": of.home.host})
    client.force_login(person(of.home, Role.CLERK, within=of.department))
    found = [re.sub(r"<[^>]+>", " ", client.get(f"/workspace/planner/?kind=normdoc{more}").content.decode()) for more in ("", "&hearing=1")]
    assert ["日公告，《决策条例》第十六条" in each for each in found] == [False, True]
