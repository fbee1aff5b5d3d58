"""Calls count who applied; those of before are counted once here."""

from collections import Counter

from django.db import migrations, models


def count(apps, schema_editor):
    quotas = apps.get_model("representatives", "Quota").objects
    applications = apps.get_model("representatives", "Application").objects
    for call in apps.get_model("representatives", "Call").objects.order_by("pk"):
        live = applications.filter(call=call).exclude(state="withdrawn")
        call.applied = live.count()
        call.save(update_fields=["applied"])
        standing = live.exclude(state="excluded").values_list("answers", flat=True)
        found = Counter(pair for answers in standing for pair in answers.items())
        for (category, value), n in found.items():
            quotas.filter(call=call, category=category, value=value).update(applied=n)


class Migration(migrations.Migration):
    dependencies = [("representatives", "0001_initial")]

    operations = [
        migrations.AddField("call", "applied", models.PositiveIntegerField(default=0)),
        migrations.AddField("quota", "applied", models.PositiveIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
