"""What the database itself refuses: changing a file, and removing that of a published version."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_renditions")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION reports_keep_rendition() RETURNS trigger AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND NOT OLD.published THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION 'A file of a report never changes, a published file stays.'
                    USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql;

            CREATE TRIGGER rendition_stays
                BEFORE UPDATE OR DELETE ON reports_rendition
                FOR EACH ROW EXECUTE FUNCTION reports_keep_rendition();
            """,
            """
            DROP TRIGGER rendition_stays ON reports_rendition;
            DROP FUNCTION reports_keep_rendition();
            """,
        )
    ]
