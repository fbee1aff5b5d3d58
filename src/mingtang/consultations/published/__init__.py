"""What outsiders may read of consultations, opinions and reports, and what is theirs."""

from mingtang.consultations.published.asking import alternative_sets, inquiries, inquiry_counts, marked, questions, terms
from mingtang.consultations.published.behind import behind
from mingtang.consultations.published.chain import chain, stages
from mingtang.consultations.published.consulting import (
    ConsultationView,
    awaiting_report,
    consultation,
    consultations,
    of_topic,
    open_now,
    overdue_reports,
    year_so_far,
)
from mingtang.consultations.published.drafting import comparison, versions
from mingtang.consultations.published.exporting import archive_of
from mingtang.consultations.published.opinions import shown_opinions, similar
from mingtang.consultations.published.passages import passage_of
from mingtang.consultations.published.receipts import fate, has_receipt
from mingtang.consultations.published.reporting import (
    AdoptionCounts,
    adoption_counts,
    every_opinion,
    report,
    top_groups,
)
from mingtang.consultations.published.tracing import trace, trace_table
from mingtang.consultations.published.verifying import person_mark

__all__ = [
    "AdoptionCounts",
    "ConsultationView",
    "adoption_counts",
    "alternative_sets",
    "archive_of",
    "awaiting_report",
    "behind",
    "chain",
    "comparison",
    "consultation",
    "consultations",
    "every_opinion",
    "fate",
    "has_receipt",
    "inquiries",
    "inquiry_counts",
    "marked",
    "of_topic",
    "open_now",
    "overdue_reports",
    "passage_of",
    "person_mark",
    "questions",
    "report",
    "shown_opinions",
    "similar",
    "stages",
    "terms",
    "top_groups",
    "trace",
    "trace_table",
    "versions",
    "year_so_far",
]
