"""Numbers that carry their own proof: what passes, what one wrong digit does."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.platform.guard.core.numbers import (
    PROVINCES,
    born_on,
    check_digit,
    is_bank_card,
    is_credit_code,
    is_identity,
    is_old_identity,
    passes_luhn,
)
from mingtang.platform.guard.core.patterns import find

REGIONS = st.builds(lambda province, rest: f"{province}{rest:04d}", st.sampled_from(sorted(PROVINCES)), st.integers(0, 9999))
BORN = st.dates(date(1900, 1, 1), date(2049, 12, 31)).map(lambda day: day.strftime("%Y%m%d"))
NUMBERS = st.builds(lambda region, born, order: f"{region}{born}{order:03d}", REGIONS, BORN, st.integers(0, 999))


@given(NUMBERS)
def test_every_number_with_its_check_digit_is_an_identity_number_and_is_found(first):
    number = first + check_digit(first)
    assert is_identity(number)
    assert is_identity(number.lower())
    assert [hit.kind for hit in find(f"身份证号{number}。")] == ["id_number"]


@given(NUMBERS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_never_passes(first, place, digit):
    number = first + check_digit(first)
    if number[place] != digit:
        assert not is_identity(number[:place] + digit + number[place + 1 :])


@given(NUMBERS)
def test_a_wrong_check_digit_is_still_said_but_stops_only_where_it_is_called_an_identity_number(first):
    wrong = first + next(each for each in "0123456789" if each != check_digit(first))
    assert {(hit.kind, hit.level) for hit in find(f"身份证{wrong}")} == {("id_like", "block")}
    assert {hit.level for hit in find(f"数据 {wrong} 条")} <= {"warn", "block"}


@pytest.mark.parametrize(
    "number", ["", "11010119900307851", "110101199003078516", "010101199003078515", "110101199013078515", "1101011990030785A5"]
)
def test_what_is_no_identity_number(number):
    assert not is_identity(number)


@pytest.mark.parametrize(("digits", "day"), [("20240229", date(2024, 2, 29)), ("20230229", None), ("18991231", None), ("20500101", None)])
def test_a_birth_date_is_a_day_of_somebody_who_can_live(digits, day):
    assert born_on(digits) == day


def test_the_old_form_has_a_region_and_a_birth_date_of_the_last_century():
    assert is_old_identity("340104870512031")
    assert not any(map(is_old_identity, ("340104871312031", "000104870512031", "34010487051203", "34010487051203X")))


@given(st.text("0123456789", min_size=15, max_size=18))
def test_the_luhn_digit_is_found_once_among_ten(first):
    assert sum(passes_luhn(first + digit) for digit in "0123456789") == 1


@given(st.text("0123456789", min_size=14, max_size=17).map(lambda rest: f"62{rest}"), st.data())
def test_one_wrong_digit_is_no_card(first, data):
    number = next(first + digit for digit in "0123456789" if passes_luhn(first + digit))
    place = data.draw(st.integers(2, len(number) - 1))
    digit = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))
    assert not is_bank_card(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize("number", ["6222222222222222", "1234567812345670", "62220210011223", "62220210011223344556677"])
def test_what_is_no_card(number):
    assert not is_bank_card(number)


@pytest.mark.parametrize(
    ("code", "valid"), [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("9135", False), ("91350100I000100Y43", False)]
)
def test_a_credit_code_has_its_own_check(code, valid):
    assert is_credit_code(code) is valid
    assert find(f"统一社会信用代码：{code}") == []
