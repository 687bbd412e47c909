"""Entries of the library that tell of clusters in the registry."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clusters", "0018_told_in_languages"),
        ("diagnostics", "0016_library_translations"),
    ]

    operations = [
        migrations.AddField(
            model_name="experience",
            name="clusters",
            field=models.ManyToManyField(related_name="experiences", to="clusters.cluster"),
        ),
    ]
