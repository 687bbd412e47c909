"""What the database itself refuses: changing a published study, its values and its lessons."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION clusters_refuse_change() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'What is published of a study, its values and lessons are not altered.'
        USING ERRCODE = 'check_violation';
END $$ LANGUAGE plpgsql;

CREATE TRIGGER published_study_stays BEFORE UPDATE OR DELETE ON clusters_study
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION clusters_refuse_change();
"""
ROWS = "".join(
    f"""
    CREATE TRIGGER rows_stay BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION clusters_refuse_change();
    """
    for table in ("clusters_reading", "clusters_lesson")
)
EMPTYING = "".join(
    f"""
    CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table}
        EXECUTE FUNCTION clusters_refuse_change();
    """
    for table in ("clusters_study", "clusters_reading", "clusters_lesson")
)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0009_following")]

    operations = [
        migrations.RunSQL(REFUSE + ROWS + EMPTYING, "DROP FUNCTION clusters_refuse_change() CASCADE;")
    ]
