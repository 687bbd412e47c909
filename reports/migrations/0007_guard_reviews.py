"""What the database itself refuses: changing names, remarks, answers, and replies once approved."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_review")]

    operations = [
        migrations.RunSQL(
            """
            DROP TRIGGER snapshot_stays ON reports_reportversion;
            CREATE TRIGGER snapshot_stays
                BEFORE UPDATE OF snapshot, sha256, number, round_id, scoring_id, members
                ON reports_reportversion
                FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();

            CREATE FUNCTION reports_keep_review() RETURNS trigger AS $$
            BEGIN
                RAISE EXCEPTION 'What was said in a review never changes.'
                    USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql;

            CREATE TRIGGER remarks_stay
                BEFORE DELETE OR UPDATE OF report_id, anchor, about, item, organisation_id,
                    comment_id, named
                ON reports_remark
                FOR EACH ROW EXECUTE FUNCTION reports_keep_review();
            CREATE TRIGGER answers_to_remarks_stay
                BEFORE UPDATE OF verdict, answer, answered_by_id, answered_at ON reports_remark
                FOR EACH ROW WHEN (OLD.verdict <> 'open') EXECUTE FUNCTION reports_keep_review();
            CREATE TRIGGER approvals_stay
                BEFORE DELETE OR UPDATE OF report_id, by_id, organisation_id, named, at
                ON reports_approval
                FOR EACH ROW EXECUTE FUNCTION reports_keep_review();

            CREATE FUNCTION reports_keep_reply() RETURNS trigger AS $$
            BEGIN
                IF (SELECT state FROM reports_reportversion WHERE id = OLD.report_id)
                        IN ('draft', 'in_review') THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                RAISE EXCEPTION 'A reply stays as it was approved.'
                    USING ERRCODE = 'check_violation';
            END $$ LANGUAGE plpgsql;

            CREATE TRIGGER replies_stay
                BEFORE UPDATE OR DELETE ON reports_reply
                FOR EACH ROW EXECUTE FUNCTION reports_keep_reply();
            """,
            """
            DROP TRIGGER replies_stay ON reports_reply;
            DROP FUNCTION reports_keep_reply();
            DROP TRIGGER approvals_stay ON reports_approval;
            DROP TRIGGER answers_to_remarks_stay ON reports_remark;
            DROP TRIGGER remarks_stay ON reports_remark;
            DROP FUNCTION reports_keep_review();
            DROP TRIGGER snapshot_stays ON reports_reportversion;
            CREATE TRIGGER snapshot_stays
                BEFORE UPDATE OF snapshot, sha256, number, round_id, scoring_id
                ON reports_reportversion
                FOR EACH ROW EXECUTE FUNCTION reports_refuse_change();
            """,
        )
    ]
