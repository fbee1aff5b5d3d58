"""One draw from freezing to the last reserve, and everything somebody might change on the way."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.distribution import Distribution
from mingtang.engines.lottery.freezing import freeze
from mingtang.engines.lottery.model import Applicant, Pool, Quota
from mingtang.engines.lottery.record import digest, distribution_of, outcome_of, pool_of, reveal
from mingtang.engines.lottery.selection import Outcome, chosen_panel, select, successor, ticket
from mingtang.engines.lottery.verifying import check_draw
from mingtang.kernel.decision import Refused
from tests.engines.lottery.pools import DICE, FIGURES, OFFICES, SECRETS, people

VALUES = [["7", "21", "3"], ["3051.28"]]
QUOTAS = (Quota("sex", "f", 1, 2), Quota("sex", "m", 1, 2), Quota("band", "a", 1, 3), Quota("band", "b", 0, 2))
POOL = Pool(
    "听证会参加人",
    3,
    (*people("fa", "fb", "ma", "mb", "fa", "ma", "mb", homes="xx---yy"), Applicant("Z", {}, has_conflict=True)),
    QUOTAS,
    reserves=2,
    reserve_category="sex",
    household_limit=1,
)
FROZEN = freeze(POOL, FIGURES)
Path = tuple[Any, ...]


def changed(document: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """A copy with one place changed."""
    found = copy.deepcopy(document)
    place: Any = found
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return found


def test_a_draw_is_repeated_from_its_documents() -> None:
    found = check_draw(FROZEN, reveal(FROZEN, VALUES), logged=digest(FROZEN))
    assert [each.kind for each in found.all] == ["holds", "holds", "holds", "holds", "open", "holds", "open", "open"]
    assert found.good


def test_a_frozen_draw_without_outcome_says_so() -> None:
    found = check_draw(FROZEN, None)
    assert found.good
    assert "There is no outcome yet." in [each.en for each in found.all]


def test_the_same_pool_in_another_order_freezes_to_the_same_bytes() -> None:
    turned = replace(POOL, people=POOL.people[::-1], quotas=QUOTAS[::-1])
    assert digest(freeze(turned, FIGURES)) == digest(FROZEN)


def test_nobody_and_nothing_of_the_excluded_is_published_but_number_and_reason() -> None:
    assert FROZEN["excluded"] == [{"number": "Z", "why": "conflict"}]
    assert "Z" not in [each["number"] for each in FROZEN["people"]]
    assert pool_of(FROZEN).eligible == POOL.eligible


def test_dice_and_offices_decide_a_draw_too() -> None:
    for source, values in ((DICE, [["4"] * 25]), (OFFICES, [[each] for each in SECRETS])):
        frozen = freeze(POOL, source)
        assert check_draw(frozen, reveal(frozen, values)).good


def test_a_draw_without_categories_has_one_list_of_reserves_and_equal_chances() -> None:
    frozen = freeze(Pool("试", 2, people("fa", "fb", "ma", "mb"), reserves=9), FIGURES)
    assert [each["chance"] for each in frozen["classes"]] == [[1, 2]]
    told = reveal(frozen, VALUES)
    assert sorted([*told["panel"], *told["reserves"][""]]) == ["A01", "A02", "A03", "A04"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "mingtang-draw-0"),
        (("people",), None),
        (("seats",), 2),
        (("seats",), 0),
        (("quotas", 2, "most"), 1),
        (("panels", 0, "weight"), 1),
        (("panels", 0, "weight"), 0.5),
        (("panels", 0, "weight"), -1),
        (("panels", 0, "take", 0, 1), 2),
        (("panels", 0, "take", 0, 0), 99),
        (("panels",), []),
        (("classes", 0, "chance"), [1, 2]),
        (("classes", 0, "numbers"), ["A03"]),
        (("people", 0, "number"), "B"),
        (("excluded", 0, "number"), "A01"),
        (("randomness", "day"), "some day"),
        (("total",), 1),
        (("extra",), 1),
    ],
)
def test_a_change_of_what_was_frozen_is_found(path: Path, value: Any) -> None:
    assert not check_draw(changed(FROZEN, path, value), None).good


def test_a_change_after_publication_is_found_by_the_log() -> None:
    assert not check_draw(changed(FROZEN, ("title",), "另一场"), None, logged=digest(FROZEN)).good


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("freeze",), "00" * 32),
        (("values", 0, 0), "8"),
        (("values", 0), []),
        (("seed",), "00" * 32),
        (("panel", 0), "A00"),
        (("reserves", "f"), []),
        (("reserves",), None),
    ],
)
def test_a_change_of_the_outcome_is_found(path: Path, value: Any) -> None:
    assert not check_draw(FROZEN, changed(reveal(FROZEN, VALUES), path, value)).good


def test_values_that_were_not_announced_draw_nobody() -> None:
    with pytest.raises(Refused, match="指数收盘"):
        reveal(FROZEN, [VALUES[0], ["high"]])


def test_panels_come_as_often_as_their_weights_say() -> None:
    distribution = Distribution(((1,), (2,), (3,)), (1, 2, 1))
    found = [chosen_panel(ticket(b"", str(each)), distribution) for each in range(2000)]
    assert [abs(found.count(each) - wanted) < 100 for each, wanted in enumerate((500, 1000, 500))] == [True] * 3


def test_people_of_a_class_are_drawn_equally_often() -> None:
    pool = Pool("试", 1, people("fa", "fa", "fa", "fa"))
    problem, distribution = problem_of(pool), Distribution(((1,),), (1,))
    found = [select(ticket(b"x", str(each)), pool, problem, distribution).panel[0] for each in range(2000)]
    assert all(abs(found.count(each.number) - 500) < 100 for each in pool.people)


class Seats(RuleBasedStateMachine):
    """Draw, then let people leave and reserves decline in any order: the quotas hold as long as somebody follows."""

    @initialize(figure=st.integers(0, 10**6))
    def draw(self, figure: int) -> None:
        """Draw with any figures; the documents prove it."""
        told = reveal(FROZEN, [VALUES[0], [str(figure)]])
        assert check_draw(FROZEN, told).good
        self.pool = pool_of(FROZEN)
        self.problem = problem_of(self.pool)
        self.outcome = outcome_of(FROZEN, bytes.fromhex(told["seed"]))
        self.gone: tuple[str, ...] = ()
        assert distribution_of(FROZEN, self.problem).total == FROZEN["total"]

    @rule(which=st.integers(0, 2))
    @precondition(lambda self: len(self.outcome.panel) == 3)
    def leave(self, which: int) -> None:
        """Somebody leaves; the successor is of the same list, new, and the first who fits."""
        leaving = self.outcome.panel[which]
        follows = successor(self.pool, self.problem, self.outcome, leaving, self.gone)
        self.gone += (leaving,)
        stay = tuple(each for each in self.outcome.panel if each != leaving)
        if follows is None:
            self.outcome = Outcome(stay, self.outcome.reserves)
            return
        sex = {each.number: each.attributes["sex"] for each in self.pool.people}
        assert sex[follows] == sex[leaving]
        assert follows not in self.gone
        self.outcome = Outcome(tuple(sorted((*stay, follows))), self.outcome.reserves)

    @rule(sex=st.sampled_from("fm"), which=st.integers(0, 1))
    def decline(self, sex: str, which: int) -> None:
        """A reserve declines, whether asked or not."""
        numbers = self.outcome.reserves.get(sex, ())
        if which < len(numbers) and numbers[which] not in self.outcome.panel:
            self.gone += (numbers[which],)

    @invariant()
    def every_full_panel_keeps_the_quotas(self) -> None:
        """As often as everybody is replaced."""
        if not hasattr(self, "outcome") or len(self.outcome.panel) < 3:
            return
        place_of = {number: place for place, each in enumerate(self.problem.classes) for number in each.numbers}
        counts = [0] * len(self.problem.classes)
        for number in self.outcome.panel:
            counts[place_of[number]] += 1
        assert self.problem.admits(counts)


TestSeats: Callable[..., Any] = Seats.TestCase
TestSeats.settings = settings(max_examples=60, stateful_step_count=8, deadline=None)  # type: ignore[attr-defined]


def test_a_seat_of_one_list_for_all_goes_to_the_first_who_fits() -> None:
    pool = Pool("试", 1, people("fa", "ma", "fa"), (Quota("sex", "f", 1, 1), Quota("sex", "m", 0, 0)), reserves=2)
    outcome = Outcome(("A01",), {"": ("A02", "A03")})
    assert successor(pool, problem_of(pool), outcome, "A01") == "A03"
    assert successor(pool, problem_of(pool), outcome, "A01", ("A03",)) is None
