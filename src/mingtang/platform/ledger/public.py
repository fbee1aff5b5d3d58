"""Which acts go to the public log, and with which facts: one table, installed by `mingtang.config`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from mingtang.platform.ledger.writing import note

Facts = Callable[[Any, Mapping[str, Any]], Mapping[str, Any]]
_facts: dict[str, Facts] = {}


def install(table: Mapping[str, Facts]) -> None:
    """Use `table` (event → facts of the row and of the act's data) from here on; called once at start."""
    _facts.clear()
    _facts.update(table)


def log_act(event: str, subject: Model, *, government_id: int, now: datetime, data: Mapping[str, Any]) -> None:
    """Note an act if it is a public one, in the caller's transaction."""
    facts = _facts.get(event)
    if facts is not None:
        given = {"about": about(subject), **facts(subject, data)}
        note(event, given, government_id=government_id, now=now, subject=(subject._meta.label_lower, subject.pk))  # noqa: SLF001 - public in Django


def about(subject: Model) -> str:
    """A row's public name: ``consultation:12``."""
    return f"{subject._meta.model_name}:{subject.pk}"  # noqa: SLF001 - public in Django
