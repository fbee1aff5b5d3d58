"""Count once by day and by audience what came before these counters were kept."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Count
from django.db.models.functions import TruncDate

from mingtang.platform.clock import CHINA


def count_days(apps: Any, _schema: Any) -> None:
    """One grouping query for each counter, whatever the number of opinions."""
    opinions = apps.get_model("consultations", "Opinion").objects.order_by()
    tallies = apps.get_model("consultations", "Tally").objects
    by_day = opinions.annotate(day=TruncDate("received_at", tzinfo=CHINA)).values("consultation_id", "day").annotate(n=Count("pk"))
    for row in by_day:
        tallies.create(consultation_id=row["consultation_id"], dimension="day", key=row["day"].isoformat(), number=row["n"])
    for row in opinions.values("consultation_id", "audience").annotate(n=Count("pk")):
        tallies.create(consultation_id=row["consultation_id"], dimension="audience", key=row["audience"], number=row["n"])


def forget_days(apps: Any, _schema: Any) -> None:
    """The way back."""
    apps.get_model("consultations", "Tally").objects.filter(dimension__in=["day", "audience"]).delete()


class Migration(migrations.Migration):
    dependencies = [("consultations", "0011_count_moderation")]

    operations = [migrations.RunPython(count_days, forget_days)]
