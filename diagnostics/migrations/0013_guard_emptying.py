"""What the database itself refuses: emptying a table of published instruments, histories, decisions at one stroke (TRUNCATE)."""

from django.db import migrations

REFUSED_BY = {
    "diagnostics_instrumentversion": "diagnostics_refuse_published",
    "diagnostics_item": "diagnostics_refuse_published",
    "diagnostics_responsechange": "diagnostics_refuse_change",
    "diagnostics_settlement": "diagnostics_refuse_change",
    "diagnostics_dissent": "diagnostics_refuse_change",
    "diagnostics_objection": "diagnostics_refuse_change",
    "diagnostics_progressnote": "diagnostics_refuse_change",
}


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0012_practice_rounds")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}();",
            f"DROP TRIGGER never_emptied ON {table};",
        )
        for table, refuse in REFUSED_BY.items()
    ]
