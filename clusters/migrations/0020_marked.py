"""A faulty table of employment as a workbook with the wrong cells marked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0019_evidence_words")]

    operations = [
        migrations.AddField(
            "employmenttable",
            "marked",
            models.FileField(blank=True, max_length=200, upload_to="employment/"),
        )
    ]
