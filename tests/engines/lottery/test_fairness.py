from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mingtang.engines.lottery.classes import problem_of
from mingtang.engines.lottery.distribution import TOTAL, Fair, whole
from mingtang.engines.lottery.fairness import fairest
from mingtang.engines.lottery.feasibility import can_be_met, relaxed, smallest_relaxation
from mingtang.engines.lottery.model import CONFLICT, MAXIMIN, REPEATED, Applicant, Pool, Quota, may_draw
from mingtang.kernel.text import speaking
from tests.engines.lottery.pools import amounts, every_set, fair_by_trying, people, small_pools

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
CALM = Quota("sex", "f", 0, 9), Quota("sex", "m", 0, 9), Quota("band", "a", 0, 9), Quota("band", "b", 0, 9)


def chances(pool: Pool) -> list[Fraction]:
    problem = problem_of(pool)
    shares = whole(fairest(problem, pool.goal)).chances(problem)
    return sorted(share for each, share in zip(problem.classes, shares, strict=True) for _ in each.numbers)


@SOME
@given(small_pools())
def test_quotas_can_be_met_exactly_when_trying_every_panel_finds_one(pool: Pool) -> None:
    assert bool(can_be_met(pool)) == any(not any(amounts(pool, each)) for each in every_set(pool))


@SOME
@given(small_pools())
def test_the_relaxation_is_as_small_as_any_found_by_trying_and_is_enough(pool: Pool) -> None:
    missed = [amounts(pool, each) for each in every_set(pool)]
    assume(missed)
    changes = smallest_relaxation(problem_of(pool))
    by = sum(each.quota.least - each.least + each.most - each.quota.most for each in changes)
    assert (len(changes), by) == min((sum(map(bool, each)), sum(each)) for each in missed)
    assert can_be_met(relaxed(pool, changes))


@SOME
@given(small_pools())
def test_chances_are_the_leximin_of_the_definition_when_every_panel_is_tried(pool: Pool) -> None:
    assume(can_be_met(pool))
    ours = chances(pool)
    assert sum(ours) == pool.seats
    assert all(abs(float(mine) - his) < 1e-6 for mine, his in zip(ours, fair_by_trying(pool), strict=True))


@SOME
@given(small_pools())
def test_maximin_gives_the_same_least_chance_as_leximin(pool: Pool) -> None:
    assume(can_be_met(pool))
    assert abs(chances(replace(pool, goal=MAXIMIN))[0] - chances(pool)[0]) < Fraction(1, 10**8)


def test_every_panel_of_the_mixture_keeps_quotas_and_households() -> None:
    pool = Pool(
        "试", 3, people("fa", "fb", "ma", "mb", "ma", homes="xxxy-"), (Quota("sex", "f", 1, 1), Quota("sex", "m", 2, 2)), household_limit=1
    )
    problem = problem_of(pool)
    found = fairest(problem)
    assert found.panels
    assert all(problem.admits(each) for each in found.panels)
    assert [each.household for each in problem.classes] == ["x", "", "x"]


def test_no_mixture_is_given_when_no_panel_keeps_the_quotas() -> None:
    assert fairest(problem_of(Pool("试", 2, people("fa", "fa"), (Quota("sex", "f", 0, 1), Quota("sex", "m", 1, 1))))) == Fair((), ())


def test_a_refusal_names_the_quotas_to_relax_and_by_how_much() -> None:
    pool = Pool("试", 3, people("fa", "fa", "ma", "mb"), (Quota("sex", "f", 3, 3), Quota("sex", "m", 0, 0)))
    found = can_be_met(pool)
    with speaking("en"):
        assert str(found.reason) == "These quotas cannot be met together."
        assert str(found.remedy) == (
            "At least 2 must change; a smallest way: lower the least of “sex: f” from 3 to 2, raise the most of “sex: m” from 0 to 1."
        )


def test_a_refusal_says_that_there_are_too_few_people_when_no_quota_is_to_blame() -> None:
    pool = Pool("试", 3, (*people("fa", "fa", "ma", homes="xx-"), Applicant("C", {}, has_conflict=True)), household_limit=1)
    alone = can_be_met(pool)
    assert alone.code == can_be_met(replace(pool, seats=9)).code == can_be_met(replace(pool, seats=4)).code == "people"
    assert str(alone.reason) == "可以抽取的只有 3 人（已除去 1 人），按每户上限坐不满 3 席。"


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=30))
def test_weights_are_whole_and_come_to_their_total(shares: list[float]) -> None:
    fair = Fair(tuple((place,) for place in range(len(shares))), tuple(shares))
    found = whole(fair)
    assert found.total == TOTAL
    assert all(
        abs(Fraction(weight, TOTAL) - Fraction(share) / sum(map(Fraction, shares))) < Fraction(1, TOTAL)
        for weight, share in zip(found.weights, shares, strict=True)
    )


def test_panels_of_no_weight_are_left_out() -> None:
    assert whole(Fair(((1,), (2,)), (1.0, 1e-15))).panels == ((1,),)


def test_people_with_a_conflict_or_too_many_seats_are_excluded_with_the_reason() -> None:
    pool = Pool(
        "试", 1, (Applicant("A", {}, past_seats=2), Applicant("B", {}, has_conflict=True), Applicant("C", {}, past_seats=1)), past_limit=2
    )
    assert pool.excluded == {"A": REPEATED, "B": CONFLICT}
    assert [each.number for each in pool.eligible] == ["C"]


def test_a_pool_that_makes_no_sense_is_refused_with_every_reason() -> None:
    fine = Pool("试", 2, people("fa", "ma"), CALM)
    assert may_draw(fine)
    assert [each.code for each in may_draw(replace(fine, seats=0, quotas=(*CALM, CALM[0]))).refusals] == ["figures", "twice"]
    assert may_draw(replace(fine, goal="luck")).code == "goal"
    assert may_draw(replace(fine, people=people("fa") * 2)).code == "twice"
    assert may_draw(replace(fine, quotas=(Quota("sex", "f", 3, 2), Quota("sex", "m", 0, 2)))).code == "quota"
    assert may_draw(replace(fine, quotas=(Quota("sex", "f", 0, 2),))).code == "value"
    assert may_draw(replace(fine, reserve_category="street")).code == "value"
