"""A tie says who gives to whom and since when; one that was mutual gives both ways."""

from django.db import migrations, models


def turned(apps, schema_editor):
    apps.get_model("clusters", "Tie").objects.filter(mutual=True).update(direction="both")


class Migration(migrations.Migration):
    dependencies = [("clusters", "0014_study_steps")]

    operations = [
        migrations.AddField(
            "tie",
            "direction",
            models.CharField(
                blank=True,
                choices=[
                    ("", "not said"),
                    ("gives", "gives"),
                    ("takes", "takes"),
                    ("both", "both ways"),
                ],
                default="",
                max_length=5,
                verbose_name="direction",
            ),
        ),
        migrations.AddField(
            "tie", "since", models.CharField(blank=True, max_length=10, verbose_name="since")
        ),
        migrations.RunPython(turned),
        migrations.RemoveField("tie", "mutual"),
        migrations.AddConstraint(
            "tie",
            models.CheckConstraint(
                condition=models.Q(direction__in=["", "gives", "takes", "both"]),
                name="tie_direction_is_known",
            ),
        ),
        migrations.AddConstraint(
            "tie",
            models.CheckConstraint(
                condition=models.Q(since__regex=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"),
                name="tie_since_is_a_day_or_a_part_of_one",
            ),
        ),
    ]
