import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('template', models.CharField(max_length=80)),
                ('language', models.CharField(default='zh', max_length=2)),
                ('subject_line', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('url', models.CharField(blank=True, max_length=300)),
                ('unsubscribe', models.CharField(blank=True, max_length=300)),
                ('calendar_ics', models.TextField(blank=True)),
                ('about_type', models.CharField(blank=True, max_length=60)),
                ('about_id', models.BigIntegerField(blank=True, null=True)),
                ('dedupe', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('state', models.CharField(default='queued', max_length=10)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error', models.TextField(blank=True)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('posted_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_notice',
                'indexes': [models.Index(fields=['state', 'next_at'], name='mt_notice_due_ix'), models.Index(fields=['person', '-posted_at'], name='mt_notice_person_ix'), models.Index(fields=['government', '-posted_at', '-id'], name='mt_notice_recent_ix'), models.Index(fields=['about_type', 'about_id'], name='mt_notice_about_ix')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'failed', 'shown'])), name='mt_notice_state_ck')],
            },
        ),
    ]
