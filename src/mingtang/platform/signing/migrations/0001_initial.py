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
            name='Chain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_chain',
            },
        ),
        migrations.CreateModel(
            name='LevelSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('reason', models.TextField()),
                ('set_at', models.DateTimeField()),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_level_set',
                'indexes': [models.Index(fields=['government', 'kind', '-id'], name='mt_level_set_ix')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['declaration', 'report'])), name='mt_level_set_kind_ck')],
            },
        ),
        migrations.CreateModel(
            name='SetLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('role', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=80)),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='levels', to='signing.levelset')),
            ],
            options={
                'db_table': 'mt_set_level',
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('of', 'position'), name='mt_set_level_uq')],
            },
        ),
        migrations.CreateModel(
            name='ChainStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('role', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=80)),
                ('skipped', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField(null=True)),
                ('remark', models.TextField(blank=True)),
                ('chain', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='signing.chain')),
                ('department', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_chain_step',
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('chain', 'position'), name='mt_chain_step_uq'), models.UniqueConstraint(fields=('chain', 'person'), name='mt_chain_step_person_uq'), models.CheckConstraint(condition=models.Q(models.Q(('given_at', None), ('person', None)), models.Q(('given_at__isnull', False), ('person__isnull', False), ('skipped', False)), _connector='OR'), name='mt_chain_step_given_ck')],
            },
        ),
    ]
