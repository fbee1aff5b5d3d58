"""Drafts that stand get stems, those that were opened their first version, published reports their traced counts."""

from collections import Counter

from django.db import migrations

COPIED = ("stem", "position", "label", "heading", "part", "chapter", "section", "text", "origin")


def give_stems(apps, schema_editor):
    Clause = apps.get_model("consultations", "Clause")
    used = Counter()
    for clause in Clause.objects.order_by("consultation_id", "position", "id").iterator():
        used[clause.consultation_id] += 1
        Clause.objects.filter(pk=clause.pk).update(stem=used[clause.consultation_id])


def keep_first_versions(apps, schema_editor):
    Consultation = apps.get_model("consultations", "Consultation")
    Clause = apps.get_model("consultations", "Clause")
    DraftVersion = apps.get_model("consultations", "DraftVersion")
    VersionClause = apps.get_model("consultations", "VersionClause")
    for row in Consultation.objects.exclude(opened_at=None).iterator():
        version = DraftVersion.objects.create(
            consultation=row,
            number=1,
            kind="for_comment",
            made_by_id=row.prepared_by_id,
            made_at=row.opened_at,
            published_by_id=row.prepared_by_id,
            published_at=row.opened_at,
        )
        VersionClause.objects.bulk_create(
            VersionClause(version=version, **{name: getattr(each, name) for name in COPIED})
            for each in Clause.objects.filter(consultation=row).order_by("position")
        )


def count_traces(apps, schema_editor):
    Consultation = apps.get_model("consultations", "Consultation")
    Opinion = apps.get_model("consultations", "Opinion")
    Tally = apps.get_model("consultations", "Tally")
    for row in Consultation.objects.exclude(reported_at=None).iterator():
        counted = Counter()
        places = Opinion.objects.filter(consultation=row).exclude(state="withheld").values_list("clause_id", "group_id", "verdict")
        for clause, group, verdict in places.iterator(chunk_size=2000):
            counted[f"{clause or 0}:{group}" if group else f"{clause or 0}:v:{verdict}"] += 1
        Tally.objects.bulk_create(
            Tally(consultation=row, dimension="traced", key=key, number=number) for key, number in sorted(counted.items())
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0006_draft_versions")]

    operations = [
        migrations.RunPython(give_stems, migrations.RunPython.noop),
        migrations.RunPython(keep_first_versions, migrations.RunPython.noop),
        migrations.RunPython(count_traces, migrations.RunPython.noop),
    ]
