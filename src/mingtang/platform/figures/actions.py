"""Every write on figures and the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from mingtang.kernel.decision import YES, Decision, Refused, no
from mingtang.kernel.parameters import read_value
from mingtang.kernel.text import t
from mingtang.platform.actor import ROLE_LABELS, Actor, Role
from mingtang.platform.audit.acts import record
from mingtang.platform.figures.lookup import parameters
from mingtang.platform.figures.models import CalendarDay, CalendarYear, FigureSetting


def may_set(actor: Actor) -> Decision:
    """The government office sets figures and the calendar."""
    if actor.is_system or actor.holds(Role.OFFICE):
        return YES
    return no(t("法定数字由{role}设定。", "Figures are set by: {role}.", role=ROLE_LABELS[Role.OFFICE]), "3.4", code="role")


MOST_CHARACTERS = 60


@transaction.atomic
def set_figure(key: str, words: str, *, actor: Actor, now: datetime, since_on: date, source: str, reason: str) -> FigureSetting:
    """Set a government's own value from a day on; never below the national floor."""
    may_set(actor).require()
    parameter = parameters().get(key)
    if parameter is None:
        no(t("没有“{key}”这个数字。", "There is no figure “{key}”.", key=key), "", code="unknown").require()
    assert parameter is not None
    try:
        value = read_value(words[:MOST_CHARACTERS], parameter.value)
    except (ValueError, ArithmeticError):
        unread = no(
            t("“{words}”读不成这个数字的值。", "“{words}” is not a value of this figure.", words=words),
            key,
            t("现在的值是 {v}，请照样填写。", "It is {v} now; write it likewise.", v=str(parameter.value)),
            code="value",
        )
        raise Refused(unread) from None
    parameter.permits(value).require()
    newest = FigureSetting.objects.filter(government_id=actor.government_id, key=key, since_on=since_on).order_by("id").last()
    if newest is not None and newest.value == words.strip():
        return newest
    row = FigureSetting.objects.create(
        government_id=actor.government_id,
        key=key,
        value=words.strip()[:MOST_CHARACTERS],
        since_on=since_on,
        source=source,
        reason=reason,
        set_by_id=actor.person_id,
        set_at=now,
    )
    record("figure.set", row, actor=actor, now=now, reason=reason, data={"key": key, "value": words.strip(), "since": since_on.isoformat()})
    return row


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file of figures: those set, and those refused with why."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, Decision], ...]


@transaction.atomic
def load_figures(values: Mapping[str, str], *, actor: Actor, now: datetime, since_on: date, source: str, reason: str) -> Loaded:
    """Set many figures at once, such as the practice of another place; those below the national floor are left and named.

    `Refused` when a key is unknown: then the file is of another version, and nothing is set.
    """
    may_set(actor).require()
    lost = sorted(set(values) - set(parameters()))
    if lost:
        no(
            t("没有这些数字：{lost}。", "There are no such figures: {lost}.", lost=tuple(lost)),
            "",
            t("法定数字页面列有全部的键。", "The page of figures lists every key."),
            code="unknown",
        ).require()
    done: list[str] = []
    refused: list[tuple[str, Decision]] = []
    for key, words in sorted(values.items()):
        try:
            set_figure(key, words, actor=actor, now=now, since_on=since_on, source=source, reason=reason)
        except Refused as found:
            refused.append((key, found.decision))
        else:
            done.append(key)
    return Loaded(tuple(done), tuple(refused))


@transaction.atomic
def import_year(year: int, days: Mapping[date, bool], *, source: str, actor: Actor, now: datetime) -> CalendarYear:
    """Take the State Council's notice for a year: days off (False) and days worked instead (True).

    Importing a year again replaces it.
    """
    may_set(actor).require()
    outside = [day for day in days if day.year != year]
    if outside or not days:
        no(
            t("{day} 不在 {year} 年。", "{day} is not in {year}.", day=outside[0], year=year)
            if outside
            else t("没有任何一天。", "There are no days."),
            "",
            t("请按通知逐行填写。", "Write the notice line by line."),
            code="year",
        ).require()
    row, _ = CalendarYear.objects.update_or_create(year=year, defaults={"source": source, "imported_at": now})
    row.days.all().delete()
    CalendarDay.objects.bulk_create(CalendarDay(year=row, day_on=day, worked=worked) for day, worked in sorted(days.items()))
    record("calendar.import", row, actor=actor, now=now, data={"year": year, "days": len(days)})
    return row


def parse_lines(words: str) -> dict[date, bool]:
    """Lines like ``休 2027-01-01 2027-01-03`` and ``班 2027-01-04``; `Refused` names the line that is not."""
    days: dict[date, bool] = {}
    for number, line in enumerate(words.splitlines(), 1):
        parts = line.replace("，", " ").replace("至", " ").split()
        if not parts:
            continue
        worked = {"休": False, "off": False, "班": True, "work": True}.get(parts[0].lower())
        try:
            first, last = date.fromisoformat(parts[1]), date.fromisoformat(parts[-1])
        except (IndexError, ValueError):
            worked = None
            first = last = date.min
        if worked is None or last < first or (last - first).days > 31:  # noqa: PLR2004 - no holiday lasts longer
            no(
                t("第 {n} 行看不懂：“{line}”。", "Line {n} cannot be read: “{line}”.", n=number, line=line.strip()[:60]),
                "",
                t("写成“休 2027-01-01 2027-01-03”或“班 2027-01-04”。", "Write “off 2027-01-01 2027-01-03” or “work 2027-01-04”."),
                code="line",
            ).require()
        days.update({first + timedelta(days=n): bool(worked) for n in range((last - first).days + 1)})
    return days
