"""What outsiders may read of consultations, opinions and reports, and what is theirs."""

from mingtang.consultations.published.asking import alternative_sets, inquiries, inquiry_counts, marked, questions, terms
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
from mingtang.consultations.published.moderating import shown_opinions
from mingtang.consultations.published.reporting import (
    AdoptionCounts,
    adoption_counts,
    every_opinion,
    fate,
    report,
    top_groups,
)
from mingtang.consultations.published.tracing import trace, trace_table

__all__ = [
    "AdoptionCounts",
    "ConsultationView",
    "adoption_counts",
    "alternative_sets",
    "awaiting_report",
    "chain",
    "comparison",
    "consultation",
    "consultations",
    "every_opinion",
    "fate",
    "inquiries",
    "inquiry_counts",
    "marked",
    "of_topic",
    "open_now",
    "overdue_reports",
    "questions",
    "report",
    "shown_opinions",
    "stages",
    "terms",
    "top_groups",
    "trace",
    "trace_table",
    "versions",
    "year_so_far",
]
