"""What the database itself refuses: altering what an import once said."""

from django.db import migrations

HISTORY = """
CREATE FUNCTION indicators_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'Observations are appended, never altered.' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;

CREATE TRIGGER observations_stay BEFORE UPDATE OR DELETE ON indicators_observation
    FOR EACH ROW EXECUTE FUNCTION indicators_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [
        migrations.RunSQL(
            HISTORY,
            """
            DROP TRIGGER observations_stay ON indicators_observation;
            DROP FUNCTION indicators_refuse_change();
            """,
        ),
    ]
