"""A quoted passage is found again in a later version, or said to be gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingtang.consultations.rules.anchoring import Anchor, Passage, find, may_quote, passage_of, sentences
from mingtang.consultations.rules.likeness import SKETCH, likeness, pairs, sketch, text_key

TEXT = "每台电梯补助二十万元。分三年拨付。一楼住户不出钱。"


def held(text: str, quote: str, near: int = 0) -> Passage:
    found = passage_of(text, quote, near)
    assert found is not None
    return found


def test_a_passage_keeps_its_words_and_what_stood_around_it():
    assert held(TEXT, "分三年拨付。") == Passage("分三年拨付。", "每台电梯补助二十万元。", "一楼住户不出钱。", 11)


def test_words_copied_by_hand_may_differ_in_spaces_and_line_breaks():
    assert held("每台电梯\n补助 二十万元。", "电梯补助二十万元").quote == "电梯\n补助 二十万元"


def test_words_that_stand_twice_are_taken_where_they_were_selected():
    text = "市级补助。区级补助。街道补助。"
    assert [held(text, "补助", near).start for near in (0, 7, 99)] == [2, 7, 12]


def test_what_stands_nowhere_or_is_too_long_is_no_passage():
    assert passage_of(TEXT, "免费") is None
    assert passage_of(TEXT, "  ") is None
    assert passage_of("长" * 600, "长" * 501) is None
    assert [bool(may_quote(TEXT, words)) for words in ("", "分三年", "免费")] == [True, True, False]
    assert may_quote(TEXT, "免费").code == "quote"


def test_it_is_held_when_text_is_put_before_it():
    assert find(held(TEXT, "分三年拨付。"), f"经区政府同意，{TEXT}") == Anchor("held", 18, 24)


def test_of_two_places_the_one_with_the_old_neighbours_is_taken():
    text = "市级分三年拨付。区级分三年拨付。"
    passage = held(text, "分三年拨付", 10)
    assert find(passage, f"县级分三年拨付。{text}").start == 18


def test_it_is_changed_when_its_neighbours_stand():
    now = "每台电梯补助二十万元。分五年拨付到位。一楼住户不出钱。"
    anchor = find(held(TEXT, "分三年拨付。"), now)
    assert (anchor.how, now[anchor.start : anchor.end]) == ("changed", "分五年拨付到位。")


def test_it_is_changed_when_only_the_sentence_is_alike():
    now = "本办法自公布之日起施行。每台电梯补助二十五万元。"
    anchor = find(held("每台电梯补助二十万元。", "每台电梯补助二十万元。"), now)
    assert (anchor.how, now[anchor.start : anchor.end]) == ("changed", "每台电梯补助二十五万元。")


def test_it_is_gone_when_nothing_like_it_stands():
    assert find(held(TEXT, "分三年拨付。"), "电梯由业主自行维护，费用自理。") == Anchor("gone")
    assert find(held(TEXT, "分三年拨付。"), "每台电梯补助二十万元。一楼住户不出钱。").how == "gone"
    assert find(held(TEXT, "分三年拨付。"), "") == Anchor("gone")
    assert find(Passage(""), TEXT) == Anchor("gone")


def test_what_stands_between_the_old_neighbours_but_is_something_else_is_gone():
    assert find(held(TEXT, "分三年拨付。"), "每台电梯补助二十万元。验收要合格。一楼住户不出钱。").how == "gone"


def test_a_clause_offers_its_sentences():
    assert sentences(TEXT) == ("每台电梯补助二十万元。", "分三年拨付。", "一楼住户不出钱。")
    assert sentences(" \n") == ()


@given(st.text("甲乙丙。 \n", max_size=60), st.text("甲乙丙。 \n", min_size=1, max_size=8), st.integers(0, 60))
def test_every_passage_is_held_in_its_own_text(text, quote, near):
    passage = passage_of(text, quote, near)
    if passage is None:
        return
    assert find(passage, text) == Anchor("held", passage.start, passage.start + len(passage.quote))


@given(st.text("甲乙丙丁。", max_size=40), st.text("甲乙丙丁。", max_size=40))
def test_likeness_is_the_same_both_ways_and_whole_for_the_same_words(one, other):
    assert 0 <= likeness(one, other) == likeness(other, one) <= 1
    assert likeness(one, one) == (1 if pairs(one) else 0)


def test_signs_spaces_and_case_make_no_difference():
    assert text_key("补助 太少！ABC") == text_key("补助太少，abc")
    assert text_key("！？ _") == ""
    assert len(sketch("字" * 3 + "一二三四五六七八九十甲乙丙丁戊己庚辛")) == SKETCH
    assert sketch("") == ()
    assert likeness("补助太少", "我觉得补助太少了，应该多补一些") == 1
