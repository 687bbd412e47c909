"""What a line of a study points to, in every language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0018_told_in_languages")]

    operations = [
        migrations.AddField(
            "swotline",
            "evidence_words",
            models.JSONField(blank=True, default=dict, editable=False),
        )
    ]
