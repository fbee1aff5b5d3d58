"""Give what was withheld before its decision and counter, and mark the opinions that name a person."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Count

from mingtang.consultations.rules import names_a_number

BATCH = 1000


def count_moderation(apps: Any, _schema: Any) -> None:
    """Decisions of one person stay decisions of one person; what came withheld from elsewhere has none of ours."""
    opinions = apps.get_model("consultations", "Opinion").objects
    withholdings = apps.get_model("consultations", "Withholding").objects
    for row in opinions.filter(state="withheld", moderated_by__isnull=False, moderated_at__isnull=False).iterator(chunk_size=BATCH):
        made = withholdings.create(
            opinion_id=row.pk,
            code=row.withheld_code,
            note=row.withheld_note,
            proposed_by_id=row.moderated_by_id,
            proposed_at=row.moderated_at,
            decided_by_id=row.moderated_by_id,
            decided_at=row.moderated_at,
            outcome="withheld",
        )
        opinions.filter(pk=row.pk).update(withholding_id=made.pk)
    tallies = apps.get_model("consultations", "Tally").objects
    by_reason = opinions.filter(state="withheld").order_by().values("consultation_id", "withheld_code").annotate(n=Count("pk"))
    for each in by_reason:
        tallies.create(consultation_id=each["consultation_id"], dimension="withheld", key=each["withheld_code"], number=each["n"])
    named: list[int] = []
    for pk, text in opinions.values_list("pk", "text").iterator(chunk_size=BATCH):
        if names_a_number(text):
            named.append(pk)
        if len(named) >= BATCH:
            opinions.filter(pk__in=named).update(flagged=True)
            named.clear()
    opinions.filter(pk__in=named).update(flagged=True)


def forget_moderation(apps: Any, _schema: Any) -> None:
    """The way back."""
    apps.get_model("consultations", "Opinion").objects.exclude(withholding=None).update(withholding=None)
    apps.get_model("consultations", "Withholding").objects.all().delete()
    apps.get_model("consultations", "Tally").objects.filter(dimension__in=["withheld", "appeal"]).delete()


class Migration(migrations.Migration):
    dependencies = [("consultations", "0010_moderation")]

    operations = [migrations.RunPython(count_moderation, forget_moderation)]
