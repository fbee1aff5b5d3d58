"""What moved to `platform.signing` goes."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0019_chains'),
    ]

    operations = [
        migrations.RemoveField(model_name='adoptionreport', name='head_at'),
        migrations.RemoveField(model_name='adoptionreport', name='head_by'),
        migrations.RemoveField(model_name='adoptionreport', name='office_at'),
        migrations.RemoveField(model_name='adoptionreport', name='office_by'),
    ]
