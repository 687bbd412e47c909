"""What the database itself refuses: altering events."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("activity", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION activity_refuse_change() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'Events are not altered.' USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql;

            CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON activity_event
                FOR EACH ROW EXECUTE FUNCTION activity_refuse_change();
            """,
            """
            DROP TRIGGER events_stay ON activity_event;
            DROP FUNCTION activity_refuse_change();
            """,
        )
    ]
