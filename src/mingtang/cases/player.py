"""Playing a case: each event through the same action as a person, at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mingtang.cases.cast import cast, government_of
from mingtang.cases.reading import Case, Event
from mingtang.consultations.actions import OpinionIn
from mingtang.consultations.queries import of_topic
from mingtang.kernel.decision import Refused
from mingtang.kernel.text import Text, same, t
from mingtang.meetings.queries import meetings_of
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor, stranger
from mingtang.platform.clock import day_of
from mingtang.topics.queries import find_by_title

Say = Callable[[object], None]
Opinions = Callable[[dict[str, int]], Iterable[OpinionIn]]
VERBS: dict[str, Callable[[Play, Event], object]] = {}
SHARED = ("meeting", "member:")
"""What belongs to the meeting of a case and not to one of its matters."""


@dataclass
class Play:
    """One run of a case: who acts, and what has come to be."""

    case: Case
    government: Government
    actors: dict[str, Actor]
    today: date
    outside: Opinions | None = None
    say: Say = print
    ids: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    invitations: dict[str, tuple[int, str]] = field(default_factory=dict)
    enrolled: dict[str, tuple[int, str]] = field(default_factory=dict)
    title: str = ""
    put_by: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A case begins with the matter it is named after; `turn_to` turns to another, and `put_by` keeps what the first made."""
        self.title = self.title or self.case.title

    def turn_to(self, title: str) -> None:
        """Go on with another matter; what belongs to the present one is put by until it is turned to again."""
        self.put_by[self.title] = {name: pk for name, pk in self.ids.items() if not name.startswith(SHARED)}
        kept = {name: pk for name, pk in self.ids.items() if name.startswith(SHARED)}
        self.title, self.ids = title, kept | self.put_by.pop(title, {})

    def actor(self, event: Event) -> Actor:
        """Who acts in an event."""
        return self.actors[event.by]

    def who(self, event: Event) -> dict[str, Any]:
        """Who acts in an event, and when; a representative is a guest: their link says who they are."""
        return {"actor": self.actors[event.by], "now": event.at} if event.by in self.actors else self.guest(event)

    def guest(self, event: Event) -> dict[str, Any]:
        """Somebody without an account acts, at the time of the event."""
        return {"actor": stranger(self.government.pk), "now": event.at}


class UnexpectedError(Exception):
    """An event was refused, or allowed, against what the case says; or it cannot be carried out at all."""

    def __init__(self, case: str, event: Event, what: Text) -> None:
        where = event.where or f"case.toml event {event.number} ({event.do})"
        super().__init__(where, what)
        self.what = t("{case}/{where}：{what}", "{case}/{where}: {what}", case=case, where=where, what=what)

    def __str__(self) -> str:
        return str(self.what)


def verb(name: str) -> Callable[[Callable[[Play, Event], object]], Callable[[Play, Event], object]]:
    """Register what an event's ``do`` means."""

    def register(act: Callable[[Play, Event], object]) -> Callable[[Play, Event], object]:
        VERBS[name] = act
        return act

    return register


def learn() -> dict[str, Callable[[Play, Event], object]]:
    """Every verb there is, once the modules that define them are read."""
    from mingtang.cases import afterwards, calling, day, drafting, hearing, listening, turning, verbs  # noqa: F401, PLC0415 - they fill VERBS

    return VERBS


def play(case: Case, now: datetime, say: Say, outside: Opinions | None = None) -> Play | None:
    """Play a whole case; None when its matter is already there (playing twice does no harm; see `played`).

    Raises `UnexpectedError` with the rule's own words when an event is refused that should not be, or
    allowed that should be refused.
    """
    learn()
    government = government_of(case)
    begins = min((event.at for event in case.events), default=now)
    actors = cast(case, government, day_of(begins), begins)
    if find_by_title(government.pk, case.title):
        say(t("{case}：已在库中，没有再演。", "{case}: already there, not played again.", case=case.key))
        return None
    run = Play(case, government, actors, day_of(now), outside, say)
    for event in case.events:
        if event.at <= now:
            _one(run, event)
    run.turn_to(case.title)
    return run


def played(case: Case, now: datetime) -> Play | None:
    """The matter of a case that was played before, for its counts; None when it was not."""
    government = government_of(case)
    topic = find_by_title(government.pk, case.title)
    if topic is None:
        return None
    run = Play(case, government, {}, day_of(now))
    run.ids["topic"] = topic.pk
    consultation = of_topic(topic.pk)
    if consultation is not None:
        run.ids["consultation"] = consultation.pk
    held = meetings_of(topic.pk)
    if held:
        run.ids["meeting"] = held[0].meeting_id
    return run


def _one(run: Play, event: Event) -> None:
    try:
        VERBS[event.do](run, event)
    except Refused as refused:
        if event.refused and any(each.clause.startswith(event.refused) for each in refused.decision.refusals):
            run.say(
                t(
                    "{at} {do}：按预期被拒 [{clause}]",
                    "{at} {do}: refused as expected [{clause}]",
                    at=event.at,
                    do=event.do,
                    clause=event.refused,
                )
            )
            return
        raise UnexpectedError(run.case.key, event, same(refused)) from refused
    except KeyError as lost:
        what = t(
            "还没有“{name}”，要先做产生它的事。", "there is no “{name}” yet; the act that makes it comes first.", name=str(lost.args[0])
        )
        raise UnexpectedError(run.case.key, event, what) from lost
    except (ValueError, TypeError, AttributeError) as wrong:
        what = t("有一项写得不对（{what}）。", "one of its values is wrong ({what}).", what=str(wrong))
        raise UnexpectedError(run.case.key, event, what) from wrong
    if event.refused:
        what = t("应被 {clause} 拒绝，却通过了。", "expected a refusal under {clause}.", clause=event.refused)
        raise UnexpectedError(run.case.key, event, what)


def fields(event: Event, *names: str) -> dict[str, Any]:
    """The named fields an event has."""
    return {name: event.fields[name] for name in names if name in event.fields}
