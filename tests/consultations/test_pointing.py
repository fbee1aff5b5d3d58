"""One opinion that asks for several things: its points in further groups, at the desk, on the receipt, in the report."""

from __future__ import annotations

from typing import Any

import pytest

from mingtang.consultations import actions, queries
from mingtang.consultations.actions.stepping import places_of
from mingtang.consultations.models import Consultation, DeskStep, Opinion, OpinionGroup, OpinionPoint
from mingtang.consultations.rules.pointing import MOST, Point, found, may_point, points_of, written
from mingtang.consultations.rules.stepping import Place
from mingtang.platform.actor import Actor
from tests.consultations.test_grouping import AFTER
from tests.factories.consultations import closed, opinion, withhold
from tests.factories.refusing import refused

pytestmark = pytest.mark.django_db
TEXT = "补助标准太低。施工噪声谁来管？还有，低层住户也要补偿。"
NOISE, LOW = "施工噪声谁来管？", "低层住户也要补偿"


def several() -> tuple[Consultation, Actor, Opinion, OpinionGroup, OpinionGroup]:
    """A closed consultation: one opinion of three demands in a group on the amount, another group on noise."""
    row, clerk = closed(opinions=2)
    said = opinion(row, TEXT, shown=True, by=clerk, channel="paper", now=AFTER)
    other = row.opinions.exclude(pk=said.pk).order_by("pk")[0]
    amount = actions.group_opinions(row.pk, [said.pk], actor=clerk, now=AFTER, title="提高补助")
    noise = actions.group_opinions(row.pk, [other.pk], actor=clerk, now=AFTER, title="管好噪声")
    return row, clerk, said, amount, noise


def points(said: Opinion) -> list[tuple[int, str]]:
    """The groups an opinion has points in, each with its words."""
    said.refresh_from_db()
    indexed = set(OpinionPoint.objects.filter(opinion=said).values_list("group", flat=True))
    kept = points_of(said.points)
    assert indexed == {each.group for each in kept}
    return [(each.group, said.text[each.start : each.end]) for each in kept]


def test_a_passage_is_found_whichever_line_ends_the_form_sent():
    assert found("甲\n乙丙", " 乙 ") == (2, 3)
    assert found("甲\n乙丙", "甲\r\n乙") == (0, 3)
    assert found("甲\r\n乙丙", "甲\n乙") == (0, 4)
    assert (found("甲乙", "丙"), found("甲乙", "  ")) == (None, None)


@pytest.mark.parametrize(
    ("quote", "group", "code"),
    [(NOISE, 2, ""), ("没有说过", 2, "quote"), ("补", 2, "quote"), (NOISE, 1, "there"), (NOISE, 5, "there"), (NOISE, None, "")],
)
def test_a_point_is_a_passage_for_another_group(quote, group, code):
    assert may_point(TEXT, quote, group, home=1, points=[Point(5, 0, 3)]).code == code


def test_there_is_an_end_to_points_and_they_are_written_in_the_order_of_the_text():
    full = [Point(n + 10, 0, 2) for n in range(MOST)]
    assert may_point(TEXT, NOISE, 2, home=1, points=full).code == "most"
    assert written([Point(7, 9, 12), Point(3, 0, 8)]) == "3:0-8;7:9-12"
    assert points_of("3:0-8;7:9-12") == (Point(3, 0, 8), Point(7, 9, 12))
    assert points_of("") == ()


def test_a_point_adds_a_group_and_the_opinion_keeps_its_one_place():
    row, clerk, said, amount, noise = several()
    actions.add_point(row.pk, said.pk, NOISE, actor=clerk, now=AFTER, group_id=noise.pk)
    again = actions.add_point(row.pk, said.pk, NOISE, actor=clerk, now=AFTER, group_id=noise.pk)
    assert (again.group_id, points(said)) == (amount.pk, [(noise.pk, NOISE)])
    made = actions.add_point(row.pk, said.pk, LOW, actor=clerk, now=AFTER, title="低层补偿")
    assert [words for _group, words in points(made)] == [NOISE, LOW]
    assert queries.places(row.pk).grouped == 2
    assert sorted(row.groups.values_list("title", "opinions_count")) == [("低层补偿", 0), ("提高补助", 1), ("管好噪声", 1)]
    assert DeskStep.objects.filter(consultation=row, kind="point").count() == 2


