"""What a declaration must say, and what may be closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.topics.rules import Facts, change_reopens, completeness, may_close, may_submit
from mingtang.topics.rules.declaring import ITEMS
from mingtang.topics.rules.kinds import GROUND_CLAUSES, GROUND_LABELS

WHOLE = Facts(
    title="加装电梯",
    background="依据",
    content="内容",
    focus_areas=frozenset({"governance"}),
    touches_interests=True,
    is_major=False,
    exclusion="minor",
    forms=frozenset({"attendance"}),
    seats={"public": 2, "expert": 1},
    rationales={"public": "住户", "expert": "懂行"},
    seats_total=3,
    disclosure="open",
    form_reason="切身利益",
    meeting_kind="executive",
    wished_on=date(2027, 1, 20),
    contact="住建局",
    interpretation_plan="图解",
    documents=frozenset({"draft", "basis", "explanation"}),
)


def missing(facts: Facts) -> list[str]:
    return [item.label.zh for item in completeness(facts) if not item.present]


def test_a_whole_declaration_lacks_nothing_and_may_be_submitted():
    assert missing(WHOLE) == []
    assert may_submit(WHOLE)


def test_an_empty_declaration_lacks_almost_everything_and_names_each_with_its_step():
    items = completeness(Facts())
    assert len(items) == len(ITEMS)
    assert {item.step for item in items if not item.present} == {1, 2, 3, 4, 5}
    assert len(may_submit(Facts()).refusals) == sum(not item.present for item in items)


@pytest.mark.parametrize(
    ("change", "label"),
    [
        ({"title": ""}, "议题名称"),
        ({"background": ""}, "背景和依据"),
        ({"content": ""}, "主要内容"),
        ({"focus_areas": frozenset()}, "重点领域"),
        ({"touches_interests": None}, "是否关系群众切身利益"),
        ({"contact": ""}, "联系方式"),
        ({"forms": frozenset()}, "会议开放形式"),
        ({"form_reason": ""}, "为什么这样开放"),
        ({"rationales": {"public": "住户", "expert": " "}}, "为什么请这些人"),
        ({"is_major": None}, "是否重大行政决策"),
        ({"exclusion": ""}, "重大事项类别或排除理由"),
        ({"is_major": True, "major_category": ""}, "重大事项类别或排除理由"),
        ({"is_major": True, "major_category": "policy", "steps_answered": 4}, "五项程序逐项填写"),
        ({"documents": frozenset({"basis", "explanation"})}, "决策草案（文件）"),
        ({"documents": frozenset({"draft", "explanation"})}, "决策依据（文件）"),
        ({"documents": frozenset({"draft", "basis"})}, "起草说明（文件）"),
        ({"disclosure": ""}, "公开属性"),
        ({"disclosure": "closed"}, "不公开的法定依据"),
        ({"interpretation_plan": ""}, "解读方案"),
        ({"meeting_kind": ""}, "拟上会议类型"),
        ({"wished_on": None}, "希望上会日期"),
        ({"forms": frozenset({"attendance", "broadcast"})}, "直播网址"),
        ({"forms": frozenset({"attendance", "closed"}), "closing_ground": "law", "closing_reason": "法"}, "开放形式互相矛盾"),
        ({"seats_total": 5}, "席位合计不符"),
    ],
)
def test_each_single_lack_is_named_and_refuses_the_submission(change, label):
    facts = replace(WHOLE, **change)
    assert label in missing(facts)
    refusal = may_submit(facts)
    assert not refusal
    assert all(each.clause and str(each.reason) for each in refusal.refusals)


def test_attendance_needs_audiences_with_seats():
    assert missing(replace(WHOLE, seats={}, seats_total=0)) == ["邀请代表类别和席位", "为什么请这些人"]


def test_a_matter_nobody_attends_needs_no_seats():
    assert missing(replace(WHOLE, forms=frozenset({"publication"}), seats={}, rationales={}, seats_total=0)) == []


def test_a_matter_that_touches_nobodys_interests_needs_no_focus_area():
    assert missing(replace(WHOLE, focus_areas=frozenset(), touches_interests=False)) == []


def test_seats_that_do_not_add_up_are_wrong_and_say_both_sums():
    item = next(each for each in completeness(replace(WHOLE, seats_total=5)) if each.wrong)
    assert str(item.why) == "席位合计 5，各类相加是 3。请改其中一个。"


def test_a_secret_stub_needs_its_code_name_and_nothing_else():
    assert may_submit(Facts(title="〇一", is_secret=True))
    assert not may_submit(Facts(is_secret=True))
    assert [item.label.zh for item in completeness(Facts(is_secret=True))] == ["代号"]


@pytest.mark.parametrize(
    ("ground", "reason", "allowed"), [("law", "法律禁止", True), ("law", " ", False), ("", "不便", False), ("", "", False)]
)
def test_a_matter_is_closed_only_with_ground_and_reason(ground, reason, allowed):
    facts = replace(WHOLE, forms=frozenset({"closed"}), closing_ground=ground, closing_reason=reason)
    answer = may_close(facts)
    assert bool(answer) is allowed
    if not allowed:
        assert (answer.code, answer.clause) == ("closing", "1.2")
        assert "重点领域" in str(answer.reason)


def test_a_matter_outside_the_focus_areas_is_not_said_to_be_inside():
    facts = replace(WHOLE, forms=frozenset({"closed"}), focus_areas=frozenset(), touches_interests=False)
    assert "重点领域" not in str(may_close(facts).reason)


def test_an_open_matter_needs_no_ground():
    assert may_close(WHOLE)


@pytest.mark.parametrize(
    ("change", "reopens"),
    [
        ({"forms": frozenset({"publication"})}, True),
        ({"seats": {"public": 3}}, True),
        ({"seats_total": 4}, True),
        ({"closing_ground": "law"}, True),
        ({"disclosure": "closed"}, True),
        ({"meeting_kind": "plenary"}, True),
        ({"content": "改了一个字"}, False),
        ({"contact": "另一人"}, False),
    ],
)
def test_a_change_of_what_was_approved_together_reopens_the_approval(change, reopens):
    assert change_reopens(WHOLE, replace(WHOLE, **change)) is reopens


@given(
    st.builds(
        Facts,
        title=st.text(max_size=3),
        is_major=st.none() | st.booleans(),
        major_category=st.sampled_from(["", "policy"]),
        forms=st.frozensets(st.sampled_from(["attendance", "closed", "broadcast"])),
        seats=st.dictionaries(st.sampled_from(["public", "expert"]), st.integers(1, 5)),
        seats_total=st.integers(0, 10),
        disclosure=st.sampled_from(["", "open", "closed"]),
        steps_answered=st.integers(0, 5),
        is_secret=st.booleans(),
    )
)
def test_a_declaration_may_be_submitted_exactly_when_nothing_is_missing_and_closing_is_lawful(facts):
    assert bool(may_submit(facts)) is (not missing(facts) and (facts.is_secret or bool(may_close(facts))))


def test_every_ground_has_its_article():
    assert set(GROUND_CLAUSES) == set(GROUND_LABELS)
