"""Days in China, and codes people read aloud."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.platform.clock import at_hour, closing_of, day_of, local, opening_of
from mingtang.platform.codes import ALPHABET, as_code, new_code, new_token


def test_an_instant_falls_on_the_day_in_china():
    assert day_of(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert day_of(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_day_closes_when_the_next_one_opens():
    assert closing_of(date(2026, 12, 31)) == opening_of(date(2027, 1, 1)) == at_hour(date(2027, 1, 1), 0)
    assert local(closing_of(date(2026, 11, 24))).isoformat() == "2026-11-25T00:00:00+08:00"


def test_a_new_code_has_its_prefix_and_groups_of_four_unmistakable_characters():
    head, *groups = new_code("QH").split("-")
    assert head == "QH"
    assert [len(each) for each in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(ALPHABET)
    assert len(new_code(groups=2)) == 9


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("qh-7f3k-20m9-4412", "QH-7F3K-20M9-4412"),
        (" QH 7f3k 2Om9 44l2 ", "QH-7F3K-20M9-4412"),
        ("QH－7F3K－", "QH-7F3K"),
        ("IOLA-1", "IOLA-1"),
        ("7o1l-aaaa", "7011-AAAA"),
        ("", ""),
    ],
)
def test_a_typed_code_is_found_again(typed, code):
    assert as_code(typed) == code


@given(st.integers(1, 4))
def test_every_new_code_is_already_in_its_kept_form(groups):
    code = new_code("QH", groups)
    assert as_code(code.lower()) == code


def test_tokens_are_long_and_never_the_same():
    one, other = new_token(), new_token()
    assert len(one) == 32
    assert one != other
