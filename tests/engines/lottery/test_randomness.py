from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingtang.engines.lottery.randomness import commitment, may_announce, may_reveal, plain_figure, seed_of, written
from mingtang.engines.lottery.selection import below, stream
from tests.engines.lottery.pools import DICE, FIGURES, OFFICES, SECRETS

FROZEN = "ab" * 32


def test_figures_are_written_in_one_way_and_hashed_as_the_readme_says() -> None:
    values = [["22", "3", "08"], ["03051.280"]]
    assert may_announce(FIGURES)
    assert may_reveal(FIGURES, values)
    assert written(FIGURES, values) == "3,8,22,/3051.28,/"
    text = f"mingtang-draw-1/seed/figures\n{FROZEN}\n3,8,22,/3051.28,/\n"
    assert seed_of(FIGURES, values, FROZEN) == sha256(text.encode()).digest()
    assert seed_of(FIGURES, [["3", "8", "22"], ["3051.28"]], FROZEN) == seed_of(FIGURES, values, FROZEN)


def test_dice_keep_their_order() -> None:
    throws = ["1", "6", *["3"] * 23]
    assert may_announce(DICE)
    assert may_reveal(DICE, [throws])
    assert written(DICE, [throws]) == "1,6," + "3," * 23 + "/"


def test_offices_reveal_what_they_committed_to() -> None:
    assert commitment("司法局", SECRETS[0]) == sha256(f"mingtang-draw-1/commit\n司法局\n{SECRETS[0]}\n".encode()).hexdigest()
    assert may_announce(OFFICES)
    assert may_reveal(OFFICES, [[SECRETS[0]], [SECRETS[1]]])
    assert written(OFFICES, [[SECRETS[0]], [SECRETS[1]]]) == f"{SECRETS[0]},/{SECRETS[1]},/"


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"kind": "stars", "day": "2026-12-01"},
        {**FIGURES, "day": "soon"},
        {**FIGURES, "sources": []},
        {**FIGURES, "sources": [{"name": "x", "count": 1}]},
        {**FIGURES, "sources": ["x"]},
        {**DICE, "witnesses": []},
        {**DICE, "throws": 24},
        {**DICE, "faces": "6"},
        {**OFFICES, "offices": OFFICES["offices"][:1]},
        {**OFFICES, "offices": "two"},
        {**OFFICES, "offices": [OFFICES["offices"][0]] * 2},
    ],
)
def test_an_announcement_that_leaves_a_choice_is_refused(source: dict[str, Any]) -> None:
    assert may_announce(source).code == "randomness"


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (FIGURES, [["1", "2", "3"]]),
        (FIGURES, [["1", "2"], ["3"]]),
        (FIGURES, [["1", "2", "3"], ["3,051.28"]]),
        (FIGURES, [["1", "2", "٣"], ["3"]]),
        (DICE, [["7", *["1"] * 24]]),
        (DICE, [["1"] * 24]),
        (DICE, []),
        (OFFICES, [[SECRETS[1]], [SECRETS[0]]]),
        (OFFICES, [[SECRETS[0]]]),
        (OFFICES, [[SECRETS[0], SECRETS[1]], []]),
    ],
)
def test_values_that_were_not_announced_are_refused(source: dict[str, Any], values: list[list[str]]) -> None:
    assert may_reveal(source, values).code == "randomness"


@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3))
def test_a_figure_means_the_same_with_zeros_around_it(number: int, before: int, after: int) -> None:
    assert plain_figure("0" * before + str(number)) == str(number)
    assert plain_figure("0" * before + f"{number}.5" + "0" * after) == f"{number}.5"
    assert plain_figure(f"{number}.{'0' * (after + 1)}") == str(number)


@given(st.binary(min_size=32, max_size=32), st.integers(1, 2**256))
def test_a_number_below_the_limit_is_the_first_block_whose_bits_are_below_it(seed: bytes, limit: int) -> None:
    bits = (limit - 1).bit_length()
    blocks = stream(seed)
    value = limit
    while value >= limit:
        value = int.from_bytes(next(blocks), "big") >> (256 - bits)
    assert below(seed, limit) == value < limit


def test_a_limit_beyond_the_block_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        below(bytes(32), 2**256 + 1)


def test_numbers_below_three_come_equally_often() -> None:
    found = [below(sha256(str(each).encode()).digest(), 3) for each in range(3000)]
    assert [900 < found.count(each) < 1100 for each in range(3)] == [True] * 3
