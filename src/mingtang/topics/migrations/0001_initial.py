import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('signing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='drafting', max_length=12)),
                ('year', models.PositiveIntegerField(null=True)),
                ('number', models.PositiveIntegerField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=300)),
                ('background', models.TextField(blank=True)),
                ('content', models.TextField(blank=True)),
                ('differences', models.TextField(blank=True)),
                ('summary', models.TextField(blank=True)),
                ('touches_interests', models.BooleanField(null=True)),
                ('is_major', models.BooleanField(null=True)),
                ('major_category', models.CharField(blank=True, max_length=20)),
                ('exclusion', models.CharField(blank=True, max_length=20)),
                ('broadcast_url', models.URLField(blank=True, max_length=300)),
                ('form_reason', models.TextField(blank=True)),
                ('closing_ground', models.CharField(blank=True, max_length=20)),
                ('closing_reason', models.TextField(blank=True)),
                ('seats_total', models.PositiveIntegerField(default=0)),
                ('disclosure', models.CharField(blank=True, max_length=12)),
                ('disclosure_ground', models.CharField(blank=True, max_length=20)),
                ('interpretation_plan', models.TextField(blank=True)),
                ('meeting_kind', models.CharField(blank=True, max_length=20)),
                ('wished_on', models.DateField(blank=True, null=True)),
                ('contact', models.CharField(blank=True, max_length=120)),
                ('is_secret', models.BooleanField(default=False)),
                ('round', models.PositiveIntegerField(default=1)),
                ('version', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
                ('first_approved_at', models.DateTimeField(null=True)),
                ('approved_text', models.JSONField(blank=True, default=dict)),
                ('chain', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signing.chain')),
                ('co_departments', models.ManyToManyField(blank=True, db_table='mt_topic_partner', related_name='+', to='accounts.department')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_topic',
                'indexes': [models.Index(fields=['government', '-changed_at', '-id'], name='mt_topic_changed_ix'), models.Index(fields=['government', 'state', '-id'], name='mt_topic_state_ix'), models.Index(fields=['department', 'state'], name='mt_topic_department_ix')],
                'constraints': [models.UniqueConstraint(fields=('government', 'year', 'number'), name='mt_topic_number_uq'), models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'submitted', 'returned', 'approved', 'withdrawn'])), name='mt_topic_state_ck')],
            },
        ),
        migrations.CreateModel(
            name='TopicAudience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(max_length=20)),
                ('seats', models.PositiveIntegerField()),
                ('rationale', models.TextField(blank=True)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audiences', to='topics.topic')),
            ],
            options={
                'db_table': 'mt_topic_audience',
                'constraints': [models.UniqueConstraint(fields=('topic', 'audience'), name='mt_topic_audience_uq')],
            },
        ),
        migrations.CreateModel(
            name='TopicDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issuer', models.CharField(blank=True, max_length=80)),
                ('dated_on', models.DateField(blank=True, null=True)),
                ('disclosure', models.CharField(default='open', max_length=12)),
                ('ground', models.CharField(blank=True, max_length=20)),
                ('added_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('withheld_by', models.CharField(blank=True, max_length=80)),
                ('withheld_at', models.DateTimeField(null=True)),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('redacted', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='topics.topic')),
            ],
            options={
                'db_table': 'mt_topic_document',
                'indexes': [models.Index(fields=['topic', 'kind'], name='mt_topic_document_ix')],
            },
        ),
        migrations.CreateModel(
            name='StatutoryStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('status', models.CharField(max_length=12)),
                ('started_on', models.DateField(blank=True, null=True)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=30)),
                ('people', models.PositiveIntegerField(default=0)),
                ('reason', models.TextField(blank=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='topics.topic')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='topics.topicdocument')),
            ],
            options={
                'db_table': 'mt_statutory_step',
                'constraints': [models.UniqueConstraint(fields=('topic', 'kind'), name='mt_statutory_step_uq')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('place', models.CharField(max_length=120)),
                ('reason', models.CharField(max_length=300)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='redactions', to='topics.topicdocument')),
            ],
            options={
                'db_table': 'mt_redaction',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='TopicFocus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area', models.CharField(max_length=20)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='focus_areas', to='topics.topic')),
            ],
            options={
                'db_table': 'mt_topic_focus',
                'constraints': [models.UniqueConstraint(fields=('topic', 'area'), name='mt_topic_focus_uq')],
            },
        ),
        migrations.CreateModel(
            name='TopicForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=20)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='topics.topic')),
            ],
            options={
                'db_table': 'mt_topic_form',
                'constraints': [models.UniqueConstraint(fields=('topic', 'form'), name='mt_topic_form_uq')],
            },
        ),
    ]
