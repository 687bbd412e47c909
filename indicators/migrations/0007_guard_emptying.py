"""What the database itself refuses: emptying a table of observations at one stroke (TRUNCATE)."""

from django.db import migrations

REFUSED_BY = {
    "indicators_observation": "indicators_refuse_change",
}


class Migration(migrations.Migration):
    dependencies = [("indicators", "0006_what_a_check_leaves")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}();",
            f"DROP TRIGGER never_emptied ON {table};",
        )
        for table, refuse in REFUSED_BY.items()
    ]
