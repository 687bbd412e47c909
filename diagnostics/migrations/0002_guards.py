"""What the database itself refuses: changing a published instrument, altering history."""

from django.db import migrations

PUBLISHED = """
CREATE FUNCTION diagnostics_refuse_published() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'A published instrument version never changes.' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;

CREATE TRIGGER published_version_stays BEFORE UPDATE OR DELETE ON diagnostics_instrumentversion
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION diagnostics_refuse_published();

CREATE FUNCTION diagnostics_guard_item() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT FROM diagnostics_instrumentversion
        WHERE id = COALESCE(NEW.version_id, OLD.version_id) AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'A published instrument version never changes.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;

CREATE TRIGGER published_items_stay BEFORE INSERT OR UPDATE OR DELETE ON diagnostics_item
    FOR EACH ROW EXECUTE FUNCTION diagnostics_guard_item();
"""

HISTORY = """
CREATE FUNCTION diagnostics_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'History is not altered.' USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;

CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON diagnostics_responsechange
    FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0001_initial")]

    operations = [
        migrations.RunSQL(
            PUBLISHED,
            """
            DROP TRIGGER published_items_stay ON diagnostics_item;
            DROP TRIGGER published_version_stays ON diagnostics_instrumentversion;
            DROP FUNCTION diagnostics_guard_item();
            DROP FUNCTION diagnostics_refuse_published();
            """,
        ),
        migrations.RunSQL(
            HISTORY,
            """
            DROP TRIGGER history_stays ON diagnostics_responsechange;
            DROP FUNCTION diagnostics_refuse_change();
            """,
        ),
    ]
