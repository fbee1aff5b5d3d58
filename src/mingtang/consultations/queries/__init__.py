"""Reads for staff, and the facts that gates ask for."""

from mingtang.consultations.queries.adopting import (
    GroupFilters,
    consultation_of_group,
    group_choices,
    groups,
    opinions_page,
    people,
    places,
    recount_group,
    report_facts,
)
from mingtang.consultations.queries.listening import ListeningFacts, desk, listening
from mingtang.consultations.queries.preparing import (
    consultations,
    for_update,
    get,
    of_topic,
    opening_facts,
    queue,
    reviewers,
    tallies,
    waiting_stage,
)

__all__ = [
    "GroupFilters",
    "ListeningFacts",
    "consultation_of_group",
    "consultations",
    "desk",
    "for_update",
    "get",
    "group_choices",
    "groups",
    "listening",
    "of_topic",
    "opening_facts",
    "opinions_page",
    "people",
    "places",
    "queue",
    "recount_group",
    "report_facts",
    "reviewers",
    "tallies",
    "waiting_stage",
]
