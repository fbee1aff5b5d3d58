import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('algorithm', models.CharField(default='sha256', max_length=10)),
                ('size', models.BigIntegerField(default=0)),
                ('government', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_ledger',
            },
        ),
        migrations.CreateModel(
            name='LedgerKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=32, unique=True)),
                ('public', models.CharField(max_length=64)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('ledger', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='ledger.ledger')),
            ],
            options={
                'db_table': 'mt_ledger_key',
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField(null=True)),
                ('kind', models.CharField(max_length=60)),
                ('body', models.TextField()),
                ('leaf', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=32)),
                ('signature', models.CharField(max_length=88)),
                ('subject_type', models.CharField(max_length=60)),
                ('subject_id', models.BigIntegerField(null=True)),
                ('secret', models.CharField(blank=True, max_length=32, null=True)),
                ('government', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_ledger_entry',
                'indexes': [models.Index(fields=['government', 'leaf'], name='mt_ledger_leaf_ix'), models.Index(fields=['subject_type', 'subject_id'], name='mt_ledger_subject_ix')],
                'constraints': [models.UniqueConstraint(fields=('government', 'position'), name='mt_ledger_position_uq')],
            },
        ),
        migrations.CreateModel(
            name='LedgerNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.BigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('government', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_ledger_node',
                'constraints': [models.UniqueConstraint(fields=('government', 'place'), name='mt_ledger_node_uq')],
            },
        ),
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('signed', models.JSONField()),
                ('government', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_tree_head',
                'constraints': [models.UniqueConstraint(fields=('government', 'size'), name='mt_tree_head_uq')],
            },
        ),
    ]
