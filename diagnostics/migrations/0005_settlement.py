"""Settlement rows and dissents; the database refuses to alter them."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_shared_cache'),
        ('diagnostics', '0004_evidence_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dissent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=2000, verbose_name='what it holds, and why')),
                ('named', models.BooleanField(default=False)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dissents', to='diagnostics.response')),
            ],
            options={
                'ordering': ['at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('response', 'organisation'), name='dissent_is_one_per_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('settled', 'settled'), ('waived', 'waived'), ('taken_back', 'taken back'), ('reopened', 'opened again')], max_length=10)),
                ('revision', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.TextField()),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='settlements', to='diagnostics.response')),
            ],
            options={
                'ordering': ['response', '-revision'],
                'constraints': [models.UniqueConstraint(fields=('response', 'revision'), name='settlement_is_one_per_revision'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='settlement_has_a_reason')],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER settlements_stay BEFORE UPDATE OR DELETE ON diagnostics_settlement
                FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
            CREATE TRIGGER dissents_stay
                BEFORE DELETE OR UPDATE OF response_id, organisation_id, text, by_id, named, at
                ON diagnostics_dissent
                FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
            """,
            """
            DROP TRIGGER dissents_stay ON diagnostics_dissent;
            DROP TRIGGER settlements_stay ON diagnostics_settlement;
            """,
        ),
    ]
