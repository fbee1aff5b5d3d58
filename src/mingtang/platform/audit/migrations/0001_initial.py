from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('government_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('event', models.CharField(max_length=60)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=60)),
                ('actor_roles', models.CharField(blank=True, max_length=200)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('subject_title', models.CharField(blank=True, max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('clause', models.CharField(blank=True, max_length=60)),
                ('data', models.JSONField(default=dict)),
            ],
            options={
                'db_table': 'mt_act',
                'indexes': [models.Index(fields=['government_id', '-at', '-id'], name='mt_act_recent_ix'), models.Index(fields=['subject_type', 'subject_id', 'id'], name='mt_act_subject_ix'), models.Index(fields=['government_id', 'event', '-id'], name='mt_act_event_ix')],
            },
        ),
    ]
