"""What changed between two versions of an agenda."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from mingtang.meetings.rules import Change, Frozen, difference, in_words
from mingtang.platform.clock import CHINA

NINE, TEN = datetime(2026, 11, 26, 9, tzinfo=CHINA), datetime(2026, 11, 26, 10, tzinfo=CHINA)


def line(position, topic, **more):
    return {"position": position, "topic": topic, "title": f"议题{topic}", "attendance": "open", "minutes": 30, "papers": [], **more}


def agenda(*topics, starts_at=NINE, place="一楼", **more):
    return Frozen(starts_at, place, [line(n, topic, **more.get(f"t{topic}", {})) for n, topic in enumerate(topics, 1)])


def test_what_only_slid_because_others_came_or_left_is_not_called_moved():
    assert difference(agenda(1, 2, 3), agenda(9, 1, 3)) == (Change("added", 9, None, 1), Change("gone", 2, 2, None))


def test_one_matter_put_first_is_the_only_one_that_moved():
    assert difference(agenda(1, 2, 3, 4), agenda(4, 1, 2, 3)) == (Change("moved", 4, 4, 1),)


def test_day_place_minutes_attendance_and_papers_are_each_named():
    old = agenda(1, t1={"papers": [["汇报", "aa"]]})
    new = agenda(1, starts_at=TEN, place="二楼", t1={"minutes": 20, "attendance": "closed", "papers": [["汇报", "bb"], ["说明", "cc"]]})
    found = difference(old, new)
    assert [each.kind for each in found] == ["when", "place", "minutes", "attendance", "papers"]
    said = [str(in_words(each, "加装电梯", staff=True)) for each in found[2:]]
    assert said == [
        "计划时间由 30 分钟改为 20 分钟：加装电梯。",
        "列席由“开放列席”改为“不开放”：加装电梯。",
        "审议材料：加装电梯。新增或换新“汇报、说明”；撤下“—”。",
    ]
    assert str(in_words(found[4], "加装电梯")) == "审议材料有更新：加装电梯。"


def test_a_version_frozen_before_papers_were_kept_says_nothing_about_papers():
    old = agenda(1)
    del old.lines[0]["papers"]
    assert difference(old, agenda(1, t1={"papers": [["汇报", "aa"]]})) == ()


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_taking_the_moved_matters_out_leaves_the_others_in_one_order(one, other):
    moved = {each.topic for each in difference(agenda(*one), agenda(*other))}
    assert [each for each in one if each not in moved] == [each for each in other if each not in moved]


@given(st.permutations(range(6)))
def test_an_agenda_is_not_different_from_itself(order):
    assert difference(agenda(*order), agenda(*order)) == ()
