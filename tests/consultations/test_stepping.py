"""Steps of the grouping desk: each has its inverse, none is lost, nothing is undone over what somebody built on it, all is replayed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.consultations import actions, queries
from mingtang.consultations.actions.matching import carry_on
from mingtang.consultations.actions.stepping import ANSWER, places_of, snapshot
from mingtang.consultations.models import Consultation, DeskMove, DeskStep, Opinion, OpinionGroup, OpinionPoint, Tally
from mingtang.consultations.queries import GroupFilters
from mingtang.consultations.queries.inspecting import recount
from mingtang.consultations.rules import stepping as rules
from mingtang.consultations.rules.pointing import points_of
from mingtang.consultations.rules.stepping import Change, Place, replay
from mingtang.kernel.decision import Refused
from mingtang.platform.actor import Actor, Role
from mingtang.platform.jobs.models import Job
from tests.consultations.test_grouping import AFTER, REASON, grouped, ids_of
from tests.factories.consultations import closed, withhold
from tests.factories.platform import actor
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
Desk = tuple[dict[int, Place], dict[int, Any]]


def desk(row: Consultation) -> Desk:
    """Where every opinion is and what every group says."""
    places = {pk: place for pk, place in places_of(ids_of(row)).items() if place != Place()}
    return places, {pk: snapshot(pk) for pk in OpinionGroup.objects.filter(consultation=row).values_list("pk", flat=True)}


def counted_right(row: Consultation) -> bool:
    kept = {(each.dimension, each.key): each.number for each in Tally.objects.filter(consultation=row).exclude(number=0)}
    sizes = all(each.opinions_count == each.opinions.count() for each in OpinionGroup.objects.filter(consultation=row))
    return kept == dict(recount(row.pk)) and sizes and points_indexed(row)


def points_indexed(row: Consultation) -> bool:
    """Whether the groups in which opinions have points are those their rows name, and stand."""
    said = {
        (pk, each[0]) for pk, points in Opinion.objects.filter(consultation=row).values_list("pk", "points") for each in points_of(points)
    }
    return said == set(OpinionPoint.objects.filter(opinion__consultation=row).values_list("opinion", "group"))


def colleague(row: Consultation) -> Actor:
    return actor(row.government, Role.HEAD, within=row.topic.department)


def last(row: Consultation) -> DeskStep:
    found = DeskStep.objects.filter(consultation=row).order_by("-number").first()
    assert found is not None
    return found


def steps_on(row: Consultation, clerk: Actor, ids: list[int], one: OpinionGroup, two: OpinionGroup) -> list[Any]:
    """Every kind of step that may be undone, to be done on two groups of two opinions."""
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    every = GroupFilters(home="any")
    return [
        lambda: actions.group_opinions(row.pk, ids[:3], **who, title="新的一组"),
        lambda: actions.group_opinions(row.pk, ids[:2], **who, group_id=two.pk),
        lambda: actions.remove_from_group(row.pk, ids[:2], **who),
        lambda: actions.merge_groups(one.pk, two.pk, **who),
        lambda: actions.rename_group(one.pk, "改名", **who),
        lambda: actions.answer_group(one.pk, **who, verdict="not_adopted", reason=REASON),
        lambda: actions.answer_opinions(row.pk, ids, **who, verdict="passed_on", reason=REASON, landed_in="第三条"),
        lambda: actions.mark_stance_only(row.pk, ids[1:3], **who),
        lambda: actions.part_group(two.pk, **who),
        lambda: actions.move_matching(row.pk, every, **who, upto=max(ids), title="全部"),
        lambda: actions.add_own_reply(row.pk, ids[3], **who, text="请带户口本"),
        lambda: actions.add_point(row.pk, ids[0], "意见", **who, group_id=two.pk),
        lambda: actions.add_point(row.pk, ids[0], "意见", **who, title="另一点"),
    ]


@pytest.mark.parametrize("which", range(13))
def test_every_step_is_undone_and_done_again_as_often_as_one_likes(which):
    row, clerk, ids, one, two = grouped()
    actions.answer_group(one.pk, actor=clerk, now=AFTER, verdict="adopted")
    actions.add_own_reply(row.pk, ids[0], actor=clerk, now=AFTER, text="另外答复您")
    before = desk(row)
    steps_on(row, clerk, ids, one, two)[which]()
    after, step = desk(row), last(row)
    assert after != before
    for _ in range(3):
        assert actions.undo_step(step.pk, actor=clerk, now=AFTER).undone
        assert desk(row) == before
        assert actions.redo_step(step.pk, actor=clerk, now=AFTER).undone is False
        assert desk(row) == after
    assert counted_right(row)


def test_undo_goes_back_through_all_of_ones_steps_and_a_new_one_leaves_nothing_to_redo():
    row, clerk, ids, one, _two = grouped()
    actions.rename_group(one.pk, "改名一", actor=clerk, now=AFTER)
    actions.rename_group(one.pk, "改名二", actor=clerk, now=AFTER)
    seen = []
    while step := queries.next_undo(row.pk, clerk.person_id):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
        seen.append(step.number)
    assert seen == [4, 3, 2, 1]
    assert desk(row) == ({}, {})
    for _ in range(3):
        again = queries.next_redo(row.pk, clerk.person_id)
        assert again is not None
        actions.redo_step(again.pk, actor=clerk, now=AFTER)
    assert OpinionGroup.objects.get(pk=one.pk).title == "改名一"
    actions.group_opinions(row.pk, ids[:1], actor=clerk, now=AFTER, title="另起")
    assert queries.next_redo(row.pk, clerk.person_id) is None
    assert counted_right(row)


def test_what_somebody_built_on_a_step_is_not_undone_and_it_says_who():
    row, clerk, ids, one, _two = grouped()
    step = DeskStep.objects.get(consultation=row, number=1)
    other = colleague(row)
    actions.group_opinions(row.pk, ids[:1], actor=other, now=AFTER + timedelta(minutes=5), title="别人移走")
    with pytest.raises(Refused) as said:
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
    assert said.value.decision.code == "built_on"
    assert str(said.value.decision.reason).count(other.name) == 1
    actions.undo_step(last(row).pk, actor=other, now=AFTER)
    actions.undo_step(step.pk, actor=clerk, now=AFTER)
    assert not OpinionGroup.objects.filter(pk=one.pk).exists()


def test_words_somebody_wrote_for_an_opinion_are_not_lost_by_undoing_its_group():
    row, clerk, ids, _one, _two = grouped()
    step = DeskStep.objects.get(consultation=row, number=1)
    actions.add_own_reply(row.pk, ids[0], actor=colleague(row), now=AFTER, text="另请带户口本。")
    with refused("built_on"):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
    assert Opinion.objects.get(pk=ids[0]).own_reply == "另请带户口本。"


def test_a_group_others_were_put_into_does_not_go():
    row, clerk, ids, one, _two = grouped(6)
    step = DeskStep.objects.get(consultation=row, number=1)
    actions.group_opinions(row.pk, ids[5:], actor=colleague(row), now=AFTER, group_id=one.pk)
    with refused("built_on"):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
    assert Opinion.objects.filter(group=one).count() == 4


def test_opinions_do_not_go_back_to_a_group_that_was_merged_away():
    row, clerk, ids, one, two = grouped(6)
    actions.remove_from_group(row.pk, ids[:1], actor=clerk, now=AFTER)
    step = last(row)
    actions.merge_groups(one.pk, two.pk, actor=colleague(row), now=AFTER)
    with refused("built_on"):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)


def test_what_was_withheld_since_does_not_come_back():
    row, clerk, ids, _one, _two = grouped()
    actions.remove_from_group(row.pk, ids[:1], actor=clerk, now=AFTER)
    step = last(row)
    withhold(row, ids[:1], now=AFTER)
    with refused("withheld"):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
    withhold(row, ids[1:2], now=AFTER)
    with refused("not_undoable"):
        actions.undo_step(last(row).pk, actor=clerk, now=AFTER)
    assert counted_right(row)


def test_two_people_at_one_group_lose_nothing_of_either():
    row, clerk, ids, one, two = grouped()
    seen, other = queries.last_number(row.pk), colleague(row)
    actions.answer_group(one.pk, actor=other, now=AFTER, verdict="not_adopted", reason=REASON)
    actions.remove_from_group(row.pk, ids[2:3], actor=other, now=AFTER)
    for act in (
        lambda: actions.answer_group(one.pk, actor=clerk, now=AFTER, verdict="adopted", seen=seen),
        lambda: actions.rename_group(one.pk, "我的名字", actor=clerk, now=AFTER, seen=seen),
        lambda: actions.merge_groups(one.pk, two.pk, actor=clerk, now=AFTER, seen=seen),
        lambda: actions.part_group(one.pk, actor=clerk, now=AFTER, seen=seen),
        lambda: actions.group_opinions(row.pk, ids[2:3], actor=clerk, now=AFTER, title="我的组", seen=seen),
        lambda: actions.answer_opinions(row.pk, ids[2:3], actor=clerk, now=AFTER, verdict="adopted", seen=seen),
        lambda: actions.mark_stance_only(row.pk, ids[2:3], actor=clerk, now=AFTER, seen=seen),
        lambda: actions.remove_from_group(row.pk, ids[2:3], actor=clerk, now=AFTER, seen=seen),
    ):
        with refused("overtaken"):
            act()
    assert OpinionGroup.objects.get(pk=one.pk).reason == REASON
    actions.rename_group(one.pk, "看过以后再改", actor=clerk, now=AFTER, seen=queries.last_number(row.pk))
    actions.group_opinions(row.pk, ids[3:], actor=clerk, now=AFTER, title="没人碰过的", seen=seen)
    assert counted_right(row)


def test_opinions_that_only_take_a_stance_have_a_group_for_each_stance():
    row, clerk, ids, _one, _two = grouped()
    Opinion.objects.filter(pk=ids[0]).update(stance="for")
    assert actions.mark_stance_only(row.pk, ids[:2], actor=clerk, now=AFTER) == 2
    assert actions.mark_stance_only(row.pk, ids[2:3], actor=clerk, now=AFTER) == 1
    found = OpinionGroup.objects.exclude(stance="").order_by("stance").values_list("stance", "title", "opinions_count")
    assert list(found) == [("change", "只表态：建议修改", 2), ("for", "只表态：赞成", 1)]
    with refused("nothing"):
        actions.mark_stance_only(row.pk, [], actor=clerk, now=AFTER)


def test_what_a_person_ruled_out_is_noted_once_and_moves_nothing():
    row, clerk, ids, one, two = grouped(6)
    actions.remove_from_group(row.pk, ids[:1], actor=clerk, now=AFTER)
    before = desk(row)
    assert actions.keep_out(row.pk, ids[0], [one.pk, two.pk, 999_999], actor=clerk, now=AFTER) == 2
    assert actions.keep_out(row.pk, ids[0], [one.pk], actor=clerk, now=AFTER) == 0
    assert (desk(row), queries.kept_out(ids[0])) == (before, {one.pk, two.pk})
    actions.undo_step(last(row).pk, actor=clerk, now=AFTER)
    assert queries.kept_out(ids[0]) == set()
    with refused("nothing"):
        actions.keep_out(row.pk, 0, [one.pk], actor=clerk, now=AFTER)


@pytest.mark.parametrize("way", ["group", "ungroup", "stance"])
def test_many_that_match_move_by_a_job_that_goes_on_after_a_stop_and_are_undone_by_one(way, monkeypatch: pytest.MonkeyPatch):
    for place in ("matching", "undoing"):
        monkeypatch.setattr(f"mingtang.consultations.actions.{place}.AT_ONCE", 2)
    row, clerk, ids, one, _two = grouped(7)
    before = desk(row)
    step = actions.move_matching(row.pk, GroupFilters(home="any"), actor=clerk, now=AFTER, upto=ids[-1], title="全部", way=way)
    assert step.finished_at is None
    with refused("under_way"):
        actions.undo_step(step.pk, actor=clerk, now=AFTER)
    heard: list[int] = []

    def stop(done: int, _every: int) -> None:
        heard.append(done)
        if len(heard) == 1:
            raise MemoryError

    with pytest.raises(MemoryError):
        carry_on(step.pk, now=AFTER, progress=stop)
    other = colleague(row)
    actions.group_opinions(row.pk, ids[6:], actor=other, now=AFTER, group_id=one.pk)
    theirs = last(row)
    carry_on(step.pk, now=AFTER, progress=stop)
    step.refresh_from_db()
    assert step.finished_at == AFTER
    assert (desk(row), counted_right(row)) == (replay(queries.record_of(row.pk)), True)
    assert Opinion.objects.get(pk=ids[6]).group is not None
    assert carry_on(step.pk, now=AFTER, progress=stop) == "done"
    actions.undo_step(step.pk, actor=clerk, now=AFTER)
    for job in Job.objects.filter(name=rules.CARRY).order_by("pk"):
        carry_on(**job.arguments, now=AFTER, progress=stop)
    actions.undo_step(theirs.pk, actor=other, now=AFTER)
    assert (desk(row), counted_right(row)) == (before, True)


def test_what_somebody_moves_while_a_long_step_is_undone_stays_where_they_put_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mingtang.consultations.actions.undoing.AT_ONCE", 2)
    row, clerk, ids, _one, two = grouped(6)
    step = DeskStep.objects.get(consultation=row, number=1)
    actions.undo_step(step.pk, actor=clerk, now=AFTER)
    actions.group_opinions(row.pk, ids[2:3], actor=colleague(row), now=AFTER, group_id=two.pk)
    (job,) = Job.objects.filter(name=rules.CARRY)
    carry_on(**job.arguments, now=AFTER, progress=lambda _done, _every: None)
    assert {pk: place.group for pk, place in desk(row)[0].items()} == dict.fromkeys([ids[2], *ids[3:]], two.pk)
    assert (replay(queries.record_of(row.pk)), counted_right(row)) == (desk(row), True)


def test_a_long_step_stops_when_the_report_is_on_its_way(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mingtang.consultations.actions.matching.AT_ONCE", 2)
    row, clerk, ids, _one, _two = grouped(4)
    step = actions.move_matching(row.pk, GroupFilters(home="any"), actor=clerk, now=AFTER, upto=ids[-1], title="全部")
    Consultation.objects.filter(pk=row.pk).update(state="report_drafted")
    assert carry_on(step.pk, now=AFTER, progress=lambda _done, _every: None).startswith("stopped")
    assert counted_right(row)


def test_moving_what_matches_needs_a_title_a_group_and_something_that_matches():
    row, clerk, ids, _one, two = grouped()
    for code, fields in (("title", {}), ("gone", {"group_id": 999_999}), ("nothing", {"title": "空", "upto": 0})):
        with refused(code):
            actions.move_matching(row.pk, GroupFilters(home="any"), actor=clerk, now=AFTER, **{"upto": ids[-1], **fields})
    actions.group_opinions(row.pk, ids, actor=clerk, now=AFTER, group_id=two.pk)
    with refused("there"):
        actions.move_matching(row.pk, GroupFilters(home="any"), actor=clerk, now=AFTER, upto=ids[-1], group_id=two.pk)
    assert DeskStep.objects.filter(kind="group").count() == 3


def test_who_or_what_placed_an_opinion_is_on_record():
    row, clerk = closed(opinions=2)
    ids = ids_of(row)
    actions.group_opinions(row.pk, ids, actor=clerk, now=AFTER, title="补助", engine="grouping lexical 1")
    (move,) = queries.history_of(ids[0])
    assert (move.step.engine, move.step.by_id, move.step.title, str(move.step.label)) == (
        "grouping lexical 1",
        clerk.person_id,
        "补助",
        "归组",
    )


def test_a_step_that_is_not_there_is_refused():
    with refused("gone"):
        actions.undo_step(0, actor=grouped()[1], now=AFTER)


PLANS = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS)
def test_whatever_was_done_the_record_replayed_gives_the_same_desk(plan):
    row, clerk = closed(opinions=5)
    ids = ids_of(row)
    for what, first, second in plan:
        groups = list(OpinionGroup.objects.filter(consultation=row).order_by("pk"))
        one = groups[first % len(groups)] if groups else None
        two = groups[second % len(groups)] if groups else None
        some = ids[min(first, second) : max(first, second) + 1]
        try:
            _do(row, clerk, what, some, one, two)
        except Refused:
            continue
    assert replay(queries.record_of(row.pk)) == desk(row)
    assert counted_right(row)


def _do(row: Consultation, clerk: Actor, what: int, some: list[int], one: Any, two: Any) -> None:
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    acts: list[Any] = [
        lambda: actions.group_opinions(row.pk, some, **who, title="组"),
        lambda: actions.group_opinions(row.pk, some, **who, group_id=one.pk),
        lambda: actions.merge_groups(one.pk, two.pk, **who),
        lambda: actions.answer_group(one.pk, **who, verdict="adopted", reason="好"),
        lambda: actions.part_group(one.pk, **who),
        lambda: actions.keep_out(row.pk, some[0], [one.pk], **who),
        lambda: actions.remove_from_group(row.pk, some, **who),
        lambda: actions.answer_opinions(row.pk, some, **who, verdict="adopted", landed_in="第一条"),
        lambda: withhold(row, some[:1], now=AFTER),
        lambda: actions.add_own_reply(row.pk, some[0], **who, text="另外"),
        lambda: actions.add_point(row.pk, some[0], "意见", **who, title="另一点"),
        lambda: actions.add_point(row.pk, some[0], "意见", **who, group_id=one.pk),
        lambda: actions.remove_point(row.pk, some[0], one.pk, **who),
        lambda: _turn(queries.next_undo(row.pk, clerk.person_id), actions.undo_step, who),
        lambda: _turn(queries.next_redo(row.pk, clerk.person_id), actions.redo_step, who),
    ]
    acts[0 if one is None and what in {1, 2, 3, 4, 5, 11, 12} else what]()


def _turn(step: DeskStep | None, act: Any, who: dict[str, Any]) -> None:
    if step:
        act(step.pk, **who)


def test_replaying_leaves_out_what_went_and_what_was_only_ruled_out():
    made = Change("group", {1: Place(7), 2: Place(7)}, {7: {"title": "甲"}})
    gone = Change("merge", {1: Place(8), 2: Place()}, {7: None, 8: {"title": "乙"}})
    ruled = Change("reject", {1: Place(None, "", {"not": [8]})})
    assert replay([made, gone, ruled]) == ({1: Place(8)}, {8: {"title": "乙"}})


def test_the_words_of_a_single_reply_are_all_on_record():
    row, clerk, ids, _one, _two = grouped()
    given_words = {"reason": REASON, "reason_code": "", "legal_ref": "办法第三条", "landed_in": "第三条"}
    actions.answer_opinions(row.pk, ids[:1], actor=clerk, now=AFTER, verdict="passed_on", **given_words)
    move = DeskMove.objects.filter(opinion=ids[0]).latest("pk")
    assert (move.now_verdict, set(move.now)) == ("passed_on", {"reason", "legal_ref", "landed_in", "answered_at"})
    assert set(move.now) <= set(ANSWER)
