"""Playing a case: each event through the same action as a person, at its own moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mingtang.cases.cast import cast, government_of
from mingtang.cases.reading import Case, Event
from mingtang.consultations.actions import OpinionIn
from mingtang.kernel.decision import Refused
from mingtang.platform.accounts.models import Government
from mingtang.platform.actor import Actor
from mingtang.platform.clock import day_of
from mingtang.topics.queries import find_by_title

Say = Callable[[str], None]
VERBS: dict[str, Callable[[Play, Event], object]] = {}


@dataclass
class Play:
    """One run of a case: who acts, and what has come to be."""

    case: Case
    government: Government
    actors: dict[str, Actor]
    today: date
    outside: Callable[[dict[str, int]], Iterable[OpinionIn]] | None = None
    ids: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    invitations: dict[str, tuple[int, str]] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)
    enrolled: dict[str, tuple[int, str]] = field(default_factory=dict)

    def actor(self, event: Event) -> Actor:
        """Who acts in an event."""
        return self.actors[event.by]


class UnexpectedError(Exception):
    """An event was refused, or allowed, against what the case says."""


def verb(name: str) -> Callable[[Callable[[Play, Event], object]], Callable[[Play, Event], object]]:
    """Register what an event's ``do`` means."""

    def register(act: Callable[[Play, Event], object]) -> Callable[[Play, Event], object]:
        VERBS[name] = act
        return act

    return register


def play(case: Case, now: datetime, say: Say, outside: Callable[[dict[str, int]], Iterable[OpinionIn]] | None = None) -> Play | None:
    """Play a whole case; None when its matter is already there (playing twice does no harm).

    Raises `UnexpectedError` with the rule's own words when an event is refused that should not be, or
    allowed that should be refused.
    """
    from mingtang.cases import hearing, listening, verbs  # noqa: F401, PLC0415 - they fill VERBS

    government = government_of(case)
    begins = min((event.at for event in case.events), default=now)
    actors = cast(case, government, day_of(begins), begins)
    if find_by_title(government.pk, case.title):
        say(f"{case.key}: already there")
        return None
    run = Play(case, government, actors, day_of(now), outside)
    for event in case.events:
        if event.at > now:
            continue
        _one(run, event, say)
    return run


def _one(run: Play, event: Event, say: Say) -> None:
    act = VERBS.get(event.do)
    if act is None:
        msg = f"{run.case.key}/case.toml event {event.number}: nobody knows how to “{event.do}”"
        raise UnexpectedError(msg)
    try:
        act(run, event)
    except Refused as refused:
        if event.refused and any(each.clause.startswith(event.refused) for each in refused.decision.refusals):
            say(f"{event.at:%Y-%m-%d %H:%M} {event.do}: refused as expected [{event.refused}]")
            return
        msg = f"{run.case.key}/case.toml event {event.number} ({event.do}): {refused}"
        raise UnexpectedError(msg) from refused
    if event.refused:
        msg = f"{run.case.key}/case.toml event {event.number} ({event.do}): expected a refusal under {event.refused}"
        raise UnexpectedError(msg)


def fields(event: Event, *names: str) -> dict[str, Any]:
    """The named fields an event has."""
    return {name: event.fields[name] for name in names if name in event.fields}
