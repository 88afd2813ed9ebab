"""A plan is of a kind: the plan itself, or a report; and the headings that each begins with."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from associations.sealing import Seal, Unseal

ADOPTED = "{row}.adopted_on IS NOT NULL"
OF_PLAN = (
    "EXISTS (SELECT 1 FROM plans_plan p "
    "WHERE p.id = {row}.plan_id AND p.adopted_on IS NOT NULL)"
)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0004_years_within_reach'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Unseal('plans_chapter', OF_PLAN),
        Unseal('plans_plan', ADOPTED, own=True),
        migrations.CreateModel(
            name='HistoricalStartingChapter',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'verksamhetsplan'), ('half_year', 'delårsrapport'), ('annual', 'årsredovisning')], max_length=12, verbose_name='slag')),
                ('position', models.PositiveSmallIntegerField(verbose_name='kapitel')),
                ('title', models.CharField(max_length=120, verbose_name='rubrik')),
                ('body', models.TextField(blank=True, help_text='Markdown. Block som [[utfall]] kan stå här från början. {år} blir dokumentets år.', verbose_name='text')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical startkapitel',
                'verbose_name_plural': 'historical startkapitel',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='StartingChapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'verksamhetsplan'), ('half_year', 'delårsrapport'), ('annual', 'årsredovisning')], max_length=12, verbose_name='slag')),
                ('position', models.PositiveSmallIntegerField(verbose_name='kapitel')),
                ('title', models.CharField(max_length=120, verbose_name='rubrik')),
                ('body', models.TextField(blank=True, help_text='Markdown. Block som [[utfall]] kan stå här från början. {år} blir dokumentets år.', verbose_name='text')),
            ],
            options={
                'verbose_name': 'startkapitel',
                'verbose_name_plural': 'startkapitel',
                'ordering': ['kind', 'position'],
            },
        ),
        migrations.AlterModelOptions(
            name='historicalplan',
            options={'get_latest_by': ('history_date', 'history_id'), 'ordering': ('-history_date', '-history_id'), 'verbose_name': 'historical plan eller rapport', 'verbose_name_plural': 'historical planer och rapporter'},
        ),
        migrations.AlterModelOptions(
            name='plan',
            options={'ordering': ['association', '-year', 'kind', '-edition'], 'permissions': [('adopt_plan', 'Får fastställa planer och rapporter')], 'verbose_name': 'plan eller rapport', 'verbose_name_plural': 'planer och rapporter'},
        ),
        migrations.RemoveConstraint(
            model_name='plan',
            name='plan_edition_once',
        ),
        migrations.AddField(
            model_name='historicalplan',
            name='kind',
            field=models.CharField(choices=[('plan', 'verksamhetsplan'), ('half_year', 'delårsrapport'), ('annual', 'årsredovisning')], default='plan', max_length=12, verbose_name='slag'),
        ),
        migrations.AddField(
            model_name='plan',
            name='kind',
            field=models.CharField(choices=[('plan', 'verksamhetsplan'), ('half_year', 'delårsrapport'), ('annual', 'årsredovisning')], default='plan', max_length=12, verbose_name='slag'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('association', 'kind', 'year', 'edition'), name='plan_edition_once', violation_error_message='Förbundet har redan den utgåvan för året.'),
        ),
        migrations.AddField(
            model_name='historicalstartingchapter',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='startingchapter',
            constraint=models.UniqueConstraint(fields=('kind', 'position'), name='starting_chapter_position_once', violation_error_message='Två kapitel har samma nummer.'),
        ),
        Seal('plans_plan', ADOPTED, own=True),
        Seal('plans_chapter', OF_PLAN),
    ]
