"""Count once what the counters now keep: who spoke, what is grouped, what is answered singly."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Count


def count_places(apps: Any, _schema: Any) -> None:
    """One grouping query for each counter, whatever the number of opinions."""
    opinions = apps.get_model("consultations", "Opinion").objects.order_by().values("consultation_id")
    tallies = apps.get_model("consultations", "Tally").objects
    heard = opinions.exclude(state="withheld").annotate(n=Count("author_key", distinct=True))
    grouped = opinions.filter(group__isnull=False).annotate(n=Count("pk"))
    for dimension, rows in (("people", heard), ("grouped", grouped)):
        for row in rows:
            tallies.create(consultation_id=row["consultation_id"], dimension=dimension, key="", number=row["n"])
    for row in opinions.exclude(verdict="").values("consultation_id", "verdict").annotate(n=Count("pk")):
        tallies.create(consultation_id=row["consultation_id"], dimension="single", key=row["verdict"], number=row["n"])


def forget_places(apps: Any, _schema: Any) -> None:
    """The way back."""
    apps.get_model("consultations", "Tally").objects.filter(dimension__in=["people", "grouped", "single"]).delete()


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_counters_and_indexes")]

    operations = [migrations.RunPython(count_places, forget_places)]
