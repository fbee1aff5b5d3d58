"""When minutes may be issued: every attendee's name, every reasonable suggestion, nothing unjudged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingtang.minutes.rules import IssueFacts, may_change_suggestions, may_issue, may_judge, names_in

READY = IssueFacts(
    meeting_ended=True,
    body="一、电梯\n公众代表张三建议：写明一层住户\n的补偿。",
    attendance=("张三", "王五"),
    list_text="张三（公众代表）\n王五（专家）",
    reasonable=("写明一层住户的补偿。",),
    unjudged=0,
    undecided=0,
)


def codes(facts: IssueFacts) -> list[str]:
    decision = may_issue(facts)
    return [each.code for each in decision.refusals] if not decision else []


def test_minutes_with_everything_in_them_may_be_issued():
    assert may_issue(READY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"meeting_ended": False}, "not_ended"),
        ({"undecided": 1}, "not_ended"),
        ({"body": " \n", "reasonable": ()}, "empty"),
        ({"list_text": "张三（公众代表）"}, "name_missing"),
        ({"body": "一、电梯"}, "suggestion_missing"),
        ({"unjudged": 2}, "unjudged"),
    ],
)
def test_minutes_that_lack_one_thing_are_refused_for_it(change, code):
    assert codes(replace(READY, **change)) == [code]


def test_a_name_inside_a_longer_name_does_not_count():
    assert codes(replace(READY, list_text="张三丰\n王五")) == ["name_missing"]


def test_two_people_of_the_same_name_are_listed_twice():
    assert codes(replace(READY, attendance=("张三", "张三", "王五"))) == ["name_missing"]
    assert may_issue(replace(READY, attendance=("张三", "张三"), list_text="张三（甲）、张三（乙）"))


def test_everything_missing_is_said_at_once():
    found = codes(
        IssueFacts(meeting_ended=False, body="", attendance=("甲", "乙"), list_text="", reasonable=("丙",), unjudged=1, undecided=0)
    )
    assert found == ["not_ended", "empty", "name_missing", "name_missing", "suggestion_missing", "unjudged"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("张 三（公众代表，某社区）\n李四", ["张三", "李四"]),
        ("张三、李四，王五；赵六", ["张三", "李四", "王五", "赵六"]),
        ("John Smith (expert)", ["JohnSmith"]),
        ("", []),
    ],
)
def test_a_list_of_names_is_read_however_it_is_written(words, names):
    assert names_in(words) == names


@pytest.mark.parametrize(("reasonable", "reason", "allowed"), [(True, "", True), (False, "与议题无关", True), (False, "  ", False)])
def test_leaving_a_suggestion_out_needs_a_reason(reasonable, reason, allowed):
    assert bool(may_judge(reasonable, reason)) is allowed


@pytest.mark.parametrize(("state", "allowed"), [("", True), ("drafting", True), ("circulated", True), ("issued", False)])
def test_suggestions_rest_once_the_minutes_are_issued(state, allowed):
    assert bool(may_change_suggestions(state)) is allowed
