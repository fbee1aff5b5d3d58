"""Reads of the pool for staff: lists, search at any size, one person with what matters for a seat, what was forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse

from mingtang.consultations.rules.likeness import pairs
from mingtang.kernel.decision import Decision, all_of, no
from mingtang.kernel.text import t
from mingtang.platform.actor import Actor, Role
from mingtang.platform.clock import day_of
from mingtang.platform.figures.lookup import figures_for
from mingtang.platform.paging import Page, page_of
from mingtang.platform.web.desk import DeskItem
from mingtang.representatives.models import Conflict, Forgotten, Invitation, NameConsent, PoolImport, PoolWord, Representative
from mingtang.representatives.queries.reading import SEATED, year_so_far
from mingtang.representatives.rules import may_find, may_hold_seat

if TYPE_CHECKING:
    from mingtang.meetings.models import AgendaItem

NO_LINK = no(
    t("这个链接已经没有用了。", "This link is no longer in use."),
    "",
    t("您可能已经退出代表库；要重新加入，请再报一次名。", "You may have left the pool; to join again, come forward once more."),
    code="gone",
)
NO_PERSON = no(
    t("库里没有这个人。", "Nobody like that is in the pool."), "", t("请从列表重新打开。", "Open it from the list again."), code="gone"
)
LOOKED_AT = 1000  # beyond that many, one pair of signs finds as badly as another
MOST_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of the pool is narrowed to; empty means all. `words`: two signs or more of name, unit, area, trade or speciality."""

    state: str = "listed"
    audience: str = ""
    area: str = ""
    trade: str = ""
    words: str = ""


def pool(government_id: int, wanted: Wanted, *, after: str = "") -> Page[Representative]:
    """One page of the pool, newest first; the same few index look-ups whether it holds fifty people or a million."""
    given = {"state": wanted.state, "audience": wanted.audience, "area": wanted.area, "trade": wanted.trade}
    narrowed = {key: value for key, value in given.items() if value}
    found = sorted(pairs(wanted.words))[:MOST_PAIRS]
    if not found:
        rows = Representative.objects.filter(government_id=government_id, **narrowed)
        return page_of(rows, after=after)
    words = _by_words(government_id, found).filter(**{f"representative__{key}": value for key, value in narrowed.items()})
    page = page_of(words.select_related("representative"), key=("-representative_id",), after=after)
    return Page([each.representative for each in page.rows], page.after, page.first, page.bad_token)


def _by_words(government_id: int, found: Sequence[str]) -> QuerySet[PoolWord]:
    """Rows of the rarest pair, of people who have the other pairs too; rarity is counted to a thousand at most."""
    rows = PoolWord.objects.filter(government_id=government_id)
    rarest = min(found, key=lambda word: rows.filter(word=word)[:LOOKED_AT].count()) if len(found) > 1 else found[0]
    rows = rows.filter(word=rarest)
    for word in found:
        if word != rarest:
            rows = rows.filter(representative__words__word=word)
    return rows


def person(government_id: int, representative_id: int) -> Representative:
    """One person of the pool; `Refused` when there is none."""
    rows = Representative.objects.select_related("verified_by", "added_by")
    found = rows.filter(government_id=government_id, pk=representative_id).first()
    if found is None:
        NO_PERSON.require()
    assert found is not None
    return found


def consents(representative_id: int) -> list[NameConsent]:
    """What somebody said about their name, newest first."""
    return list(NameConsent.objects.filter(representative_id=representative_id).order_by("-id"))


def conflicts(representative_id: int) -> list[Conflict]:
    """The matters in which somebody declared a conflict, newest first."""
    return list(Conflict.objects.filter(representative_id=representative_id).select_related("topic").order_by("-id"))


def seats_in(year: int, representative_ids: Iterable[int], *, but_meeting: int = 0) -> dict[int, int]:
    """At how many meetings of a year each person holds or held a seat; those without are left out."""
    rows = Invitation.objects.filter(representative_id__in=list(representative_ids), state__in=SEATED, meeting__year=year)
    met: dict[int, set[int]] = {}
    for who, meeting in rows.exclude(meeting_id=but_meeting).values_list("representative_id", "meeting_id"):
        met.setdefault(who, set()).add(meeting)
    return {who: len(meetings) for who, meetings in met.items()}


