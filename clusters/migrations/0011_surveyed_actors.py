"""What an actor is moves from the actor, which all surveys share, to the actor of each survey."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

KINDS = [
    ("core", "core firm"),
    ("anchor", "large or anchor firm"),
    ("supplier", "supplier"),
    ("buyer", "buyer"),
    ("service", "commercial services"),
    ("support", "support institution"),
    ("government", "government"),
]


def copied(apps, schema_editor):
    actor = apps.get_model("clusters", "Actor").objects.filter(pk=OuterRef("actor"))
    apps.get_model("clusters", "SurveyedActor").objects.update(
        kind=Subquery(actor.values("kind")), inside=Subquery(actor.values("inside"))
    )


class Migration(migrations.Migration):
    dependencies = [("clusters", "0010_study_guards")]

    operations = [
        migrations.AddField(
            "surveyedactor",
            "kind",
            models.CharField(choices=KINDS, default="core", max_length=10, verbose_name="kind"),
            preserve_default=False,
        ),
        migrations.AddField(
            "surveyedactor",
            "inside",
            models.BooleanField(default=True, verbose_name="inside the cluster"),
        ),
        migrations.RunPython(copied),
        migrations.RemoveConstraint("actor", "actor_kind_is_known"),
        migrations.RemoveField("actor", "kind"),
        migrations.RemoveField("actor", "inside"),
        migrations.AddConstraint(
            "surveyedactor",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _ in KINDS]),
                name="actor_kind_is_known",
            ),
        ),
    ]
