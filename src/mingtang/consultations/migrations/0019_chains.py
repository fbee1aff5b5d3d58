"""Adoption reports get the chain of `platform.signing`: who signed as head and as office stands there as it was."""

import django.db.models.deletion
from django.db import migrations, models

LEVELS = ((1, "head", "部门负责人", "Department head"), (2, "office", "区政府办", "Government office"))
SENT = ["report_drafted", "report_approved", "reported"]


def move_signatures(apps, schema_editor):
    """One chain for each report that was sent to signature."""
    reports = apps.get_model("consultations", "AdoptionReport").objects.filter(consultation__state__in=SENT)
    for report in reports.select_related("consultation").iterator():
        chain = apps.get_model("signing", "Chain").objects.create(
            government_id=report.consultation.government_id, begun_at=report.head_at or report.drafted_at
        )
        signed = {"head": (report.head_by_id, report.head_at), "office": (report.office_by_id, report.office_at)}
        for position, role, title, title_en in LEVELS:
            person, at = signed[role]
            apps.get_model("signing", "ChainStep").objects.create(
                chain=chain, position=position, role=role, title=title, title_en=title_en, person_id=person, given_at=at
            )
        apps.get_model("consultations", "AdoptionReport").objects.filter(pk=report.pk).update(chain=chain)


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0018_opinions_by_their_words'),
        ('signing', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='adoptionreport',
            name='chain',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.chain'),
        ),
        migrations.RunPython(move_signatures, migrations.RunPython.noop),
    ]
