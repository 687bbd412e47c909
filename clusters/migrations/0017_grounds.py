"""On what the answers of the guided test rest, where a document gives them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clusters", "0016_mapped_once")]

    operations = [
        migrations.AddField("cluster", "grounds", models.JSONField(default=dict, editable=False))
    ]
