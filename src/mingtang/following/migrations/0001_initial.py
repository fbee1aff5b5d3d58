import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('kind', models.CharField(max_length=12)),
                ('key', models.CharField(blank=True, max_length=40)),
                ('rhythm', models.CharField(max_length=8)),
                ('language', models.CharField(default='zh', max_length=2)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('token', models.CharField(max_length=40, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField()),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_follow',
                'indexes': [models.Index(fields=['state', 'told_at'], name='mt_follow_due_ix'), models.Index(fields=['government', 'kind', 'key'], name='mt_follow_what_ix')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'confirmed'])), name='mt_follow_state_ck'), models.CheckConstraint(condition=models.Q(('kind__in', ['all', 'area', 'department', 'topic'])), name='mt_follow_kind_ck'), models.CheckConstraint(condition=models.Q(('rhythm__in', ['daily', 'weekly'])), name='mt_follow_rhythm_ck'), models.UniqueConstraint(fields=('government', 'address', 'kind', 'key'), name='mt_follow_once_uq')],
            },
        ),
    ]
