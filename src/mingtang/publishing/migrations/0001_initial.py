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
        ('topics', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=16)),
                ('state', models.CharField(default='drafting', max_length=12)),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('body', models.TextField()),
                ('round', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdraw_reason', models.TextField(blank=True)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='publishing.release')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='meetings.agendaitem')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='topics.topic')),
            ],
            options={
                'db_table': 'mt_release',
                'indexes': [models.Index(fields=['government', '-published_at', '-id'], name='mt_release_published_ix')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'review_1', 'review_2', 'review_3', 'ready', 'published', 'withdrawn'])), name='mt_release_state_ck'), models.CheckConstraint(condition=models.Q(('kind__in', ['result', 'decision', 'interpretation', 'improvement'])), name='mt_release_kind_ck')],
            },
        ),
        migrations.CreateModel(
            name='ReleaseFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='publishing.release')),
            ],
            options={
                'db_table': 'mt_release_file',
            },
        ),
        migrations.CreateModel(
            name='ReleaseReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('stage', models.PositiveIntegerField()),
                ('given_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='publishing.release')),
            ],
            options={
                'db_table': 'mt_release_review',
                'constraints': [models.UniqueConstraint(fields=('release', 'round', 'stage'), name='mt_release_review_uq'), models.UniqueConstraint(fields=('release', 'round', 'person'), name='mt_release_review_one_uq')],
            },
        ),
    ]
