"""Periods as the stricter of preset and floor, seats that add up, the draw, every gate, honest percentages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingtang.consultations.rules import FIGURES as CONSULT_FIGURES
from mingtang.hearings import rules
from mingtang.hearings.rules import FIGURES, NoticeFacts, SeatSum, ServedFact
from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.holidays import NOTICES
from mingtang.kernel.parameters import Figures, Setting, national, table
from mingtang.kernel.text import t
from mingtang.platform.clock import CHINA
from mingtang.topics.rules.figures import FIGURES as TOPIC_FIGURES
from tests.factories.refusing import codes

EVERY = (*FIGURES, *TOPIC_FIGURES, *CONSULT_FIGURES)
TODAY = date(2026, 11, 24)
FIG = national(EVERY, TODAY)
STARTS = datetime(2027, 1, 5, 9, 0, tzinfo=CHINA)
CALENDAR = WorkCalendar(
    {day: worked for each in NOTICES for day, worked in each.exceptions().items()}, frozenset(each.year for each in NOTICES)
)


def own(**values: object) -> Figures:
    """Figures with a government's own values, dots written as two underscores."""
    settings = tuple(Setting(key.replace("__", "."), value, TODAY) for key, value in values.items())
    return Figures(table(*EVERY), TODAY, settings)


@pytest.mark.parametrize(
    ("preset", "periods"),
    [
        ("national", (1, 1, 0, 7)),
        ("price", (30, 15, 20, 7)),
        ("ten_day", (10, 1, 0, 7)),
        ("local", (30, 15, 20, 7)),
    ],
)
def test_every_preset_gives_way_to_the_stricter_national_floor(preset, periods):
    found = rules.periods_for(preset, FIG)
    assert (found.notice, found.listing, found.draw, found.papers) == periods


def test_a_stricter_local_figure_reaches_every_preset_and_the_local_one_reads_all():
    figures = own(hearing__materials_min_days=10, hearing__notice_min_days=20, hearing__list_publish_min_days=0)
    assert rules.periods_for("ten_day", figures).papers == 10
    assert rules.periods_for("local", figures) == rules.Periods(20, 1, 20, 10)


def test_no_government_goes_below_seven_days_for_the_papers_or_two_fifths_of_consumers():
    known = table(*FIGURES)
    assert not known["hearing.materials_min_days"].permits(5)
    assert known["hearing.materials_min_days"].permits(10)
    assert not known["hearing.min_consumer_ratio"].permits(Fraction(1, 3))
    assert not known["hearing.record_signature_required"].permits(False)


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (SeatSum(30, 30), "各类席位合计 30 席，与总数一致。"),
        (SeatSum(18, 16), "公告总数 18 席，各类席位合计 16 席，相差 2 席。"),
        (SeatSum(18, 16, 2), "公告总数 18 席，各类席位合计 16 席，相差 2 席。差数与旁听席相同。"),
        (SeatSum(10, 13, 3), "公告总数 10 席，各类席位合计 13 席，相差 3 席。"),
    ],
)
def test_the_page_says_whether_the_seats_add_up_and_by_how_much_not(total, words):
    assert str(total.says) == words


def test_seats_that_do_not_add_up_are_refused_until_explained():
    assert codes(rules.may_stand_seats(SeatSum(18, 16), " ")) == ["sum"]
    assert codes(rules.may_stand_seats(SeatSum(0, 0), "")) == ["no_seats"]
    explained = rules.may_stand_seats(SeatSum(18, 16, 2), "含旁听人")
    assert (explained.allowed, len(explained.warnings)) == (True, 1)
    assert rules.may_stand_seats(SeatSum(16, 16), "").warnings == ()


@pytest.mark.parametrize(
    ("seats", "preset", "refused", "warned"),
    [
        ({"consumer": 8, "low_income": 1, "operator": 6}, "price", [], 0),
        ({"consumer": 5, "operator": 10}, "price", ["consumers"], 1),
        ({"consumer": 8, "operator": 7}, "price", [], 1),
        ({"consumer": 3, "expert": 2}, "national", [], 1),
        ({"affected": 2, "public": 2, "expert": 20}, "national", [], 2),
        ({"affected": 6, "public": 2, "expert": 7}, "national", [], 0),
    ],
)
def test_the_composition_is_checked_by_what_is_heard(seats, preset, refused, warned):
    found = rules.composition(seats, preset, FIG)
    assert (codes(found), len(found.warnings)) == (refused, warned)


