"""Every answer on what a cluster is capable of is kept, with who entered it and when."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0021_years_that_have_come"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            "capabilityanswers",
            "cluster",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="capabilities",
                to="clusters.cluster",
            ),
        ),
        migrations.AddField(
            "capabilityanswers",
            "by",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "capabilityanswers", "at", models.DateTimeField(editable=False, null=True)
        ),
        # Of answers entered before, nobody knows when.
        migrations.AlterField(
            "capabilityanswers",
            "at",
            models.DateTimeField(
                default=django.utils.timezone.now, editable=False, null=True
            ),
        ),
        migrations.AlterModelOptions(
            "capabilityanswers",
            {"ordering": ["-year", "-pk"], "verbose_name_plural": "capability answers"},
        ),
    ]
