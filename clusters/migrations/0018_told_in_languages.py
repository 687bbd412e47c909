"""Documents' entries by code, in every language, with what their point is and their phase."""

from django.db import migrations, models


def name_the_town(apps, schema_editor):
    found = apps.get_model("clusters", "Cluster").objects.filter(name="Knitwear of Bangladesh")
    found.filter(document="adbi-2007").update(name="Dhaka knitwear")


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0017_grounds"),
        ("countries", "0004_regions_and_industries"),
    ]

    operations = [
        migrations.AddField(
            model_name="cluster",
            name="code",
            field=models.SlugField(blank=True, editable=False, max_length=60),
        ),
        migrations.AddField(
            model_name="cluster",
            name="point_of",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("town", "the town"),
                    ("place", "the place itself"),
                    ("seat", "the main town of the province, region or district"),
                    ("middle", "about the middle of the area"),
                    ("first", "the first of the places named"),
                ],
                default="",
                max_length=6,
                verbose_name="what the point is",
            ),
        ),
        migrations.AddField(
            model_name="cluster",
            name="told_phase",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not known"),
                    ("initiation", "initiation"),
                    ("quantity", "quantity expansion"),
                    ("quality", "quality improvement"),
                ],
                default="",
                editable=False,
                max_length=10,
                verbose_name="phase",
            ),
        ),
        migrations.AddField(
            model_name="cluster",
            name="told_phase_ground",
            field=models.CharField(blank=True, editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="cluster",
            name="words",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("code",),
                name="cluster_code_is_unique",
            ),
        ),
        migrations.RunPython(name_the_town, migrations.RunPython.noop),
    ]
