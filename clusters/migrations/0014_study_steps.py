"""Studies are approved, superseded and withdrawn; a value is corrected by one in its place."""
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What was published keeps all but where it stands: it may be superseded, then withdrawn.
STAYS = """
CREATE TRIGGER published_study_stays BEFORE UPDATE ON clusters_study
    FOR EACH ROW WHEN (
        OLD.published_at IS NOT NULL AND (
            NEW.state NOT IN ('superseded', 'withdrawn')
            OR OLD.state = 'withdrawn'
            OR to_jsonb(OLD) - ARRAY['state', 'withdrawn_at', 'withdrawn_because']
                <> to_jsonb(NEW) - ARRAY['state', 'withdrawn_at', 'withdrawn_because']
        )
    ) EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER published_study_is_not_deleted BEFORE DELETE ON clusters_study
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION clusters_refuse_change();
"""
STAYED = """
CREATE TRIGGER published_study_stays BEFORE UPDATE OR DELETE ON clusters_study
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION clusters_refuse_change();
"""
# Of several published ones of a cluster the newest is the valid one.
FORMER = """
UPDATE clusters_study SET state = 'superseded' WHERE state = 'published' AND EXISTS (
    SELECT FROM clusters_study newer WHERE newer.cluster_id = clusters_study.cluster_id
        AND newer.state = 'published' AND newer.number > clusters_study.number
);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0013_candidates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL("DROP TRIGGER published_study_stays ON clusters_study;", STAYED),
        migrations.RemoveConstraint(
            model_name='reading',
            name='reading_is_one_a_day',
        ),
        migrations.RemoveConstraint(
            model_name='study',
            name='study_is_written_one_at_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='study',
            name='study_is_hashed_once_published',
        ),
        migrations.AddField(
            model_name='planline',
            name='payer',
            field=models.CharField(blank=True, max_length=200, verbose_name='who pays, if it is known'),
        ),
        migrations.AddField(
            model_name='reading',
            name='at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='reading',
            name='by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='reason',
            field=models.CharField(blank=True, max_length=500, verbose_name='reason of the correction'),
        ),
        migrations.AddField(
            model_name='reading',
            name='replaces',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='clusters.reading'),
        ),
        migrations.AddField(
            model_name='study',
            name='approved_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='study',
            name='sent_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='study',
            name='withdrawn_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='study',
            name='withdrawn_because',
            field=models.TextField(blank=True, editable=False, max_length=1000),
        ),
        migrations.AlterField(
            model_name='study',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('review', 'in review'), ('approved', 'approved'), ('published', 'published'), ('superseded', 'superseded'), ('withdrawn', 'withdrawn')], default='draft', editable=False, max_length=10),
        ),
        migrations.RunSQL(FORMER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('line', 'day'), name='reading_is_one_a_day', violation_error_message='There is a value of this day already; a wrong one is corrected.'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('replaces', None)), models.Q(('replaces__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='reading_is_corrected_with_a_reason', violation_error_message='Give a reason.'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'review', 'approved'])), fields=('cluster',), name='study_is_written_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('cluster',), name='study_published_is_one_per_cluster'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sha256', ''), ('snapshot__isnull', True), ('state__in', ['draft', 'review'])), models.Q(models.Q(('state__in', ['draft', 'review']), _negated=True), ('snapshot__isnull', False), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='study_is_hashed_once_approved'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at', None), ('state__in', ['draft', 'review', 'approved'])), models.Q(('published_at__isnull', False), ('state__in', ['published', 'superseded', 'withdrawn'])), _connector='OR'), name='study_has_its_day_once_published'),
        ),
        migrations.AddConstraint(
            model_name='study',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), models.Q(('withdrawn_because', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('withdrawn_because', '')), _connector='OR'), name='study_is_withdrawn_with_a_reason'),
        ),
        migrations.RunSQL(
            STAYS,
            """
            DROP TRIGGER published_study_stays ON clusters_study;
            DROP TRIGGER published_study_is_not_deleted ON clusters_study;
            """,
        ),
    ]
