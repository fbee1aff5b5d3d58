
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_site_mark'),
        ('consultations', '0008_listening_channels'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OpinionPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clause_key', models.BigIntegerField(default=0)),
                ('pair', models.IntegerField()),
            ],
            options={
                'db_table': 'mt_opinion_pair',
            },
        ),
        migrations.AddField(
            model_name='opinion',
            name='adds_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supplements', to='consultations.opinion'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='helped',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='opinion',
            name='helped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='opinion',
            name='helped_why',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='opinion',
            name='marks',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='opinion',
            name='on_behalf',
            field=models.CharField(default='person', max_length=12),
        ),
        migrations.AddField(
            model_name='opinion',
            name='organisation',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='opinion',
            name='proposed',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='opinion',
            name='quote',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='opinion',
            name='quote_prefix',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='opinion',
            name='quote_start',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='opinion',
            name='quote_suffix',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='opinion',
            name='same_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='consultations.opinion'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='sketched',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='opinion',
            name='source_url',
            field=models.URLField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='opinion',
            name='text_key',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(fields=['consultation', 'text_key'], name='mt_opinion_words_ix'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(condition=models.Q(('state', 'received'), models.Q(('marks', ''), _negated=True)), fields=['consultation', 'id'], name='mt_opinion_marked_ix'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(condition=models.Q(('publish_consent', True), ('sketched', False), ('state', 'shown')), fields=['consultation', 'id'], name='mt_opinion_sketch_ix'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('on_behalf__in', ['person', 'organisation', 'helper'])), name='mt_opinion_behalf_ck'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.CheckConstraint(condition=models.Q(('helped__in', ['', 'yes', 'no'])), name='mt_opinion_helped_ck'),
        ),
        migrations.AddField(
            model_name='opinionpair',
            name='consultation',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consultations.consultation'),
        ),
        migrations.AddField(
            model_name='opinionpair',
            name='opinion',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='consultations.opinion'),
        ),
        migrations.AddIndex(
            model_name='opinionpair',
            index=models.Index(fields=['consultation', 'clause_key', 'pair', '-opinion'], name='mt_opinion_pair_ix'),
        ),
    ]