@pytest.mark.parametrize(
    ("state", "category", "over", "person", "code"),
    [
        ("enrolling", "consumer", False, (True, True), []),
        ("announced", "consumer", False, (True, True), ["not_enrolling"]),
        ("enrolling", "consumer", True, (True, True), ["not_enrolling"]),
        ("enrolling", "expert", False, (True, True), ["category"]),
        ("enrolling", "consumer", False, (False, True), ["age"]),
        ("enrolling", "consumer", False, (True, False), ["contact"]),
        ("enrolling", "consumer", False, (False, False), ["age", "contact"]),
    ],
)
def test_one_enrols_in_time_for_a_seat_that_is_open_of_age_and_within_reach(state, category, over, person, code):
    of_age, reachable = person
    assert codes(rules.may_enrol(state, {"consumer": 3}, category, over=over, of_age=of_age, reachable=reachable, figures=FIG)) == code


def test_serving_civil_servants_are_pointed_out_save_in_departments_own_seats():
    assert rules.civil_servant("consumer", FIG, serving=True).warnings
    assert not rules.civil_servant("department", FIG, serving=True).warnings
    assert not rules.civil_servant("consumer", FIG, serving=False).warnings
    assert not rules.civil_servant("consumer", own(hearing__exclude_civil_servants=False), serving=True).warnings


@pytest.mark.parametrize(
    ("state", "over", "waiting", "day", "code"),
    [
        ("enrolling", True, 2, date(2026, 12, 12), []),
        ("enrolling", True, 2, None, []),
        ("enrolling", False, 2, date(2026, 12, 12), ["not_over"]),
        ("listed", True, 2, date(2026, 12, 12), ["not_over"]),
        ("enrolling", True, 0, date(2026, 12, 12), ["nobody"]),
        ("enrolling", True, 2, date(2026, 12, 11), ["source_day"]),
    ],
)
def test_a_list_is_frozen_after_enrolment_for_the_randomness_of_a_later_day(state, over, waiting, day, code):
    asked = rules.may_freeze_seats(state, over=over, waiting=waiting, source_day=day, today=date(2026, 12, 11))
    assert codes(asked) == code


@pytest.mark.parametrize(
    ("state", "over", "waiting", "to_draw", "code"),
    [
        ("enrolling", True, 2, 0, []),
        ("enrolling", False, 2, 0, ["not_over"]),
        ("enrolling", True, 0, 0, ["nobody"]),
        ("enrolling", True, 2, 1, ["lots"]),
    ],
)
def test_seats_go_in_order_by_themselves_only_where_none_is_drawn(state, over, waiting, to_draw, code):
    assert codes(rules.may_seat_in_order(state, over=over, waiting=waiting, to_draw=to_draw)) == code


@pytest.mark.parametrize(
    ("state", "is_same", "code"), [("enrolling", False, []), ("enrolling", True, ["same"]), ("drawn", False, ["seated"])]
)
def test_wrong_figures_are_corrected_by_others_before_the_list_is_settled(state, is_same, code):
    assert codes(rules.may_correct_draw(state, is_same=is_same)) == code


@pytest.mark.parametrize(
    ("method", "reason", "taken", "code"),
    [
        ("rule", "唯一企业", [], []),
        ("rule", " ", [], ["reason"]),
        ("nomination", "", [], ["reason"]),
        ("lot", "", [], []),
        ("rule", "理由", ["operator"], ["full"]),
    ],
)
def test_a_seat_is_given_by_rule_with_a_reason_while_one_is_free(method, reason, taken, code):
    assert codes(rules.may_choose("operator", {"operator": 1}, taken, method, reason)) == code


def test_the_list_is_settled_when_everybody_has_an_answer_and_empty_seats_a_reason():
    seats = {"consumer": 2, "expert": 1}
    assert codes(rules.may_settle(seats, ["consumer"], 1, "")) == ["undecided"]
    assert codes(rules.may_settle(seats, ["consumer", "expert"], 0, "")) == ["seats_left"]
    short = rules.may_settle(seats, ["consumer", "expert"], 0, "报名不足")
    assert (short.allowed, [str(each) for each in short.warnings]) == (True, ["消费者缺 1 席"])
    assert rules.may_settle(seats, ["consumer", "consumer", "expert"], 0, "").warnings == ()


FACTS = NoticeFacts((), STARTS, date(2026, 12, 10), True, "开奖号码", frozenset({"draft", "explanation"}), True)


