"""Terms in the pool: asked in good time, renewed by link or at the desk, lapsed otherwise; and what is forgotten when its days are over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor, system
from mingtang.platform.audit.acts import record
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.moves import move
from mingtang.representatives import policy, rules
from mingtang.representatives.actions.keeping import erase_name, forgot, locked_person, take_out
from mingtang.representatives.actions.pooling import own_row, tell
from mingtang.representatives.models import PoolImport, Representative
from mingtang.representatives.rules import POOL

BATCH = 1000


@transaction.atomic
def renew_by_link(token: str, *, actor: Actor, now: datetime) -> Representative:
    """Stay for another term, by the personal link; twice on a day changes nothing."""
    return _renew(own_row(token, actor), actor, now)


@transaction.atomic
def renew_at_desk(representative_id: int, *, actor: Actor, now: datetime) -> Representative:
    """The desk renews somebody's term at their wish, by phone or in person; twice on a day changes nothing."""
    row = locked_person(representative_id, actor)
    policy.may_keep_pool(actor).require()
    return _renew(row, actor, now)


def _renew(row: Representative, actor: Actor, now: datetime) -> Representative:
    today = day_of(now)
    if row.renewed_on == today and row.state == "listed":
        return row
    figures = figures_for(row.government_id, today)
    running = row.until_on if row.state == "listed" else None
    rules.may_renew(running, today, figures).require()
    until_on = rules.term_end(max(today, running or today), figures.number("rep.term_years"))
    move(row, POOL, "renew", actor=actor, now=now, until_on=until_on, asked_on=None, renewed_on=today)
    return row


def ask_renewals(now: datetime) -> int:
    """Ask everybody whose term ends soon, once, by mail where an address is known; the desk sees who has none. Gives how many."""
    today, asked = day_of(now), 0
    for home in Government.objects.order_by("pk"):
        last = today + timedelta(days=figures_for(home.pk, today).number("rep.renew_ask_days"))
        rows = Representative.objects.filter(government=home, state="listed", asked_on=None, until_on__gte=today, until_on__lte=last)
        asked += _each(rows, lambda row: _ask(row, now))
    return asked


def _ask(row: Representative, now: datetime) -> None:
    row.asked_on = day_of(now)
    row.save(update_fields=["asked_on"])
    mailed = tell(row, "renew", f"pool-renew:{row.pk}:{row.until_on}", now)
    record("representative.ask_renewal", row, actor=system(row.government_id), now=now, data={"mailed": mailed})


def lapse_terms(now: datetime) -> int:
    """Let the terms lapse that are over; nobody lapsed is invited. Gives how many."""
    rows = Representative.objects.filter(state="listed", until_on__lt=day_of(now))
    return _each(rows, lambda row: move(row, POOL, "lapse", actor=system(row.government_id), now=now))


def _each(rows: QuerySet[Representative], act: Callable[[Representative], object]) -> int:
    """Do something with each row, every batch in a transaction of its own; what is done leaves the selection."""
    done = 0
    while True:
        with transaction.atomic():
            batch = list(rows.select_for_update(of=("self",)).order_by("pk")[:BATCH])
            for row in batch:
                act(row)
        done += len(batch)
        if len(batch) < BATCH:
            return done


def forget_people(now: datetime) -> int:
    """Delete what names people whose days in the pool are over, and write down how many and why; gives how many people."""
    today, gone = day_of(now), 0
    for home in Government.objects.order_by("pk"):
        figures = figures_for(home.pk, today)
        days, years = figures.number("pii.retain_days_unselected"), figures.number("pii.retain_years_reps")
        gone += _forget(home.pk, now, days, years) + _forget_rows(home.pk, now, days)
    return gone


def _forget(government_id: int, now: datetime, days: int, years: int) -> int:
    rows = Representative.objects.filter(government_id=government_id, forgotten_at=None)
    last, since = day_of(now) - timedelta(days=days), now - timedelta(days=days)
    leaving = {
        "unverified": rows.filter(state="waiting", verified_at=None, added_at__lt=since),
        "lapsed": rows.filter(state="lapsed", until_on__lt=last),
    }
    erased = {
        "refused": (rows.filter(state="refused", left_on__lt=last), days),
        "kept_years": (rows.filter(state="left", left_on__lt=_years_before(day_of(now), years)), years * 365),
    }
    found = [(why, _each(each, lambda row: take_out(row, actor=system(government_id), now=now)), days) for why, each in leaving.items()]
    found += [(why, _each(each, lambda row: erase_name(row, now)), kept) for why, (each, kept) in erased.items()]
    for why, people, kept in found:
        forgot(government_id, why, people, kept, now)
    return sum(people for _why, people, _kept in found)


def _years_before(day: date, years: int) -> date:
    return rules.term_end(day, -years)


@transaction.atomic
def _forget_rows(government_id: int, now: datetime, days: int) -> int:
    """Rows of imports that were not taken hold names too."""
    rows = PoolImport.objects.select_for_update().filter(government_id=government_id, made_at__lt=now - timedelta(days=days))
    found = [each for each in rows.exclude(rejected={}).order_by("pk") if each.rejected.get("rows")]
    for each in found:
        each.rejected = {}
        each.save(update_fields=["rejected"])
    people = sum(each.rejected_count for each in found)
    forgot(government_id, "rejected_rows", people, days, now)
    return people
