"""The figures in force and the calendar: what every rule is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from mingtang.kernel.days import WorkCalendar
from mingtang.kernel.holidays import NOTICES
from mingtang.kernel.parameters import Figures, Parameter, Setting, read_value, table
from mingtang.platform.figures.models import CalendarDay, CalendarYear, FigureSetting


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every figure shipped: the ``FIGURES`` of each app's ``rules`` module, by key."""
    found: list[Parameter] = []
    for app in apps.get_app_configs():
        if app.name.startswith("mingtang.") and find_spec(f"{app.name}.rules"):
            found.extend(getattr(import_module(f"{app.name}.rules"), "FIGURES", ()))
    return table(*found)


def figures_for(government_id: int, day: date) -> Figures:
    """The figures of one government on one day; one query."""
    return Figures(parameters(), day, _settings(government_id, since_on__lte=day))


def figures_over(government_id: int) -> Callable[[date], Figures]:
    """The figures of one government on any day, for lists that ask for many days; one query in all."""
    settings = _settings(government_id)
    return lambda day: Figures(parameters(), day, tuple(each for each in settings if each.since <= day))


def _settings(government_id: int, **narrowed: date) -> tuple[Setting, ...]:
    known = parameters()
    rows = FigureSetting.objects.filter(government_id=government_id, **narrowed).order_by("since_on", "id")
    return tuple(
        Setting(key, read_value(value, known[key].value), since)
        for key, value, since in rows.values_list("key", "value", "since_on")
        if key in known
    )


def work_calendar() -> WorkCalendar:
    """The calendar of all known years: those shipped and those imported since; two queries."""
    exceptions: dict[date, bool] = {}
    years = {notice.year for notice in NOTICES}
    for notice in NOTICES:
        exceptions.update(notice.exceptions())
    for year in CalendarYear.objects.values_list("year", flat=True):
        years.add(year)
        exceptions = {day: worked for day, worked in exceptions.items() if day.year != year}
    exceptions.update(CalendarDay.objects.values_list("day_on", "worked"))
    return WorkCalendar(exceptions, frozenset(years))
