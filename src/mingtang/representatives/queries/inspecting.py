"""Whether the counters of calls equal a recount of their applications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count

from mingtang.kernel.text import Text, t
from mingtang.platform.inspections import inspects
from mingtang.representatives.models import Application, Call


@inspects("calls", t("报名计数与逐份清点一致", "The counters of calls equal a recount"))
def counted_calls() -> Iterator[Text]:
    """Calls whose counters differ from their applications."""
    for row in Call.objects.prefetch_related("quotas").order_by("pk").iterator(chunk_size=100):
        kept = {(each.category, each.value): each.applied for each in row.quotas.all()}
        live, found = recount(row.pk)
        if row.applied != live or kept != {pair: found[pair] for pair in kept}:
            yield t("代表征集 {id} 的计数与报名不符。", "The counters of call {id} differ from its applications.", id=row.pk)


def recount(call_id: int) -> tuple[int, Counter[tuple[str, str]]]:
    """How many applied and did not withdraw; how many of those who may be drawn have each value of each category."""
    live = Application.objects.filter(call_id=call_id).exclude(state="withdrawn").order_by()
    found: Counter[tuple[str, str]] = Counter()
    for answers, n in live.exclude(state="excluded").values_list("answers").annotate(n=Count("pk")):
        for pair in answers.items():
            found[pair] += n
    return live.count(), found
