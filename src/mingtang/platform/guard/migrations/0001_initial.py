import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('findings', models.JSONField(default=list)),
                ('scanned_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'mt_guard_scan',
            },
        ),
        migrations.CreateModel(
            name='PublicCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_sha256', models.CharField(max_length=64)),
                ('copy_sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('original', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='public_copy', to='files.storedfile')),
            ],
            options={
                'db_table': 'mt_guard_copy',
            },
        ),
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('fingerprint', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=20)),
                ('place', models.CharField(max_length=200)),
                ('excerpt', models.CharField(blank=True, max_length=200)),
                ('reason', models.TextField()),
                ('cleared_at', models.DateTimeField()),
                ('cleared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_guard_clearance',
                'constraints': [models.UniqueConstraint(fields=('government', 'subject_kind', 'subject_id', 'fingerprint'), name='mt_guard_clearance_uq')],
            },
        ),
    ]
