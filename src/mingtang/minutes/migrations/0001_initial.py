import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('files', '0001_initial'),
        ('meetings', '0001_initial'),
        ('representatives', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='drafting', max_length=12)),
                ('year', models.PositiveIntegerField(null=True)),
                ('number', models.PositiveIntegerField(null=True)),
                ('body', models.TextField(blank=True)),
                ('attendees', models.TextField(blank=True)),
                ('excused', models.TextField(blank=True)),
                ('observers', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
                ('issued_at', models.DateTimeField(null=True)),
                ('first_issued_at', models.DateTimeField(null=True)),
                ('correction', models.TextField(blank=True)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='meetings.meeting')),
            ],
            options={
                'db_table': 'mt_minutes',
                'constraints': [models.UniqueConstraint(fields=('government', 'year', 'number'), name='mt_minutes_number_uq'), models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'circulated', 'issued'])), name='mt_minutes_state_ck')],
            },
        ),
        migrations.CreateModel(
            name='MinutesSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('position', models.PositiveIntegerField()),
                ('heading', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendaitem')),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='minutes.minutes')),
            ],
            options={
                'db_table': 'mt_minutes_section',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('minutes', 'key'), name='mt_minutes_section_uq')],
            },
        ),
        migrations.CreateModel(
            name='MinutesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('body', models.TextField()),
                ('attendees', models.TextField()),
                ('excused', models.TextField(blank=True)),
                ('observers', models.TextField(blank=True)),
                ('correction', models.TextField(blank=True)),
                ('issued_at', models.DateTimeField()),
                ('minutes', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='minutes.minutes')),
            ],
            options={
                'db_table': 'mt_minutes_version',
                'constraints': [models.UniqueConstraint(fields=('minutes', 'version'), name='mt_minutes_version_uq')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(default='open', max_length=10)),
                ('lines', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('signed_at', models.DateTimeField(null=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('meeting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='record', to='meetings.meeting')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_record',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'signed'])), name='mt_record_state_ck')],
            },
        ),
        migrations.CreateModel(
            name='RecordLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('speaker', models.CharField(max_length=60)),
                ('text', models.TextField(blank=True)),
                ('stance', models.CharField(blank=True, max_length=10)),
                ('dissent', models.BooleanField(default=False)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField()),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='minutes.recordline')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_lines', to='meetings.agendaitem')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_record_line',
            },
        ),
        migrations.CreateModel(
            name='SectionComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='minutes.minutessection')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_section_comment',
                'indexes': [models.Index(fields=['section', 'id'], name='mt_section_comment_ix')],
            },
        ),
        migrations.CreateModel(
            name='SectionDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('base', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('kept_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='minutes.minutessection')),
            ],
            options={
                'db_table': 'mt_section_draft',
                'constraints': [models.UniqueConstraint(fields=('section', 'person'), name='mt_section_draft_uq')],
            },
        ),
        migrations.CreateModel(
            name='SectionText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField(blank=True)),
                ('composed', models.BooleanField(default=False)),
                ('of_issue', models.PositiveIntegerField(default=1)),
                ('written_at', models.DateTimeField()),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='minutes.minutessection')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_section_text',
                'constraints': [models.UniqueConstraint(fields=('section', 'version'), name='mt_section_text_uq')],
            },
        ),
        migrations.CreateModel(
            name='Suggestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('ground', models.TextField(blank=True)),
                ('source', models.CharField(default='oral', max_length=10)),
                ('receipt', models.CharField(max_length=40, null=True, unique=True)),
                ('said_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_way', models.CharField(blank=True, max_length=10)),
                ('wish', models.TextField(blank=True)),
                ('wish_ground', models.TextField(blank=True)),
                ('wished_at', models.DateTimeField(null=True)),
                ('reasonable', models.BooleanField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('judged_at', models.DateTimeField(null=True)),
                ('reply', models.TextField(blank=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='representatives.invitation')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='suggestions', to='meetings.agendaitem')),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'db_table': 'mt_suggestion',
                'indexes': [models.Index(fields=['item', 'id'], name='mt_suggestion_ix')],
            },
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('door', models.CharField(max_length=10)),
                ('told_at', models.DateTimeField()),
                ('invitation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='representatives.invitation')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meeting')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_told',
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('ground', models.TextField(blank=True)),
                ('wished', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('laid_at', models.DateTimeField()),
                ('laid_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='minutes.suggestion')),
            ],
            options={
                'db_table': 'mt_wording',
                'ordering': ('id',),
            },
        ),
    ]
