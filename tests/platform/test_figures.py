"""The figures in force and the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from mingtang.platform.figures.lookup import figures_for, parameters, work_calendar
from mingtang.platform.figures.models import CalendarDay, CalendarYear, FigureSetting
from tests.factories.platform import NOW, TODAY, government

pytestmark = pytest.mark.django_db


def setting(of, key, value, since):
    return FigureSetting.objects.create(
        government=of, key=key, value=value, since_on=since, source="区政府办通知", reason="本区做法", set_at=NOW
    )


def test_every_figure_shipped_has_a_title_a_source_and_a_first_day_in_both_languages():
    shipped = parameters()
    assert {"legal.min_workdays", "rep.seats_default", "consult.min_days_major"} <= set(shipped)
    for each in shipped.values():
        assert each.title.zh
        assert each.title.en
        assert each.source.zh
        assert each.source.en
        assert date(2000, 1, 1) < each.since <= TODAY


def test_a_national_floor_permits_the_value_that_is_shipped():
    assert [each.key for each in parameters().values() if not each.permits(each.value)] == []


def test_a_government_has_its_own_figures_from_their_day_on():
    home, other = government(), government()
    setting(home, "rep.seats_default", "5", date(2026, 12, 1))
    assert figures_for(home.pk, TODAY).number("rep.seats_default") == 3
    assert figures_for(home.pk, date(2026, 12, 1)).number("rep.seats_default") == 5
    assert figures_for(other.pk, date(2026, 12, 1)).number("rep.seats_default") == 3


def test_the_later_of_two_settings_of_one_day_is_in_force_and_unknown_ones_are_left_out():
    home = government()
    setting(home, "rep.seats_default", "5", TODAY)
    kept = setting(home, "rep.seats_default", "6", TODAY)
    setting(home, "gone.figure", "1", TODAY)
    assert figures_for(home.pk, TODAY).number("rep.seats_default") == 6
    assert str(kept) == "rep.seats_default = 6 (2026-11-24)"


def test_the_figures_cost_one_query(django_assert_num_queries):
    home = government()
    parameters()
    with django_assert_num_queries(1):
        figures_for(home.pk, TODAY)


def test_an_imported_year_is_known_and_overrules_the_shipped_one():
    year = CalendarYear.objects.create(year=2027, source="国办通知", imported_at=NOW)
    spring = CalendarDay.objects.create(year=year, day_on=date(2027, 2, 5), worked=False)
    again = CalendarYear.objects.create(year=2026, source="更正", imported_at=NOW)
    CalendarDay.objects.create(year=again, day_on=date(2026, 12, 26), worked=True)
    calendar = work_calendar()
    assert calendar.knows(date(2027, 1, 1))
    assert not calendar.is_working_day(date(2027, 2, 5))
    assert calendar.is_working_day(date(2026, 12, 26))
    assert calendar.is_working_day(date(2026, 10, 1))
    assert [str(year), str(spring)] == ["2027", "2027-02-05 off"]


def test_the_shipped_calendar_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert not work_calendar().is_working_day(date(2026, 10, 1))