def facts(**fields: object) -> NoticeFacts:
    return NoticeFacts(**{**{name: getattr(FACTS, name) for name in FACTS.__slots__}, **fields})


@pytest.mark.parametrize(
    ("given_facts", "code"),
    [
        ({}, []),
        ({"papers_public": frozenset({"draft"})}, ["papers"]),
        ({"takes_points": False}, ["too_late"]),
        ({"missing": (t("地点", "place"),)}, ["missing"]),
        ({"draw_source": " "}, ["draw_source"]),
        ({"draw_source": "", "draws": False}, []),
        ({"starts_at": None}, ["no_day"]),
        ({"enrol_until": None}, ["no_day"]),
        ({"enrol_until": date(2026, 12, 30)}, ["deadline"]),
        ({"enrol_until": date(2026, 11, 1)}, ["deadline"]),
    ],
)
def test_the_notice_is_refused_for_what_it_lacks(given_facts, code):
    assert codes(rules.may_announce(facts(**given_facts), rules.periods_for("price", FIG), TODAY)) == code


def test_a_short_notice_is_allowed_and_said():
    assert not rules.may_announce(FACTS, rules.Periods(42, 1, 0, 7), TODAY).warnings
    assert rules.may_announce(FACTS, rules.Periods(43, 1, 0, 7), TODAY).warnings


@pytest.mark.parametrize(
    ("day", "code", "warned"), [(date(2026, 12, 20), [], 0), (date(2026, 12, 22), [], 1), (date(2027, 1, 5), ["too_late"], 0)]
)
def test_the_list_is_out_before_the_day_and_a_late_one_is_pointed_out(day, code, warned):
    found = rules.may_publish_list(STARTS, rules.periods_for("price", FIG), day)
    assert (codes(found), len(found.warnings)) == (code, warned)


def test_papers_have_to_arrive_seven_days_ahead_each_with_proof():
    periods = rules.periods_for("ten_day", FIG)
    early, last, late = STARTS - timedelta(days=8), STARTS - timedelta(days=7), STARTS - timedelta(days=6)
    people = [
        ServedFact("甲", early, early),
        ServedFact("乙", early, last),
        ServedFact("丙", None, None),
        ServedFact("丁", early, None),
        ServedFact("戊", early, late),
    ]
    assert codes(rules.may_finish_serving(STARTS, people, periods)) == ["not_sent", "not_delivered", "late"]
    assert rules.may_finish_serving(STARTS, people[:2], periods)
    assert codes(rules.may_finish_serving(STARTS, [], periods)) == ["nobody"]


@pytest.mark.parametrize(("present", "chosen", "code"), [(10, 15, []), (9, 15, ["quorum"]), (0, 0, ["quorum"]), (1, 1, [])])
def test_two_thirds_must_be_present_or_it_is_put_off(present, chosen, code):
    assert codes(rules.may_open(STARTS, STARTS, present, chosen, FIG)) == code


def test_nobody_opens_a_hearing_before_its_day():
    assert codes(rules.may_open(STARTS, STARTS - timedelta(days=1), 15, 15, FIG)) == ["too_early"]
    assert rules.quorum(15, own(hearing__quorum_ratio=Fraction(1, 2))) == 8


@pytest.mark.parametrize(
    ("state", "seat", "served", "code"),
    [
        ("served", "participant", True, []),
        ("running", "observer", False, []),
        ("served", "participant", False, ["no_papers"]),
        ("listed", "participant", True, ["not_the_day"]),
    ],
)
def test_participants_sit_with_their_papers_observers_without(state, seat, served, code):
    assert codes(rules.may_check_in(state, seat, served)) == code


def test_the_record_is_confirmed_by_each_and_does_not_change_once_somebody_did():
    assert codes(rules.may_confirm_record(" ", [])) == ["no_record"]
    assert codes(rules.may_confirm_record("笔录", ["甲"])) == ["unsigned"]
    assert rules.may_confirm_record("笔录", [])
    assert codes(rules.may_edit_record(1)) == ["signed"]
    assert rules.may_edit_record(0)


def test_the_report_has_words_and_every_point_a_place():
    assert codes(rules.may_report("", 0, 0)) == ["no_report"]
    assert codes(rules.may_report("报告", 3, 1)) == ["unplaced"]
    assert rules.may_report("报告", 3, 0)


unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12))
def test_shares_come_to_exactly_one_hundred_and_none_is_off_by_a_tenth(counts):
    shares = rules.percentages(counts)
    total = sum(counts)
    assert sum(shares) == (100 if total else 0)
    if total:
        assert all(abs(share - Fraction(100 * n, total)) < Fraction(1, 10) for share, n in zip(shares, counts, strict=True))


def test_equal_answers_are_shared_in_order_by_the_largest_remainder():
    assert [rules.decimal(each) for each in rules.percentages((1, 1, 1))] == ["33.4", "33.3", "33.3"]


@pytest.mark.parametrize(
    ("reach", "asked", "answered", "words"),
    [
        ("self_selected", 0, 87, "不能代表全体居民"),
        ("invited", 30, 12, "发放 30 份"),
        ("random", 400, 310, "回收率 77.5%"),
        ("random", 0, 310, "n = 310。随机抽样"),
        ("everyone", 40, 40, "n = 40。全部对象逐一填答，发放 40 份。"),
    ],
)
def test_a_survey_always_says_its_n_and_never_passes_for_more_than_it_is(reach, asked, answered, words):
    assert words in str(rules.survey_says(reach, asked, answered))


def test_a_survey_is_refused_when_its_numbers_cannot_be():
    good = rules.SurveyFacts("题", 3, 10, several=False)
    assert rules.may_finish_survey("random", 10, 20, [good, rules.SurveyFacts("多选", 3, 28, several=True)])
    assert codes(rules.may_finish_survey("", 10, 0, [good])) == ["reach"]
    assert codes(rules.may_finish_survey("random", 10, 5, [good])) == ["more_than_asked"]
    assert codes(rules.may_finish_survey("random", 10, 0, [])) == ["empty"]
    assert codes(rules.may_finish_survey("random", 9, 0, [good, rules.SurveyFacts("多选", 3, 28, several=True)])) == [
        "too_many",
        "too_many",
    ]


def expert(name: str = "甲", **fields: object) -> rules.ExpertFact:
    return rules.ExpertFact(name, **{"own_department": False, "conflict": False, "declared": True, "stance": "", **fields})


def test_an_expert_with_an_interest_or_without_a_declaration_is_refused():
    assert codes(rules.may_finish_expert([expert(conflict=True), expert("乙", declared=False)], FIG, major=False)) == [
        "conflict",
        "undeclared",
    ]
    assert codes(rules.may_finish_expert([], FIG, major=False)) == ["nobody"]


@pytest.mark.parametrize(
    ("experts", "major", "warned"),
    [
        ([expert(stance="against"), *[expert()] * 4], False, 0),
        ([expert(stance="against"), *[expert()] * 4], True, 1),
        ([expert()] * 4, False, 2),
        ([expert(own_department=True)] * 2 + [expert()] * 3, False, 1),
        ([expert(stance="for")] * 5, False, 1),
    ],
)
def test_few_even_own_or_unanimous_experts_are_pointed_out(experts, major, warned):
    found = rules.may_finish_expert(experts, FIG, major=major)
    assert (found.allowed, len(found.warnings)) == (True, warned)


def test_departments_have_five_working_days_unless_the_reason_is_recorded():
    friday = date(2026, 12, 11)
    ask = lambda due, reason="", n=2: rules.may_ask_departments(friday, due, n, reason, FIG, CALENDAR)  # noqa: E731
    assert ask(date(2026, 12, 18))
    assert codes(ask(date(2026, 12, 17))) == ["too_short"]
    assert ask(date(2026, 12, 14), "防汛紧急").warnings
    assert codes(ask(friday, "紧急")) == ["too_short"]
    assert codes(ask(None)) == ["no_day"]
    assert codes(ask(date(2026, 12, 18), n=0)) == ["nobody"]


def test_a_silent_department_is_waited_for_and_then_counted_apart():
    due = date(2026, 12, 18)
    assert codes(rules.may_finish_asking(due, due, ["区司法局"])) == ["waiting"]
    late = rules.may_finish_asking(date(2026, 12, 19), due, ["区司法局"])
    assert (late.allowed, "不计作“无意见”" in str(late.warnings[0])) == (True, True)
    assert not rules.may_finish_asking(due, due, []).warnings


@pytest.mark.parametrize(
    ("people", "summary", "code"), [(3, "说了三件事", []), (0, "说了三件事", ["incomplete"]), (3, " ", ["incomplete"])]
)
def test_a_symposium_says_whom_it_heard_and_what_they_said(people, summary, code):
    assert codes(rules.may_finish_meeting(people, summary)) == code
