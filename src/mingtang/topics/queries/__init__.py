"""Reads for staff, and the facts other capabilities' gates ask for."""

from mingtang.platform.figures.lookup import figures_for, work_calendar
from mingtang.topics.queries import evidence
from mingtang.topics.queries.levels import (
    approvers,
    desk,
    level_views,
    waiting_level,
)
from mingtang.topics.queries.papers import declaration_paper
from mingtang.topics.queries.reading import (
    Filters,
    OpennessFacts,
    Trace,
    approved_text,
    approved_topics,
    document_for_update,
    documents_of,
    documents_of_many,
    facts_of,
    find_by_title,
    for_update,
    get,
    gone,
    openness,
    openness_of,
    planned,
    topic_material,
    topics,
    trace,
    visible,
    wished,
)
from mingtang.topics.queries.steps import statutory_facts, statutory_facts_of

__all__ = [
    "Filters",
    "OpennessFacts",
    "Trace",
    "approved_text",
    "approved_topics",
    "approvers",
    "declaration_paper",
    "desk",
    "document_for_update",
    "documents_of",
    "documents_of_many",
    "evidence",
    "facts_of",
    "figures_for",
    "find_by_title",
    "for_update",
    "get",
    "gone",
    "level_views",
    "openness",
    "openness_of",
    "planned",
    "statutory_facts",
    "statutory_facts_of",
    "topic_material",
    "topics",
    "trace",
    "visible",
    "waiting_level",
    "wished",
    "work_calendar",
]
