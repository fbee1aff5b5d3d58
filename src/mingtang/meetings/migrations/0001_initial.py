import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('topics', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(default='planned', max_length=12)),
                ('year', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('name', models.CharField(blank=True, max_length=160)),
                ('starts_at', models.DateTimeField()),
                ('place', models.CharField(max_length=120)),
                ('chair', models.CharField(max_length=60)),
                ('broadcast_url', models.URLField(blank=True, max_length=300)),
                ('version', models.PositiveIntegerField(default=0)),
                ('emergency_reason', models.TextField(blank=True)),
                ('change_reason', models.TextField(blank=True)),
                ('created_at', models.DateTimeField()),
                ('convened_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_meeting',
                'indexes': [models.Index(fields=['government', '-starts_at', '-id'], name='mt_meeting_start_ix')],
                'constraints': [models.UniqueConstraint(fields=('government', 'kind', 'year', 'number'), name='mt_meeting_number_uq'), models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'frozen', 'convened', 'running', 'ended', 'closed', 'postponed', 'cancelled'])), name='mt_meeting_state_ck')],
            },
        ),
        migrations.CreateModel(
            name='Break',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('minutes', models.PositiveIntegerField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='meetings.meeting')),
            ],
            options={
                'db_table': 'mt_meeting_break',
                'ordering': ('began_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AgendaVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('frozen_at', models.DateTimeField()),
                ('starts_at', models.DateTimeField(null=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('lines', models.JSONField(default=list)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='meetings.meeting')),
            ],
            options={
                'db_table': 'mt_agenda_version',
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='mt_agenda_version_uq')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('state', models.CharField(default='listed', max_length=10)),
                ('attendance', models.CharField(default='open', max_length=10)),
                ('closing_ground', models.CharField(blank=True, max_length=20)),
                ('planned_minutes', models.PositiveIntegerField(default=30)),
                ('began_at', models.DateTimeField(null=True)),
                ('statement_at', models.DateTimeField(null=True)),
                ('statement_by', models.CharField(blank=True, max_length=60)),
                ('statement_text', models.TextField(blank=True)),
                ('listed_at', models.DateTimeField(null=True)),
                ('late_reason', models.CharField(blank=True, max_length=300)),
                ('late_approved_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=24)),
                ('outcome_text', models.TextField(blank=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('late_approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('late_asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda_items', to='topics.topic')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='meetings.meeting')),
            ],
            options={
                'db_table': 'mt_agenda_item',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'topic'), name='mt_agenda_item_uq'), models.CheckConstraint(condition=models.Q(('state__in', ['listed', 'running', 'decided', 'adjourned', 'withdrawn'])), name='mt_agenda_item_state_ck')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('duty', models.CharField(blank=True, max_length=60)),
                ('is_head', models.BooleanField(default=False)),
                ('presence', models.CharField(default='expected', max_length=10)),
                ('in_at', models.DateTimeField(null=True)),
                ('out_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='meetings.meeting')),
            ],
            options={
                'db_table': 'mt_member',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'name'), name='mt_member_uq')],
            },
        ),
        migrations.CreateModel(
            name='Speech',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=16)),
                ('speaker', models.CharField(max_length=60)),
                ('seat', models.BigIntegerField(null=True)),
                ('minutes', models.PositiveIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speeches', to='meetings.agendaitem')),
            ],
            options={
                'db_table': 'mt_speech_turn',
                'ordering': ('position', 'id'),
                'indexes': [models.Index(fields=['item', 'position'], name='mt_speech_turn_ix')],
            },
        ),
    ]
