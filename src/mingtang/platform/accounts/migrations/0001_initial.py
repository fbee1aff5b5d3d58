import django.db.models.deletion
import mingtang.platform.actor
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Government',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=200, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=120)),
                ('site_name', models.CharField(max_length=80)),
                ('site_name_en', models.CharField(max_length=120)),
                ('code_prefix', models.CharField(default='MT', max_length=6)),
                ('site_id_code', models.CharField(default='0000000000', max_length=10)),
                ('icp', models.CharField(blank=True, max_length=60)),
                ('police_no', models.CharField(blank=True, max_length=60)),
                ('host_org', models.CharField(blank=True, max_length=80)),
                ('host_org_en', models.CharField(blank=True, max_length=120)),
                ('operator_org', models.CharField(blank=True, max_length=80)),
                ('operator_org_en', models.CharField(blank=True, max_length=120)),
                ('address', models.CharField(blank=True, max_length=160)),
                ('address_en', models.CharField(blank=True, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('hours', models.CharField(blank=True, max_length=80)),
                ('hours_en', models.CharField(blank=True, max_length=120)),
                ('mark_url', models.URLField(blank=True, max_length=300)),
            ],
            options={
                'db_table': 'mt_government',
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('abbreviation', models.CharField(blank=True, max_length=12)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('is_office', models.BooleanField(default=False)),
                ('position', models.PositiveIntegerField(default=0)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('government', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_department',
                'ordering': ('position', 'id'),
                'constraints': [models.UniqueConstraint(fields=('government', 'name'), name='mt_department_name_uq')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('name', models.CharField(max_length=60)),
                ('job_title', models.CharField(blank=True, max_length=60)),
                ('language', models.CharField(default='zh', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('password_changed_at', models.DateTimeField(blank=True, null=True)),
                ('must_change_password', models.BooleanField(default=False)),
                ('joined_at', models.DateTimeField(blank=True, null=True)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to='accounts.department')),
                ('government', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='accounts.government')),
            ],
            options={
                'db_table': 'mt_person',
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('since_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to=settings.AUTH_USER_MODEL)),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='accounts.department')),
            ],
            options={
                'db_table': 'mt_assignment',
                'constraints': [models.UniqueConstraint(fields=('person', 'role', 'department', 'since_on'), name='mt_assignment_uq'), models.CheckConstraint(condition=models.Q(('role__in', [mingtang.platform.actor.Role['AUDITOR'], mingtang.platform.actor.Role['CITIZEN'], mingtang.platform.actor.Role['CLERK'], mingtang.platform.actor.Role['EDITOR_1'], mingtang.platform.actor.Role['EDITOR_2'], mingtang.platform.actor.Role['EDITOR_3'], mingtang.platform.actor.Role['HEAD'], mingtang.platform.actor.Role['INSPECTOR'], mingtang.platform.actor.Role['LEADER'], mingtang.platform.actor.Role['LEGALITY'], mingtang.platform.actor.Role['MODERATOR'], mingtang.platform.actor.Role['OFFICE'], mingtang.platform.actor.Role['OPERATOR'], mingtang.platform.actor.Role['REPRESENTATIVE'], mingtang.platform.actor.Role['SECURITY_ADMIN'], mingtang.platform.actor.Role['SECRECY'], mingtang.platform.actor.Role['SYSTEM_ADMIN']])), name='mt_assignment_role_ck')],
            },
        ),
    ]
