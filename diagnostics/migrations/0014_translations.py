"""Instruments in other languages; a newer file is a newer row, for snapshots name the older."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diagnostics", "0013_guard_emptying")]

    operations = [
        migrations.CreateModel(
            name="InstrumentTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "reviewed_by",
                    models.CharField(blank=True, max_length=200, verbose_name="reviewed by"),
                ),
                ("loaded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="diagnostics.instrumentversion",
                    ),
                ),
            ],
            options={"ordering": ["version", "language", "-pk"]},
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER translation_stays
            BEFORE UPDATE OR DELETE ON diagnostics_instrumenttranslation
            FOR EACH ROW EXECUTE FUNCTION diagnostics_refuse_change();
            CREATE TRIGGER never_emptied
            BEFORE TRUNCATE ON diagnostics_instrumenttranslation
            EXECUTE FUNCTION diagnostics_refuse_change();
            """,
            """
            DROP TRIGGER never_emptied ON diagnostics_instrumenttranslation;
            DROP TRIGGER translation_stays ON diagnostics_instrumenttranslation;
            """,
        ),
    ]
