"""What is current becomes a view of the observations; the table that repeated it goes.

Nothing is lost: the table was derived from the observations. Of them a mark may change from now on,
whether a newer import says something else, and nothing but that mark.
"""

from django.db import migrations, models

MARK = """
DROP TRIGGER observations_stay ON indicators_observation;

UPDATE indicators_observation o SET is_superseded = true
FROM (
    SELECT DISTINCT ON (o.indicator_id, o.country_id, o.period, o.breakdown)
        o.indicator_id, o.country_id, o.period, o.breakdown, o.origin_id
    FROM indicators_observation o
    JOIN indicators_import i ON i.id = o.origin_id AND i.state = 'committed'
    ORDER BY o.indicator_id, o.country_id, o.period, o.breakdown, i.number DESC
) newest
WHERE (o.indicator_id, o.country_id, o.period, o.breakdown)
    = (newest.indicator_id, newest.country_id, newest.period, newest.breakdown)
AND o.origin_id <> newest.origin_id;

CREATE TRIGGER observations_stay BEFORE DELETE OR UPDATE OF
    indicator_id, country_id, period, breakdown, origin_id, frequency, year, value, flag, note,
    unit, standard_error, sample_size, is_gone
ON indicators_observation FOR EACH ROW EXECUTE FUNCTION indicators_refuse_change();
"""

# NOT IN rather than a join: a plan can but look the few ids up, whatever it expects of the imports.
VIEW = """
DROP TABLE indicators_currentvalue;

CREATE VIEW indicators_currentvalue AS
SELECT o.indicator_id, o.country_id, o.period, o.breakdown, o.origin_id, o.frequency, o.year,
    o.value, o.flag, o.note, o.unit, o.standard_error, o.sample_size
FROM indicators_observation o
WHERE NOT o.is_superseded AND NOT o.is_gone
AND o.origin_id NOT IN (SELECT id FROM indicators_import WHERE state <> 'committed')
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0007_guard_emptying")]

    operations = [
        migrations.AlterField("observation", "is_gone", models.BooleanField(db_default=False)),
        migrations.AddField("observation", "is_superseded", models.BooleanField(db_default=False)),
        migrations.RunSQL(MARK),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(VIEW)],
            state_operations=[
                migrations.RemoveIndex("currentvalue", "current_by_country"),
                migrations.AlterModelOptions("currentvalue", {"managed": False}),
            ],
        ),
    ]
