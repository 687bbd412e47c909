"""Firms as subjects of rounds, and the quartiles told of them.

History stays unaltered; only with a firm's whole profile does it go, when the firm leaves.
"""

import django.db.models.deletion
from django.db import migrations, models


GUARDS = """
CREATE FUNCTION diagnostics_refuse_forgetting() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT FROM diagnostics_response
        JOIN diagnostics_sheet ON diagnostics_sheet.id = diagnostics_response.sheet_id
        JOIN diagnostics_round ON diagnostics_round.id = diagnostics_sheet.round_id
        WHERE diagnostics_response.id = OLD.response_id AND diagnostics_round.firm_id IS NOT NULL
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'History is not altered.' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;

DROP TRIGGER history_stays ON diagnostics_responsechange;
CREATE TRIGGER history_stays BEFORE UPDATE ON diagnostics_responsechange
    FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
CREATE TRIGGER history_is_kept BEFORE DELETE ON diagnostics_responsechange
    FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_forgetting();

CREATE TRIGGER drawing_stays BEFORE UPDATE OR DELETE ON diagnostics_drawing
    FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON diagnostics_drawing
    EXECUTE FUNCTION diagnostics_refuse_change();
"""

UNGUARDED = """
DROP TRIGGER never_emptied ON diagnostics_drawing;
DROP TRIGGER drawing_stays ON diagnostics_drawing;
DROP TRIGGER history_is_kept ON diagnostics_responsechange;
DROP TRIGGER history_stays ON diagnostics_responsechange;
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON diagnostics_responsechange
    FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
DROP FUNCTION diagnostics_refuse_forgetting();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0008_firms'),
        ('countries', '0004_regions_and_industries'),
        ('diagnostics', '0014_translations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=100)),
                ('drawn_at', models.DateTimeField(auto_now_add=True)),
                ('lower', models.PositiveSmallIntegerField()),
                ('median', models.PositiveSmallIntegerField()),
                ('upper', models.PositiveSmallIntegerField()),
                ('firms', models.JSONField()),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='round',
            name='round_has_the_subject_it_names',
        ),
        migrations.AddField(
            model_name='round',
            name='firm',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='clusters.firm'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cluster', None), ('firm', None), ('subject', 'country')), models.Q(('cluster__isnull', False), ('firm', None), ('subject', 'cluster')), models.Q(('cluster', None), ('firm__isnull', False), ('subject', 'firm')), _connector='OR'), name='round_has_the_subject_it_names'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.UniqueConstraint(fields=('firm', 'instrument_version'), name='round_is_one_per_firm_and_instrument'),
        ),
        migrations.AddField(
            model_name='drawing',
            name='cluster',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawings', to='clusters.cluster'),
        ),
        migrations.AddField(
            model_name='drawing',
            name='instrument_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='diagnostics.instrumentversion'),
        ),
        migrations.AddIndex(
            model_name='drawing',
            index=models.Index(fields=['cluster', 'instrument_version', 'code'], name='drawing_by_row'),
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
