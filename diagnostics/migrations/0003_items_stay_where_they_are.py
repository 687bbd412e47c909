"""The guard of published items looks at the version an item leaves as well as the one it enters."""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION diagnostics_guard_item() RETURNS trigger AS $$
BEGIN
    IF EXISTS (
        SELECT FROM diagnostics_instrumentversion
        WHERE id IN ({versions}) AND state = 'published'
    ) THEN
        RAISE EXCEPTION 'A published instrument version never changes.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$ LANGUAGE plpgsql;
"""


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0002_guards")]

    operations = [
        migrations.RunSQL(
            GUARD.format(versions="NEW.version_id, OLD.version_id"),
            GUARD.format(versions="COALESCE(NEW.version_id, OLD.version_id)"),
        )
    ]
