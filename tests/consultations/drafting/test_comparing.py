"""Comparison by word, alignment by clause, and where an answer landed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules.drafting import Piece, Standing, align, compare, key_of, landings

WORDS = st.text(alphabet="第一条二十万元，。；\n 30.5%ab甲乙丙", max_size=40)


@given(WORDS, WORDS)
def test_the_pieces_make_both_texts(old, new):
    found = compare(old, new)
    assert "".join(each.text for each in found if each.op != "ins") == old
    assert "".join(each.text for each in found if each.op != "del") == new
    assert all(one.op != other.op for one, other in pairwise(found))


def test_numbers_and_latin_words_are_never_split():
    assert compare("补助二十万元，30.5%由区出，见 data。", "补助三十万元，31.5%由区出，见 date。") == (
        Piece("same", "补助"),
        Piece("del", "二十万"),
        Piece("ins", "三十万"),
        Piece("same", "元，"),
        Piece("del", "30.5%"),
        Piece("ins", "31.5%"),
        Piece("same", "由区出，见 "),
        Piece("del", "data"),
        Piece("ins", "date"),
        Piece("same", "。"),
    )


def test_whole_sentences_come_and_go_as_sentences():
    assert compare("甲乙丙。丁戊己。", "甲乙丙。新的一句话。丁戊己。") == (
        Piece("same", "甲乙丙。"),
        Piece("ins", "新的一句话。"),
        Piece("same", "丁戊己。"),
    )
    assert compare("甲乙丙丁戊。", "子丑寅卯辰巳午。") == (Piece("del", "甲乙丙丁戊。"), Piece("ins", "子丑寅卯辰巳午。"))


def test_a_lone_character_between_two_changes_joins_them():
    found = compare("由区住建局会同街道办的人员到场核实情况。", "由区城管局会同社区的干部到场核实情况。")
    assert [each.text for each in found if each.op == "same"] == ["由区", "局会同", "到场核实情况。"]


def test_equal_empty_and_very_long_texts_are_compared_too():
    assert compare("甲", "甲") == (Piece("same", "甲"),)
    assert compare("", "") == ()
    assert compare("甲" * 5000, "乙" * 5000) == (Piece("del", "甲" * 5000), Piece("ins", "乙" * 5000))


OLD = [
    Standing("第一条", "为了方便居民出行，制定本办法。", 1),
    Standing("第二条", "本办法适用于四层以上的老旧住宅。", 2),
    Standing("第三条", "每台电梯补助二十万元。", 3),
]


def test_clauses_keep_their_stem_through_insertion_renumbering_and_rewording():
    new = [
        Standing("第一条", "为了方便居民出行，制定本办法。"),
        Standing("第二条", "加装电梯应当遵守消防的规定，不得占用通道。"),
        Standing("第三条", "本办法适用于本区四层以上的老旧住宅楼。"),
        Standing("第四条", "每台电梯补助三十万元。"),
    ]
    assert align(OLD, new) == [1, 4, 2, 3]
    assert align(OLD, list(reversed(new))) == [3, 2, 4, 1]
    assert align(OLD, new, highest=9) == [1, 10, 2, 3]


def test_the_same_label_helps_where_words_changed_much():
    assert align(OLD, [Standing("第三条", "补助标准由区政府另行规定，每台电梯不低于十五万元。")]) == [3]
    assert align(OLD, [Standing("第三条", "毫不相干的话。")]) == [4]
    assert align([], [Standing("第一条", "甲。")]) == [1]
    assert align(OLD, []) == []


def test_clauses_of_the_same_words_are_matched_by_label_first():
    old = [Standing("第一条", "删去。", 1), Standing("第二条", "删去。", 2)]
    assert align(old, [Standing("第二条", "删去。"), Standing("第三条", "删去。"), Standing("第四条", "删去。")]) == [2, 1, 3]


@given(st.lists(st.tuples(st.sampled_from(["第一条", "第二条", ""]), st.text(alphabet="甲乙丙丁", max_size=6)), max_size=6), st.randoms())
def test_stems_are_never_given_twice(rows, random):
    old = [Standing(label, text, n) for n, (label, text) in enumerate(rows, 1)]
    new = [Standing(label, text) for label, text in random.sample(rows, len(rows))]
    found = align(old, new)
    assert len(set(found)) == len(new)
    assert sorted(align(old, [Standing(each.label, each.text) for each in old])) == [each.stem for each in old]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("第六条第二款、第8条至第10条", ["第六条", "第八条", "第九条", "第十条"]),
        ("第 ７ 条", ["第七条"]),
        ("三、（二）", ["三、（二）"]),
        ("第十条至第六条", ["第六条", "第十条"]),
        ("总则", []),
        ("", []),
    ],
)
def test_where_an_answer_landed_is_found_among_the_labels(words, found):
    assert landings(words, ["第六条", "第七条", "第八条", "第九条", "第十条", "三、（二）", "一"]) == found


def test_labels_have_one_key_however_written():
    assert {key_of("第十条之二"), key_of("第10条之二")} == {"10-2"}
    assert key_of("三、（二）") == "三、(二)"
