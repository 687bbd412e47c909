"""An actor's name is its own in the cluster whatever its capitals."""

import django.db.models.functions.text
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import migrations, models
from django.db.models.functions import Lower

import countries.models


def refuse_names_alike(apps, schema_editor):
    """Say which actors have to be told apart before names are unique whatever their capitals."""
    alike = (
        apps.get_model("clusters", "Actor")
        .objects.values("cluster__country", "cluster__name", low=Lower("name"))
        .annotate(names=ArrayAgg("name", order_by="name"))
        .filter(names__len__gt=1)
        .order_by("cluster__country", "cluster__name", "low")
    )
    if named := [
        f"{one['cluster__country']}, {one['cluster__name']}: "
        + " and ".join(f"“{name}”" for name in one["names"])
        for one in alike
    ]:
        raise RuntimeError(
            "Actors of a cluster whose names differ in capitals only have to be renamed first, on "
            "the page of a survey where each stands: " + "; ".join(named)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0026_reasons_of_any_length"),
    ]

    operations = [
        migrations.RunPython(refuse_names_alike, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="actor",
            name="actor_name_is_unique_in_cluster",
        ),
        migrations.AddConstraint(
            model_name="actor",
            constraint=models.UniqueConstraint(
                models.F("cluster"),
                django.db.models.functions.text.Lower("name"),
                name="actor_name_is_unique_in_cluster",
                violation_error_message="The cluster has an actor of this name already.",
            ),
        ),
        migrations.AlterField(
            model_name="lesson",
            name="author",
            field=models.CharField(
                help_text="An organisation or a group. It stands on the page for everybody.",
                max_length=200,
                validators=[countries.models.only_seen],
                verbose_name="who says so",
            ),
        ),
    ]