def test_a_point_needs_a_passage_a_group_and_a_report_that_is_not_on_its_way():
    row, clerk, said, amount, noise = several()
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    with refused("quote"):
        actions.add_point(row.pk, said.pk, "没有说过", **who, group_id=noise.pk)
    with refused("there"):
        actions.add_point(row.pk, said.pk, NOISE, **who, group_id=amount.pk)
    with refused("title"):
        actions.add_point(row.pk, said.pk, NOISE, **who, title=" ")
    with refused("gone"):
        actions.add_point(row.pk, said.pk, NOISE, **who, group_id=0)
    withhold(row, [said.pk], now=AFTER)
    with refused("nothing"):
        actions.add_point(row.pk, said.pk, NOISE, **who, group_id=noise.pk)
    assert points(said) == []


def test_taking_a_point_back_is_a_step_and_the_group_it_alone_filled_goes():
    row, clerk, said, _amount, _noise = several()
    actions.add_point(row.pk, said.pk, LOW, actor=clerk, now=AFTER, title="低层补偿")
    made = row.groups.get(title="低层补偿")
    actions.remove_point(row.pk, said.pk, made.pk, actor=clerk, now=AFTER)
    actions.remove_point(row.pk, said.pk, made.pk, actor=clerk, now=AFTER)
    assert (points(said), row.groups.filter(pk=made.pk).exists()) == ([], False)
    step = DeskStep.objects.get(consultation=row, kind="unpoint")
    actions.undo_step(step.pk, actor=clerk, now=AFTER)
    assert points(said) == [(made.pk, LOW)]


def test_points_stay_with_an_opinion_wherever_it_goes_and_one_in_its_new_group_is_none_any_more():
    row, clerk, said, _amount, noise = several()
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    actions.add_point(row.pk, said.pk, NOISE, **who, group_id=noise.pk)
    actions.remove_from_group(row.pk, [said.pk], **who)
    assert points(said) == [(noise.pk, NOISE)]
    actions.answer_opinions(row.pk, [said.pk], **who, verdict="adopted", landed_in="第三条")
    assert points(said) == [(noise.pk, NOISE)]
    actions.group_opinions(row.pk, [said.pk], **who, group_id=noise.pk)
    assert (said.group_id, points(said)) == (None, []) or points(said) == []
    assert Opinion.objects.get(pk=said.pk).group_id == noise.pk


def test_merging_brings_points_along_and_taking_a_group_apart_takes_them_back():
    row, clerk, said, amount, noise = several()
    who: dict[str, Any] = {"actor": clerk, "now": AFTER}
    actions.add_point(row.pk, said.pk, NOISE, **who, group_id=noise.pk)
    quiet = actions.group_opinions(row.pk, [row.opinions.get(group=None).pk], **who, title="夜里不施工")
    actions.merge_groups(noise.pk, quiet.pk, **who)
    assert points(said) == [(quiet.pk, NOISE)]
    actions.undo_step(DeskStep.objects.get(consultation=row, kind="merge").pk, **who)
    assert points(said) == [(noise.pk, NOISE)]
    actions.merge_groups(noise.pk, amount.pk, **who)
    assert points(said) == []
    actions.undo_step(DeskStep.objects.filter(consultation=row, kind="merge").latest("number").pk, **who)
    actions.part_group(noise.pk, **who)
    assert (points(said), row.groups.filter(pk=noise.pk).exists()) == ([], False)


def test_a_group_of_nothing_but_points_is_merged_too():
    row, clerk, said, _amount, noise = several()
    actions.add_point(row.pk, said.pk, LOW, actor=clerk, now=AFTER, title="低层补偿")
    made = row.groups.get(title="低层补偿")
    actions.merge_groups(made.pk, noise.pk, actor=clerk, now=AFTER)
    assert (points(said), row.groups.filter(pk=made.pk).exists()) == ([(noise.pk, LOW)], False)


def test_a_step_is_not_undone_while_a_point_of_another_opinion_is_in_its_group():
    row, clerk, said, _amount, noise = several()
    actions.add_point(row.pk, said.pk, NOISE, actor=clerk, now=AFTER, group_id=noise.pk)
    made = DeskStep.objects.get(consultation=row, kind="group", title="管好噪声")
    with refused("built_on"):
        actions.undo_step(made.pk, actor=clerk, now=AFTER)


def test_what_is_withheld_has_no_points():
    row, clerk, said, _amount, noise = several()
    actions.add_point(row.pk, said.pk, NOISE, actor=clerk, now=AFTER, group_id=noise.pk)
    actions.remove_from_group(row.pk, [said.pk], actor=clerk, now=AFTER)
    withhold(row, [said.pk], now=AFTER)
    assert (points(said), places_of([said.pk])) == ([], {said.pk: Place()})
