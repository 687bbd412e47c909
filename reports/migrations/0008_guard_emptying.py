"""What the database itself refuses: emptying a table of report versions, their files and reviews at one stroke (TRUNCATE)."""

from django.db import migrations

REFUSED_BY = {
    "reports_reportversion": "reports_refuse_change",
    "reports_rendition": "reports_refuse_change",
    "reports_remark": "reports_keep_review",
    "reports_approval": "reports_keep_review",
    "reports_reply": "reports_keep_review",
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_guard_reviews")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}();",
            f"DROP TRIGGER never_emptied ON {table};",
        )
        for table, refuse in REFUSED_BY.items()
    ]
