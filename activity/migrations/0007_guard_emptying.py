"""What the database itself refuses: emptying a table of events at one stroke (TRUNCATE)."""

from django.db import migrations

REFUSED_BY = {
    "activity_event": "activity_refuse_change",
}


class Migration(migrations.Migration):
    dependencies = [("activity", "0006_comment")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}();",
            f"DROP TRIGGER never_emptied ON {table};",
        )
        for table, refuse in REFUSED_BY.items()
    ]
