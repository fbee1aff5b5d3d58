"""The five statutory steps of matters as the gate to the meeting asks for them (3.1a)."""

from __future__ import annotations

from collections.abc import Iterable

from mingtang.topics.models import StatutoryStep, Topic
from mingtang.topics.rules import StatutoryFacts, StepFact


def statutory_facts(topic_id: int) -> StatutoryFacts:
    """What the gate to the meeting needs to know (3.1a)."""
    return statutory_facts_of([topic_id])[topic_id]


def statutory_facts_of(topic_ids: Iterable[int]) -> dict[int, StatutoryFacts]:
    """The same for many matters, in two queries."""
    steps: dict[int, dict[str, StepFact]] = {}
    for row in StatutoryStep.objects.filter(topic_id__in=set(topic_ids)):
        fact = StepFact(row.kind, row.status, row.started_on, row.done_on, row.outcome, row.reason, row.people, row.document_id is not None)
        steps.setdefault(row.topic_id, {})[row.kind] = fact
    majors = Topic.objects.filter(pk__in=set(topic_ids)).values_list("pk", "is_major")
    return {pk: StatutoryFacts(bool(is_major), steps.get(pk, {})) for pk, is_major in majors}
