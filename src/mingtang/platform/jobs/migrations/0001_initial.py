from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Beat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('next_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'mt_beat',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('government_id', models.BigIntegerField(null=True)),
                ('name', models.CharField(max_length=60)),
                ('arguments', models.JSONField(default=dict)),
                ('dedupe', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('status', models.CharField(default='waiting', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(null=True)),
                ('done_steps', models.PositiveIntegerField(default=0)),
                ('all_steps', models.PositiveIntegerField(default=0)),
                ('outcome', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'mt_job',
                'indexes': [models.Index(fields=['status', 'due_at'], name='mt_job_due_ix')],
            },
        ),
    ]
