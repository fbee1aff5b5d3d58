"""What outsiders may read of consultations, opinions and reports, and what is theirs."""

from mingtang.consultations.published.chain import chain, stages
from mingtang.consultations.published.consulting import (
    ConsultationView,
    awaiting_report,
    consultation,
    consultations,
    of_topic,
    open_now,
    overdue_reports,
    shown_opinions,
)
from mingtang.consultations.published.exporting import archive_of
from mingtang.consultations.published.receipts import behind
from mingtang.consultations.published.reporting import (
    AdoptionCounts,
    adoption_counts,
    every_opinion,
    fate,
    report,
    top_groups,
)

__all__ = [
    "AdoptionCounts",
    "ConsultationView",
    "adoption_counts",
    "archive_of",
    "awaiting_report",
    "behind",
    "chain",
    "consultation",
    "consultations",
    "every_opinion",
    "fate",
    "of_topic",
    "open_now",
    "overdue_reports",
    "report",
    "shown_opinions",
    "stages",
    "top_groups",
]
