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
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveIntegerField(unique=True)),
                ('source', models.CharField(max_length=200)),
                ('imported_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'mt_calendar_year',
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day_on', models.DateField(unique=True)),
                ('worked', models.BooleanField()),
                ('year', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='figures.calendaryear')),
            ],
            options={
                'db_table': 'mt_calendar_day',
            },
        ),
        migrations.CreateModel(
            name='FigureSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('value', models.CharField(max_length=60)),
                ('since_on', models.DateField()),
                ('source', models.CharField(max_length=200)),
                ('reason', models.TextField()),
                ('set_at', models.DateTimeField()),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.government')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'mt_figure_setting',
                'indexes': [models.Index(fields=['government', 'key', 'since_on'], name='mt_figure_setting_ix')],
            },
        ),
    ]
