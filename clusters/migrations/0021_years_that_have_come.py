"""A cluster's name is its own whatever its capitals; no year ahead is measured."""

import clusters.models.registry
import django.core.validators
import django.db.models.functions.text
from django.db import migrations, models
from django.db.models.functions import Lower


def refuse_names_alike(apps, schema_editor):
    """Say which entries have to be told apart before names are unique whatever their capitals."""
    clusters = apps.get_model("clusters", "Cluster").objects
    alike = (
        clusters.values("country", low=Lower("name")).annotate(n=models.Count("pk")).filter(n__gt=1)
    )
    if named := [f"{one['country']}: {one['low']}" for one in alike]:
        raise RuntimeError(
            "Entries of the registry whose names differ in capitals only have to be renamed first: "
            + "; ".join(named)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0020_marked"),
        ("countries", "0004_regions_and_industries"),
    ]

    operations = [
        migrations.RunPython(refuse_names_alike, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="cluster",
            name="cluster_name_is_unique_in_country",
        ),
        migrations.AlterField(
            model_name="capabilityanswers",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(1800),
                    clusters.models.registry.has_come,
                ],
                verbose_name="year",
            ),
        ),
        migrations.AlterField(
            model_name="clusterfigure",
            name="year",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1800),
                    clusters.models.registry.has_come,
                ],
                verbose_name="year",
            ),
        ),
        migrations.AlterField(
            model_name="sizestructure",
            name="year",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(1900),
                    clusters.models.registry.has_come,
                ],
                verbose_name="year",
            ),
        ),
        migrations.AddConstraint(
            model_name="cluster",
            constraint=models.UniqueConstraint(
                models.F("country"),
                django.db.models.functions.text.Lower("name"),
                name="cluster_name_is_unique_in_country",
                violation_error_message="The country has a cluster of this name already.",
            ),
        ),
    ]
