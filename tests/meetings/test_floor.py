"""The list of speakers, breaks, members and the quorum: each rule refused and passed."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from mingtang.kernel.parameters import Figures, table
from mingtang.meetings import actions, published, queries, rules
from mingtang.meetings.models import AgendaItem, Break, Member, Speech
from mingtang.platform.actor import Role
from mingtang.platform.audit.models import Act
from mingtang.representatives import actions as seats
from tests.factories.held import STARTS, convened, held
from tests.factories.meetings import frozen, ready_topic
from tests.factories.platform import NOW, actor
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db


def at(minutes):
    return STARTS + timedelta(minutes=minutes)


def speech(of, kind="member", speaker="委员甲", minute=1, **more):
    return actions.add_speech(of.item.pk, actor=of.operator, now=at(minute), kind=kind, speaker=speaker, **more)


def turns(of):
    return [(row.speaker, row.began_at, row.ended_at) for row in queries.speeches(of.item.pk)]


def test_each_speaker_ends_the_one_before_and_times_are_kept():
    of = convened()
    first, second = speech(of), speech(of, speaker="委员乙")
    actions.give_floor(first.pk, actor=of.operator, now=at(2))
    actions.give_floor(second.pk, actor=of.operator, now=at(5))
    actions.end_speech(second.pk, actor=of.operator, now=at(7))
    actions.end_speech(second.pk, actor=of.operator, now=at(9))
    assert turns(of) == [("委员甲", at(2), at(5)), ("委员乙", at(5), at(7))]


def test_the_head_waits_until_everybody_else_has_spoken():
    of = convened()
    other, head = speech(of), speech(of, kind="head", speaker="区长陈一")
    with refused("head_last"):
        actions.give_floor(head.pk, actor=of.operator, now=at(2))
    actions.withdraw_speech(other.pk, actor=of.operator, now=at(3))
    assert actions.give_floor(head.pk, actor=of.operator, now=at(4)).began_at == at(4)


def test_who_spoke_after_the_head_makes_the_head_speak_once_more_before_the_decision():
    of = convened()
    who = {"actor": of.operator}
    for minute, (kind, name) in enumerate((("head", "区长陈一"), ("member", "委员甲")), 2):
        actions.give_floor(speech(of, kind, name).pk, now=at(minute), **who)
    with refused("head_last"):
        actions.decide_item(of.item.pk, now=at(6), outcome="passed", **who)
    actions.give_floor(speech(of, "head", "区长陈一", minute=7).pk, now=at(8), **who)
    assert actions.decide_item(of.item.pk, now=at(9), outcome="passed", **who).state == "decided"


def test_with_the_decision_nobody_has_the_floor_and_who_waited_is_crossed_out():
    of = convened()
    speaking, waiting = speech(of), speech(of, speaker="委员乙")
    actions.give_floor(speaking.pk, actor=of.operator, now=at(2))
    actions.decide_item(of.item.pk, actor=of.operator, now=at(9), outcome="passed")
    speaking.refresh_from_db()
    waiting.refresh_from_db()
    assert (speaking.ended_at, waiting.withdrawn_at, waiting.began_at) == (at(9), at(9), None)


def test_the_order_of_those_who_wait_is_changed_and_those_who_spoke_stay():
    of = convened()
    first, second, third = (speech(of, speaker=name) for name in ("甲", "乙", "丙"))
    actions.give_floor(first.pk, actor=of.operator, now=at(2))
    actions.move_speech(third.pk, actor=of.operator, now=at(3), up=True)
    actions.move_speech(third.pk, actor=of.operator, now=at(3), up=True)
    assert [row.speaker for row in queries.speeches(of.item.pk)] == ["甲", "丙", "乙"]
    assert second.waits


def test_a_representative_who_is_there_asks_by_link_and_takes_it_back():
    of = convened()
    here, away = of.invitations[0], of.invitations[-1]
    stranger = actor(of.home)
    row = seats.ask_to_speak(here.token, actor=stranger, now=at(1))
    assert seats.ask_to_speak(here.token, actor=stranger, now=at(2)).pk == row.pk
    assert (row.kind, row.speaker, row.seat, row.minutes) == ("representative", "张三", here.pk, 3)
    assert published.place_of(of.item.pk, here.pk) == published.Place(1, speaking=False, spoke=False, minutes=3)
    with refused("absent"):
        seats.ask_to_speak(away.token, actor=stranger, now=at(1))
    with refused("gone"):
        seats.ask_to_speak("nobody", actor=stranger, now=at(1))
    assert [seats.take_back_request(here.token, actor=stranger, now=at(3)) for _ in range(2)] == [1, 0]
    assert published.place_of(of.item.pk, here.pk).waits == 0


def test_who_has_left_or_whose_item_is_over_cannot_ask():
    of = convened()
    first, second = of.invitations[:2]
    seats.check_out(first.pk, actor=of.operator, now=at(1))
    with refused("absent"):
        seats.ask_to_speak(first.token, actor=actor(of.home), now=at(2))
    actions.decide_item(of.item.pk, actor=of.operator, now=at(3), outcome="passed")
    with refused("wrong_state"):
        seats.ask_to_speak(second.token, actor=actor(of.home), now=at(4))


def test_no_stranger_crosses_out_somebody_elses_request():
    of = convened()
    row = speech(of)
    with refused("role"):
        actions.withdraw_speech(row.pk, actor=actor(of.home), now=at(2), seat=None)
    with refused("role"):
        actions.withdraw_speech(row.pk, actor=actor(of.home), now=at(2), seat=of.invitations[0].pk)


def test_a_closed_item_hears_no_representative_and_a_nameless_speaker_is_refused():
    assert rules.may_ask("running", "running", "closed", "representative", "某").code == "closed"
    assert rules.may_ask("running", "running", "closed", "member", "某")
    assert rules.may_ask("running", "running", "open", "member", " ").code == "speaker"
    assert rules.may_ask("running", "running", "open", "nobody", "某").code == "speaker"
    assert rules.may_ask("planned", "listed", "open", "member", "某").code == "wrong_state"
    assert rules.may_take_floor("member", item_running=False, others_waiting=0).code == "wrong_state"


def test_a_break_stops_the_next_item_until_the_meeting_resumes():
    of = convened()
    more = like_item(of)
    who = {"actor": of.operator}
    actions.decide_item(of.item.pk, now=at(5), outcome="passed", **who)
    with refused("minutes"):
        actions.take_break(of.meeting.pk, now=at(6), minutes=0, **who)
    first = actions.take_break(of.meeting.pk, now=at(6), minutes=15, **who)
    assert actions.take_break(of.meeting.pk, now=at(7), minutes=20, **who).pk == first.pk
    with refused("on_break"):
        actions.begin_item(more.pk, now=at(8), **who)
    view = published.live(of.home.pk, of.meeting.pk, at(8))
    assert (view.pause_until, view.following.expected_at) == (at(20), at(20))
    actions.resume_meeting(of.meeting.pk, now=at(18), **who)
    assert actions.begin_item(more.pk, now=at(18), **who).state == "running"
    assert Break.objects.get().ended_at == at(18)


def like_item(of):
    """One more item of the running meeting, as if it had been on the agenda."""
    return AgendaItem.objects.create(
        government=of.home, meeting=of.meeting, topic=ready_topic(of.department), position=2, planned_minutes=20
    )


def test_a_break_is_for_a_running_meeting_and_the_end_closes_it():
    of = held()
    with refused("wrong_state"):
        actions.take_break(of.meeting.pk, actor=of.operator, now=at(70), minutes=5)
    again = convened(of.department)
    actions.decide_item(again.item.pk, actor=again.operator, now=at(5), outcome="passed")
    actions.take_break(again.meeting.pk, actor=again.operator, now=at(6), minutes=15)
    actions.end_meeting(again.meeting.pk, actor=again.operator, now=at(9))
    assert Break.objects.get().ended_at == at(9)


MEMBERS = [("陈一", "区长"), ("李二", "副区长"), ("王三", "副区长")]


def test_members_come_go_and_are_counted_against_the_quorum():
    of = convened()
    who = {"actor": of.operator}
    rows = actions.set_members(of.meeting.pk, now=at(0), members=MEMBERS, head="陈一", **who)
    assert [(str(row), row.is_head) for row in rows] == [("陈一（区长）", True), ("李二（副区长）", False), ("王三（副区长）", False)]
    assert queries.quorum_of(of.meeting, rows).warnings
    for row in rows[:2]:
        actions.note_presence(row.pk, now=at(1), presence="present", **who)
    actions.note_presence(rows[2].pk, now=at(1), presence="excused", **who)
    assert not queries.quorum_of(of.meeting, queries.members(of.meeting.pk)).warnings
    actions.note_presence(rows[1].pk, now=at(20), presence="left", **who)
    left = Member.objects.get(name="李二")
    assert (left.presence, left.in_at, left.out_at) == ("left", at(1), at(20))
    assert queries.quorum_of(of.meeting, queries.members(of.meeting.pk)).warnings


def test_the_list_of_members_is_changed_but_who_was_here_stays():
    of = convened()
    who = {"actor": of.operator, "now": at(0)}
    rows = actions.set_members(of.meeting.pk, members=MEMBERS, head="陈一", **who)
    actions.note_presence(rows[0].pk, presence="present", **who)
    actions.set_members(of.meeting.pk, members=[*MEMBERS[:2], ("赵四", "区长助理")], head="陈一", **who)
    assert [row.name for row in queries.members(of.meeting.pk)] == ["陈一", "李二", "赵四"]
    assert Member.objects.get(name="陈一").in_at == at(0)
    with refused("present"):
        actions.set_members(of.meeting.pk, members=MEMBERS[1:], head="李二", **who)


def test_members_of_a_meeting_that_is_over_stay_and_those_before_are_offered_again():
    of = convened()
    actions.set_members(of.meeting.pk, actor=of.operator, now=at(0), members=MEMBERS, head="陈一")
    actions.decide_item(of.item.pk, actor=of.operator, now=at(5), outcome="passed")
    actions.end_meeting(of.meeting.pk, actor=of.operator, now=at(6))
    with refused("wrong_state"):
        actions.set_members(of.meeting.pk, actor=of.operator, now=at(7), members=MEMBERS)
    after = frozen(of.department)
    assert [row.name for row in queries.members_before(after.meeting)] == ["陈一", "李二", "王三"]


@pytest.mark.parametrize(("here", "members", "warns"), [(0, 0, False), (1, 2, True), (2, 3, False), (3, 6, True), (4, 6, False)])
def test_the_quorum_is_more_than_half(here, members, warns):
    figures = Figures(table(*rules.FIGURES), NOW.date())
    assert figures.ratio("meeting.quorum") == Fraction(1, 2)
    assert bool(rules.quorum(here, members, figures).warnings) is warns


def test_the_statement_stands_on_the_list_by_itself_and_is_given_with_its_words():
    of = convened()
    row = Speech.objects.create(item=of.item, position=1, kind="statement", speaker="局", minutes=5, asked_at=at(0))
    actions.give_statement(of.item.pk, actor=of.operator, now=at(3), by="钱国良", text="收到意见 34 条，采纳 12 条。")
    row.refresh_from_db()
    assert (row.speaker, row.began_at) == ("钱国良", at(3))
    view = published.live(of.home.pk, of.meeting.pk, at(4))
    assert (view.stating, view.statement_text, str(view.speaking)) == (True, "收到意见 34 条，采纳 12 条。", "说明意见征集和采纳情况")
    assert Act.objects.filter(event="agenda_item.state_adoption").count() == 1


def test_only_the_operator_and_the_office_give_the_floor():
    of = convened()
    row = speech(of)
    for act in (actions.give_floor, actions.end_speech, actions.withdraw_speech):
        with refused("role"):
            act(row.pk, actor=actor(of.home, Role.CLERK), now=at(2))
