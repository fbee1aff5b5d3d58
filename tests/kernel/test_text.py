"""Sentences in two languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from mingtang.kernel.text import NOTHING, same, speak, speaking, spoken_language, t

HELLO = t("席位合计 {total}", "Seats total {total}", total=3)


def test_a_text_speaks_chinese_unless_told_otherwise():
    assert str(HELLO) == "席位合计 3"


def test_a_text_speaks_english_inside_the_block_and_chinese_after_it():
    with speaking("en"):
        assert str(HELLO) == "Seats total 3"
    assert str(HELLO) == "席位合计 3"


def test_speak_changes_the_language_from_here_on():
    with speaking("zh"):
        speak("en")
        assert spoken_language() == "en"
    assert spoken_language() == "zh"


def test_a_text_within_a_text_follows_the_language_of_the_outer():
    outer = t("“{state}”", "“{state}”", state=t("起草中", "Drafting"))
    assert outer.within("zh") == "“起草中”"
    assert outer.within("en") == "“Drafting”"


def test_days_instants_and_lists_are_written_our_way():
    words = t(
        "{day}|{at}|{names}",
        "{day}|{at}|{names}",
        day=date(2026, 1, 2),
        at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        names=["甲", t("乙", "B")],
    )
    assert words.within("zh") == "2026-01-02|2026-01-02 03:04|甲、乙"
    assert words.within("en") == "2026-01-02|2026-01-02 03:04|甲, B"


def test_braces_in_a_value_are_left_alone():
    assert str(same("{not a place}")) == "{not a place}"


def test_a_text_without_values_keeps_its_braces():
    assert str(t("{草案}", "{draft}")) == "{草案}"


def test_filled_adds_values_and_keeps_the_others():
    assert str(t("{a}{b}", "{a}{b}", a=1).filled(b=2)) == "12"


def test_nothing_is_false_and_everything_else_is_true():
    assert not NOTHING
    assert t("", "x")