def may_sit(row: Representative, item: AgendaItem, method: str) -> Decision:
    """3.2c: whether somebody may have a seat at an item: in the pool, no conflict, not too often, found as the place's rule asks."""
    day = day_of(item.meeting.starts_at)
    figures = figures_for(row.government_id, day)
    seats = seats_in(item.meeting.year, [row.pk], but_meeting=item.meeting_id).get(row.pk, 0)
    has_conflict = Conflict.objects.filter(representative=row, topic_id=item.topic_id).exists()
    return all_of(
        may_hold_seat(row.state, has_conflict=has_conflict, seats=seats, figures=figures), may_find(row.audience, method, figures)
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could have a seat at an item, with what stands in the way."""

    row: Representative
    seats: int
    may: Decision


def candidates(item: AgendaItem, wanted: Wanted, *, after: str = "") -> tuple[Page[Representative], list[Candidate]]:
    """One page of people for an item: how often each sat in this year, and whether they may; a constant number of queries."""
    found = pool(item.government_id, wanted, after=after)
    ids = [each.pk for each in found.rows]
    seats = seats_in(item.meeting.year, ids, but_meeting=item.meeting_id)
    barred = set(Conflict.objects.filter(representative_id__in=ids, topic_id=item.topic_id).values_list("representative_id", flat=True))
    figures = figures_for(item.government_id, day_of(item.meeting.starts_at))
    return found, [
        Candidate(
            each,
            seats.get(each.pk, 0),
            may_hold_seat(each.state, has_conflict=each.pk in barred, seats=seats.get(each.pk, 0), figures=figures),
        )
        for each in found.rows
    ]


def imports(government_id: int) -> list[PoolImport]:
    """The last tables of people brought in, newest first."""
    return list(PoolImport.objects.filter(government_id=government_id).select_related("made_by").defer("rejected").order_by("-id")[:20])


def one_import(government_id: int, import_id: int) -> PoolImport:
    """One table brought in; `Refused` when there is none."""
    found = PoolImport.objects.filter(government_id=government_id, pk=import_id).first()
    if found is None:
        NO_PERSON.require()
    assert found is not None
    return found


def forgotten(government_id: int, *, after: str = "") -> Page[Forgotten]:
    """One page of what was forgotten and why, newest first."""
    return page_of(Forgotten.objects.filter(government_id=government_id), after=after)


def pool_desk(actor: Actor, now: datetime) -> list[DeskItem]:
    """People to verify, terms to renew by phone, and the year's attended meetings when it falls behind (2.2b)."""
    if not actor.holds(Role.OFFICE):
        return []
    home, today = actor.government_id, day_of(now)
    found, url = [], reverse("workspace:representatives")
    waiting = Representative.objects.filter(government_id=home, state="waiting").order_by("-id")[:LOOKED_AT].count()
    if waiting:
        words = t("核验自荐和导入的代表：{n} 人", "Verify who came forward or was imported: {n}", n=waiting)
        found.append(DeskItem(words, "", f"{url}?state=waiting", t("去核验", "Verify"), "3.2b", began_on=today))
    silent = _silent(home, today)
    if silent:
        words = t("打电话问是否续期：{n} 人没有邮箱", "Ask by phone about another term: {n} have no e-mail address", n=silent)
        found.append(DeskItem(words, "", f"{url}?state=ending", t("去看", "Look"), "3.2b", began_on=today))
    year = year_so_far(home, today)
    if not year.outlook.allowed:
        words = t(
            "{y} 年代表列席会议偏少：已 {n} 次，已安排 {m} 次，应不少于 {least} 次",
            "{y}: too few attended meetings: {n} held, {m} planned, at least {least} asked",
            y=year.year,
            n=year.attended,
            m=year.planned,
            least=year.least,
        )
        found.append(DeskItem(words, "", url, t("去安排", "Plan"), "2.2b", due_on=date(today.year, 12, 31), began_on=today))
    return found


def ending(government_id: int, today: date, *, after: str = "") -> Page[Representative]:
    """One page of people asked for another term who have not answered, the first to end on top."""
    rows = Representative.objects.filter(government_id=government_id, state="listed", asked_on__isnull=False, until_on__gte=today)
    return page_of(rows.select_related("contact"), key=("until_on", "id"), after=after)


def _silent(government_id: int, today: date) -> int:
    rows = Representative.objects.filter(government_id=government_id, state="listed", asked_on__isnull=False, until_on__gte=today)
    return rows.filter(contact__email="").order_by()[:LOOKED_AT].count()
