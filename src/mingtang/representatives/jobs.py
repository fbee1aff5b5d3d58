"""The clock of the pool and of calls: terms are asked for and lapse, and people are forgotten when their days are over."""

from __future__ import annotations

from datetime import datetime

from mingtang.platform.jobs.registry import every
from mingtang.representatives.actions import ask_renewals, forget_applicants, forget_people, lapse_terms


@every("representatives.forget_applicants", seconds=86400)
def forget(now: datetime) -> None:
    """Delete who the applicants and people of the pool were when the figure's days are over."""
    forget_applicants(now)
    forget_people(now)


@every("representatives.terms", seconds=86400)
def terms(now: datetime) -> None:
    """Ask for another term in good time; let those lapse that are over."""
    lapse_terms(now)
    ask_renewals(now)
