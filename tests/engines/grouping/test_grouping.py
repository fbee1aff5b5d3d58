"""What holds whatever is said: every point in one group, decisions honoured, order and time of no account."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.engines.grouping.deciding import ContradictionError
from mingtang.engines.grouping.grouping import group
from mingtang.engines.grouping.model import LAYERS, Config, Decisions, Row
from tests.engines.grouping.opinions import rows

QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LEXICAL = Config(meaning="lexical")
COPIES = Config(meaning="off")


def groups_of(result):
    return {(point.id, point.unit): point.group for point in result.points}


def texts_together(result):
    found = {}
    for point in result.points:
        found.setdefault(point.group, set()).add(point.text)
    return sorted(sorted(texts) for texts in found.values())


@QUIET
@given(rows())
def test_every_point_is_in_one_group_and_the_counts_add_up_whatever_is_said(said) -> None:
    result = group(said, LEXICAL)
    refs = [(point.id, point.unit) for point in result.points]
    assert len(set(refs)) == len(refs)
    assert {name for name, _ in refs} == {row.id for row in said}
    assert {each.id: each.size for each in result.groups} == Counter(point.group for point in result.points)
    assert sum(result.by_layer.values()) == len(refs) == sum(each.size for each in result.groups)
    assert set(result.by_layer) == set(LAYERS)
    assert {each.medoid for each in result.groups} <= set(refs)
    assert all(groups_of(result)[point.medoid] == point.group for point in result.points)


@QUIET
@given(rows(), st.randoms(use_true_random=False))
def test_the_groups_are_the_same_when_the_rows_come_in_another_order(said, dice) -> None:
    mixed = dice.sample(said, len(said))
    assert set(group(said, LEXICAL).points) == set(group(mixed, LEXICAL).points)
    assert group(said, LEXICAL).groups == group(mixed, LEXICAL).groups


@QUIET
@given(rows(), st.data())
def test_decisions_hold_whatever_the_texts_say(said, data) -> None:
    refs = [(point.id, point.unit) for point in group(said, COPIES).points]
    pairs = st.lists(st.tuples(st.sampled_from(refs), st.sampled_from(refs)).filter(lambda each: each[0] != each[1]), max_size=4)
    fixed = data.draw(st.dictionaries(st.sampled_from(refs), st.sampled_from(["A", "B"]), max_size=4))
    decisions = Decisions(tuple(data.draw(pairs)), tuple(data.draw(pairs)), fixed)
    try:
        found = groups_of(group(said, LEXICAL, decisions))
    except ContradictionError:
        return
    assert [pair for pair in decisions.together if found[pair[0]] != found[pair[1]]] == []
    assert [pair for pair in decisions.apart if found[pair[0]] == found[pair[1]]] == []
    assert {ref: found[ref] for ref in fixed} == fixed


@QUIET
@given(rows(), st.integers(1, 5))
def test_a_rebuild_keeps_every_id_when_nothing_or_a_fifth_is_added(said, more) -> None:
    first = group(said, COPIES)
    again = group(said, COPIES, previous=groups_of(first))
    assert groups_of(again) == groups_of(first)
    added = [Row(f"new{place}", f"公园里再多放{place}张长椅") for place in range(min(more, max(1, len(said) // 5)))]
    later = group([*said, *added], COPIES, previous=groups_of(first))
    assert {ref: name for ref, name in groups_of(later).items() if not ref[0].startswith("new")} == groups_of(first)


def test_an_id_goes_with_the_larger_part_when_a_group_is_parted() -> None:
    said = [Row(f"r{place}", "罚款五百元太重") for place in range(5)]
    before = group(said, COPIES)
    after = group(said, COPIES, Decisions(apart=((("r0", 1), ("r1", 1)),)), groups_of(before))
    kept = [point.id for point in after.points if point.group == before.points[0].group]
    assert len(kept) == 4
    assert len(after.groups) == 2


def test_a_contradiction_is_named_when_a_pair_is_both_together_and_apart() -> None:
    pair = (("r0", 1), ("r1", 1))
    with pytest.raises(ContradictionError, match="r0#1 / r1#1"):
        group([Row("r0", "甲"), Row("r1", "乙")], COPIES, Decisions(together=(pair,), apart=(pair,)))
    with pytest.raises(ContradictionError, match="A / B"):
        group([Row("r0", "甲"), Row("r1", "乙")], COPIES, Decisions(together=(pair,), fixed={pair[0]: "A", pair[1]: "B"}))


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'r0' occurs twice"):
        group([Row("r0", "甲"), Row("r0", "乙")], COPIES)


def test_a_setting_of_no_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="cut: 'wide' is none of coarse, medium, fine"):
        Config(cut="wide")


def test_formats_and_boiler_plate_meet_and_numbers_places_and_stances_do_not() -> None:
    said = [
        "罚款五百元太重",
        "罚款500元太重",
        "尊敬的领导：罰款５００元太重！謝謝",
        "罚款七百元太重",
        "建议南门设站",
        "建议北门设站",
        "支持",
        "我支持！",
        "反对",
    ]
    result = group([Row(f"r{place}", text) for place, text in enumerate(said)], COPIES)
    assert texts_together(result) == sorted(
        [sorted(said[:3]), [said[3]], [said[4]], [said[5]], sorted(said[6:8]), [said[8]]],
    )
    assert [point.layer for point in result.points] == ["same"] * 3 + ["single"] * 3 + ["stance"] * 3


def test_the_same_short_words_about_two_clauses_are_two_demands() -> None:
    result = group([Row("a", "罚得太重了", clause="8"), Row("b", "罚得太重了", clause="9"), Row("c", "罚得太重了", clause="8")], COPIES)
    assert [point.group == result.points[0].group for point in result.points] == [True, False, True]


def test_people_are_counted_once_when_one_sends_three_copies() -> None:
    result = group([Row(f"r{place}", "罚款五百元太重", author="赵" if place < 3 else "钱") for place in range(4)], COPIES)
    assert [(each.size, each.authors, each.texts) for each in result.groups] == [(4, 2, 1)]


def test_a_campaign_with_typing_errors_is_one_group_around_its_commonest_text() -> None:
    text = "第十条要求每户缴纳三百元管理费没有上位法依据，群众负担很重，请删除这一条，或者改为自愿缴纳，并公开去年的收支"
    dice = random.Random(5)
    copies = (
        [text] * 3 + [text[:at] + text[at + 1 :] for at in (dice.randrange(20, 45) for _ in range(6))] + ["我邻居也是同样的情况。" + text]
    )
    result = group([Row(f"r{place}", each) for place, each in enumerate(copies)], COPIES)
    assert [(each.size, each.name) for each in result.groups] == [(10, text)]
    assert set(result.by_layer) - {"same", "copy"} >= {layer for layer, count in result.by_layer.items() if not count}
