"""Setting figures and importing the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from mingtang.kernel.decision import Refused
from mingtang.platform.actor import STAFF_ROLES, Role, system
from mingtang.platform.audit.models import Act
from mingtang.platform.figures import actions, reads
from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.platform.figures.models import FigureSetting
from tests.factories.platform import NOW, TODAY, actor, government, later

pytestmark = pytest.mark.django_db
FACTS = {"since_on": TODAY, "source": "区政府办〔2026〕3号", "reason": "本区席位多"}


@pytest.fixture
def office():
    return actor(government(), Role.OFFICE)


def refused(act) -> str:
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return caught.value.decision.code


def put(office, key, words, **facts):
    return actions.set_figure(key, words, actor=office, now=NOW, **{**FACTS, **facts})


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_only_the_office_sets_figures(role):
    assert bool(actions.may_set(actor(government(), role))) is (role == Role.OFFICE)
    assert actions.may_set(system(1))


def test_a_figure_set_is_in_force_from_its_day_with_its_reason_recorded(office):
    put(office, "rep.seats_default", " 5 ", since_on=date(2026, 12, 1))
    assert figures_for(office.government_id, date(2026, 12, 1)).number("rep.seats_default") == 5
    act = Act.objects.get()
    assert (act.event, act.reason, act.data) == (
        "figure.set",
        "本区席位多",
        {"key": "rep.seats_default", "value": "5", "since": "2026-12-01"},
    )


def test_setting_the_same_value_twice_is_one_row_and_going_back_is_kept(office):
    assert put(office, "rep.seats_default", "5") == put(office, "rep.seats_default", "5")
    put(office, "rep.seats_default", "6")
    put(office, "rep.seats_default", "5")
    assert figures_for(office.government_id, TODAY).number("rep.seats_default") == 5
    assert [each.value for each in reads.history(office.government_id, "rep.seats_default")] == ["5", "6", "5"]


@pytest.mark.parametrize(
    ("key", "words", "code"),
    [
        ("no.such", "5", "unknown"),
        ("rep.seats_default", "五", "value"),
        ("rep.seats_default", "", "value"),
        ("expert.max_dept_ratio", "1/0", "value"),
        ("expert.odd", "perhaps", "value"),
        ("legal.min_workdays", "6", "below_floor"),
        ("legal.pass_required", "no", "below_floor"),
        ("rep.seats_default", "-1", ""),
    ],
)
def test_a_value_that_cannot_be_set_is_refused(office, key, words, code):
    assert refused(lambda: put(office, key, words)) == code
    assert not FigureSetting.objects.exists()


def test_somebody_else_sets_nothing():
    assert refused(lambda: put(actor(government(), Role.CLERK), "rep.seats_default", "5")) == "role"


def test_the_page_of_figures_shows_the_value_in_force_and_the_national_one(office):
    put(office, "rep.seats_default", "5")
    put(office, "expert.max_dept_ratio", "25%")
    found = {each.parameter.key: each for each in reads.rows(office.government_id, TODAY)}
    seats, legal, odd = found["rep.seats_default"], found["legal.min_workdays"], found["expert.odd"]
    assert [str(each) for each in (seats.value, seats.national, seats.unit, seats.level)] == ["5", "3", "个", "参考"]
    assert [str(each) for each in (legal.value, legal.unit, legal.level)] == ["7", "个工作日", "必须"]
    assert [seats.own, legal.own, str(odd.value), str(found["expert.max_dept_ratio"].value)] == [True, False, "是", "1/4"]
    assert reads.row(office.government_id, TODAY, "rep.seats_default").own
    assert reads.row(office.government_id, TODAY, "no.such") is None


def test_a_year_is_imported_and_imported_again(office):
    days = actions.parse_lines("休 2027-01-01 至 2027-01-03\n\n班，2027-01-04\noff 2027-02-05\nWORK 2027-02-06")
    assert days == {
        date(2027, 1, 1): False,
        date(2027, 1, 2): False,
        date(2027, 1, 3): False,
        date(2027, 1, 4): True,
        date(2027, 2, 5): False,
        date(2027, 2, 6): True,
    }
    for _ in range(2):
        actions.import_year(2027, days, source="国办通知", actor=office, now=NOW)
    assert work_calendar().is_working_day(date(2027, 2, 6))
    actions.import_year(2027, {date(2027, 5, 1): False}, source="更正", actor=office, now=later(days=1))
    assert not work_calendar().is_working_day(date(2027, 2, 6))
    assert [(each.year, each.source) for each in reads.years()] == [(2027, "更正")]


@pytest.mark.parametrize("days", [{}, {date(2026, 12, 31): False}])
def test_a_year_with_wrong_days_or_none_is_refused(office, days):
    assert refused(lambda: actions.import_year(2027, days, source="x", actor=office, now=NOW)) == "year"


@pytest.mark.parametrize(
    "line", ["休", "假 2027-01-01", "休 2027-13-01", "休 2027-01-03 2027-01-01", "休 2027-01-01 2027-03-01", "2027-01-01"]
)
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(Refused) as caught:
        actions.parse_lines(f"班 2027-01-04\n{line}")
    assert caught.value.decision.code == "line"
    assert "第 2 行" in str(caught.value.decision.reason)
