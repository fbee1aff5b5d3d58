"""Figures of the law: their floors, their settings, their reading."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from mingtang.kernel.parameters import UNIT_LABELS, Bound, Figures, Level, Parameter, Setting, Unit, national, read_value, table
from mingtang.kernel.text import t

SINCE = date(2019, 9, 1)
TODAY = date(2026, 11, 24)


def figure(key="consult.days", value=30, floor=None, bound=Bound.AT_LEAST):
    return Parameter(key, t("期限", "Period"), value, Unit.DAYS, SINCE, t("条例", "Decree"), Level.HARD, floor, bound)


@pytest.mark.parametrize(
    ("bound", "value", "permitted"),
    [
        (Bound.AT_LEAST, 30, True),
        (Bound.AT_LEAST, 45, True),
        (Bound.AT_LEAST, 29, False),
        (Bound.AT_MOST, 30, True),
        (Bound.AT_MOST, 29, True),
        (Bound.AT_MOST, 31, False),
        (Bound.EXACTLY, 30, True),
        (Bound.EXACTLY, 31, False),
    ],
)
def test_a_government_keeps_to_its_side_of_the_national_figure(bound, value, permitted):
    assert bool(figure(floor=30, bound=bound).permits(value)) is permitted


def test_a_value_below_the_floor_is_refused_with_figure_and_basis():
    refusal = figure(floor=30).permits(7)
    assert refusal.code == "below_floor"
    assert str(refusal.reason) == "“期限”的国家规定是 30，地方不能放宽为 7。"
    assert "条例" in str(refusal.remedy)


def test_a_yes_or_no_floor_is_written_in_words():
    must = figure(value=True, floor=True, bound=Bound.EXACTLY)
    assert str(must.permits(value=False).reason) == "“期限”的国家规定是 是，地方不能放宽为 否。"


@pytest.mark.parametrize("value", ["x", True])
def test_a_value_of_another_kind_is_refused(value):
    assert "类型" in str(figure().permits(value).reason)


def test_a_negative_number_is_refused_and_a_ratio_for_a_number_is_not():
    assert "负数" in str(figure().permits(-1).reason)
    assert figure().permits(Fraction(1, 2))


def test_a_word_is_permitted_where_words_are_expected():
    assert figure(value="plenary").permits("executive")


@pytest.mark.parametrize(
    ("words", "like", "value"),
    [
        (" 30 ", 1, 30),
        ("1/3", Fraction(1, 2), Fraction(1, 3)),
        ("40%", Fraction(1, 2), Fraction(2, 5)),
        ("0.4", Fraction(1, 2), Fraction(2, 5)),
        ("是", False, True),
        ("off", True, False),
        ("plenary", "x", "plenary"),
    ],
)
def test_typed_words_are_read_into_the_kind_of_the_figure(words, like, value):
    assert read_value(words, like) == value


@pytest.mark.parametrize(("words", "like"), [("thirty", 1), ("perhaps", True), ("1/x", Fraction(1, 2))])
def test_typed_words_of_the_wrong_kind_are_a_value_error(words, like):
    with pytest.raises(ValueError):
        read_value(words, like)


def test_the_newest_setting_whose_day_has_come_is_in_force():
    settings = (
        Setting("consult.days", 60, date(2027, 1, 1)),
        Setting("consult.days", 45, date(2026, 6, 1)),
        Setting("consult.days", 40, date(2026, 1, 1)),
        Setting("unknown", 1, SINCE),
    )
    figures = Figures(table(figure()), TODAY, settings)
    assert figures["consult.days"] == figures.number("consult.days") == 45
    assert Figures(table(figure()), date(2027, 1, 1), settings).number("consult.days") == 60
    with pytest.raises(KeyError):
        figures["unknown"]


def test_a_figure_is_read_as_its_own_kind_only():
    figures = national([figure("n", 3), figure("r", Fraction(1, 3)), figure("y", value=True)], TODAY)
    assert (figures.number("n"), figures.ratio("r"), figures.on("y")) == (3, Fraction(1, 3), True)
    assert figures.parameter("n").value == 3
    for read, key in ((figures.number, "y"), (figures.ratio, "n"), (figures.on, "n")):
        with pytest.raises(TypeError):
            read(key)


def test_a_figure_named_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        table(figure(), figure())


def test_every_unit_has_a_label():
    assert set(UNIT_LABELS) == set(Unit)
