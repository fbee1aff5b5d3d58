"""The recording of a meeting and the moments of its items."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField("meeting", "recording_url", models.URLField(blank=True, max_length=300)),
        migrations.AddField("meeting", "recording_offset", models.PositiveIntegerField(default=0)),
        migrations.AddField("agendaitem", "mark_seconds", models.PositiveIntegerField(null=True)),
    ]
