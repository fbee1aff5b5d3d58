from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PageVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('government_id', models.BigIntegerField()),
                ('key', models.CharField(max_length=80)),
                ('number', models.BigIntegerField(default=1)),
            ],
            options={
                'db_table': 'mt_page_version',
                'constraints': [models.UniqueConstraint(fields=('government_id', 'key'), name='mt_page_version_uq')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('hour_at', models.DateTimeField()),
                ('number', models.PositiveIntegerField(default=1)),
            ],
            options={
                'db_table': 'mt_passage',
                'constraints': [models.UniqueConstraint(fields=('key', 'hour_at'), name='mt_passage_uq')],
            },
        ),
    ]
