"""A government's own values, and the days the State Council moved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FigureSetting(models.Model):
    """A government's own value of one figure from a day on; the history is the rows themselves."""

    government = models.ForeignKey("accounts.Government", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    since_on = models.DateField()
    source = models.CharField(max_length=200)
    reason = models.TextField()
    set_by = models.ForeignKey("accounts.Person", null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        db_table = "mt_figure_setting"
        indexes: ClassVar = [
            models.Index(fields=["government", "key", "since_on"], name="mt_figure_setting_ix"),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.since_on})"


class CalendarYear(models.Model):
    """A year whose notice of days off is known; the calendar is national, so it has no government."""

    year = models.PositiveIntegerField(unique=True)
    source = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        db_table = "mt_calendar_year"

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """One day off, or worked instead of a day off."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    day_on = models.DateField(unique=True)
    worked = models.BooleanField()

    class Meta:
        db_table = "mt_calendar_day"

    def __str__(self) -> str:
        return f"{self.day_on} {'worked' if self.worked else 'off'}"
