"""What the database itself refuses: changing what a report version shows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION reports_refuse_change() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'A report version never changes.' USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql;

            CREATE TRIGGER snapshot_stays
                BEFORE UPDATE OF snapshot, sha256, number, round_id, scoring_id
                ON reports_reportversion
                FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
            """,
            """
            DROP TRIGGER snapshot_stays ON reports_reportversion;
            DROP FUNCTION reports_refuse_change();
            """,
        )
    ]
