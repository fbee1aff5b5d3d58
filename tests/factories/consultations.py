"""Consultations for tests: begun, complete, reviewed, open, closed; and opinions through every door."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from mingtang.consultations.actions import (
    OpinionIn,
    begin_consultation,
    close_consultation,
    confirm_withholding,
    give_review,
    open_consultation,
    propose_withholding,
    receive_opinion,
    save_clauses,
    save_consultation,
    show_opinions,
    submit_review,
)
from mingtang.consultations.actions.preparing import ClauseIn
from mingtang.consultations.models import Consultation, Opinion
from mingtang.platform.accounts.models import Department
from mingtang.platform.actor import Actor, Role, stranger
from mingtang.platform.clock import closing_of
from mingtang.topics.models import Topic
from tests.factories.kept import kept
from tests.factories.platform import NOW, actor, department, government, person
from tests.factories.topics import approved, drafter

CLOSES = date(2027, 1, 8)
NOTICE: dict[str, Any] = {
    "kind": "other",
    "summary": "老旧小区装电梯，区里补一部分钱。",
    "questions": "补助标准合适吗？",
    "contact": "住建局 0000-0000001",
    "ways": "电话：0000-0000001，工作日\n来信：行政中心 3 楼",
    "announced_in": "政府网站、街道公告栏",
    "closes_on": CLOSES,
    "shorten_reason": "",
}
EFFECTS = (("住在老旧小区的人", "装电梯可以申请补助"), ("一楼住户", "施工前要听取意见"))
CLAUSES = (
    ClauseIn("第一条", "为了方便居民出行，制定本办法。", "目的", "第一章　总则"),
    ClauseIn("第二条", "本办法适用于四层以上的老旧住宅。", "范围", "第一章　总则", plain="四层以上的老房子都算。"),
    ClauseIn("第三条", "每台电梯补助二十万元。", "标准", "第二章　补助", now_text="每台补助十五万元。"),
)


@kept
def begun(of: Topic | None = None, *, now: datetime = NOW) -> tuple[Consultation, Actor]:
    """A consultation in preparation with nothing written yet, and its clerk."""
    of = of or approved(department(government(), name="区住房和城乡建设局"), now=now)
    clerk = drafter(of)
    return begin_consultation(of.pk, actor=clerk, now=now), clerk


@kept
def complete(
    of: Topic | None = None, *, now: datetime = NOW, effects: Any = EFFECTS, clauses: Any = CLAUSES, **fields: Any
) -> tuple[Consultation, Actor]:
    """A consultation with nothing missing, still in preparation."""
    row, clerk = begun(of, now=now)
    save_consultation(row.pk, actor=clerk, now=now, effects=effects, **{**NOTICE, **fields})
    save_clauses(row.pk, clauses, actor=clerk, now=now)
    return Consultation.objects.get(pk=row.pk), clerk


def reviewers(of: Department) -> tuple[Actor, Actor, Actor]:
    """Three different people for the three reviews."""
    home = of.government
    return actor(home, Role.EDITOR_1), actor(home, Role.EDITOR_2), actor(home, Role.SECRECY)


@kept
def in_review(of: Topic | None = None, *, now: datetime = NOW, **fields: Any) -> tuple[Consultation, Actor]:
    """A complete consultation waiting for its first review."""
    row, clerk = complete(of, now=now, **fields)
    return submit_review(row.pk, actor=clerk, now=now), clerk


@kept
def reviewed(of: Topic | None = None, *, now: datetime = NOW, **fields: Any) -> tuple[Consultation, Actor]:
    """A consultation that passed all three reviews."""
    row, clerk = in_review(of, now=now, **fields)
    for who in reviewers(row.topic.department):
        give_review(row.pk, actor=who, now=now)
    return Consultation.objects.get(pk=row.pk), clerk


@kept
def opened(of: Topic | None = None, *, now: datetime = NOW, **fields: Any) -> tuple[Consultation, Actor]:
    """A consultation open to the public."""
    row, clerk = reviewed(of, now=now, **fields)
    return open_consultation(row.pk, actor=clerk, now=now), clerk


def open_now(row: Consultation, clerk: Actor, *, now: datetime = NOW) -> Consultation:
    """The rest of the way of a complete consultation: reviewed by three and opened."""
    submit_review(row.pk, actor=clerk, now=now)
    for who in reviewers(row.topic.department):
        give_review(row.pk, actor=who, now=now)
    opened_now = open_consultation(row.pk, actor=clerk, now=now)
    row.refresh_from_db()
    return opened_now


@kept
def closed(of: Topic | None = None, *, opinions: int = 0, now: datetime = NOW, **fields: Any) -> tuple[Consultation, Actor]:
    """A consultation whose period is over, with so many shown web opinions."""
    row, clerk = opened(of, now=now, **fields)
    return close_now(row, clerk, opinions=opinions), clerk


def close_now(row: Consultation, clerk: Actor, *, opinions: int = 0) -> Consultation:
    """The rest of the way of an open consultation: so many shown web opinions, then the end of its period."""
    for n in range(opinions):
        opinion(row, f"意见第{n}条", shown=True)
    assert row.closes_on is not None
    return close_consultation(row.pk, actor=clerk, now=closing_of(row.closes_on) + timedelta(minutes=1))


def opinion(
    of: Consultation, text: str = "补助太少了", *, shown: bool = False, by: Actor | None = None, now: datetime = NOW, **fields: Any
) -> Opinion:
    """An opinion from the web, or through another channel keyed in by `by`; shown if asked."""
    made = receive_opinion(of.pk, OpinionIn(text, **{"stance": "change", **fields}), actor=by or stranger(of.government_id), now=now)
    if shown:
        show_opinions(of.pk, [made.pk], actor=moderator(of), now=now)
        made.refresh_from_db()
    return made


def moderator(of: Consultation) -> Actor:
    """A new moderator of the government."""
    return actor(of.government, Role.MODERATOR)


def withhold(of: Consultation, opinion_ids: Any, *, code: str = "abuse", note: str = "", now: datetime = NOW, **fields: Any) -> int:
    """Withhold opinions by four eyes: one moderator proposes, another confirms."""
    propose_withholding(of.pk, opinion_ids, actor=moderator(of), now=now, code=code, note=note, **fields)
    return confirm_withholding(of.pk, opinion_ids, actor=moderator(of), now=now)


def clerk_person(of: Consultation) -> Any:
    """The person who prepared it, to sign in with; holds the clerk's role in the database."""
    return of.prepared_by if of.prepared_by.assignments.exists() else person(of.government, Role.CLERK, within=of.topic.department)
