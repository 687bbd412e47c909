"""The tables of a country's own record: of which rows, in which columns, what it says of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from activity.models import Comment, Event
from clusters.models import (
    CapabilityAnswers,
    Cluster,
    ClusterFigure,
    Lesson,
    LinkageSurvey,
    PlanLine,
    Reading,
    SizeStructure,
    Study,
    StudyJudgement,
    SurveyedActor,
    Tie,
)
from countries.models import Country
from diagnostics.models import (
    Dissent,
    Evidence,
    Funding,
    Judgement,
    Measure,
    Objection,
    Plan,
    ProgressNote,
    Response,
    ResponseChange,
    Round,
    Settlement,
    Sheet,
)
from reports.models import Approval, Remark, Reply, ReportVersion, ShareLink, ShareOpening


@dataclass(frozen=True)
class Table:
    """The rows of one kind; `columns` are headings and the lookups they are read by."""

    name: str
    about: str
    rows: QuerySet[Any]
    columns: Mapping[str, str]

    def values(self) -> Iterator[tuple[Any, ...]]:
        return self.rows.order_by("pk").values_list(*self.columns.values()).iterator()


def tables(country: Country) -> list[Table]:
    """Everything in rows, what a row is said in words. Profiles of firms are not the country's."""
    in_country = {"round__country": country, "round__firm": None}
    of_sheet = {f"sheet__{name}": value for name, value in in_country.items()}
    of_response = {f"response__{name}": value for name, value in of_sheet.items()}
    of_report = {"report__round__country": country}
    where = {"sheet": "response__sheet", "item": "response__item__code"}
    version = {"round": "report__round", "version": "report__number"}
    shared = {"round": "link__report__round", "version": "link__report__number"}
    of_measure = {"measure__plan__round__country": country}
    of_cluster = {"cluster__country": country}
    of_study = {"study__cluster__country": country}
    return [
        Table("rounds", _("The rounds."), Round.objects.filter(country=country, firm=None), _same(
            "title", "subject", "period_start", "period_end", "due_on", "state", "provenance",
            "label", "closed_at", round="pk", cluster="cluster__name",
            instrument="instrument_version__code", instrument_version="instrument_version__version",
        )),
        Table("sheets", _("The sheets of each round."), Sheet.objects.filter(**in_country), _same(
            "round", "panel", "themes", "state", "submission", "submitted_at", sheet="pk",
            organisation="organisation__name", submitted_by="submitted_by__name",
        )),
        Table("answers", _("The answers as they are now."), Response.objects.filter(**of_sheet),
              _same("sheet", "revision", "status", "reason", "answers", "made", "comment",
                    "changed_at", item="item__code", changed_by="changed_by__name")),
        Table("evidence", _("The evidence of each answer; `file` is the name in evidence/."),
              Evidence.objects.filter(**of_response),
              _same("link", "page", "quote", "file", file_name="file__name",
                    file_sha256="file__sha256", **where)),
        Table("history", _("Every answer that was ever saved."),
              ResponseChange.objects.filter(**of_response),
              _same("revision", "at", "content", by="by__name", **where)),
        Table("settlements", _("The decisions on what is agreed."),
              Settlement.objects.filter(**of_response),
              _same("kind", "revision", "at", "reason", "before", "after", by="by__name", **where)),
        Table("dissents", _("Who does not share what is agreed."),
              Dissent.objects.filter(**of_response),
              _same("text", "named", "at", "withdrawn_at", organisation="organisation__name",
                    by="by__name", **where)),
        Table("objections", _("Objections and their answers."),
              Objection.objects.filter(**in_country),
              _same("round", "about", "text", "link", "page", "quote", "at", "state", "answer",
                    "answered_at", item="item__code", organisation="organisation__name",
                    by="by__name", answered_by="answered_by__name")),
        Table("comments", _("Comments on items and studies; `topic` names of what."),
              _comments(country), _same("topic", "text", "at", "resolved_at", by="by__name")),
        Table("plans", _("The action plans."), Plan.objects.filter(**in_country),
              _same("round", "state", "begun_at", "agreed_at", "closed_at")),
        Table("measures", _("The measures of action plans."),
              Measure.objects.filter(plan__round__country=country),
              _same("theme", "horizon", "title", "text", "start", "end", "cost", "currency",
                    "price_year", "cost_source", "indicator", "baseline", "target", "risk",
                    "condition", measure="pk", round="plan__round", owner="owner__name")),
        Table("progress", _("What was reported of measures."),
              ProgressNote.objects.filter(**of_measure),
              _same("measure", "status", "text", "value", "at", by="by__name")),
        Table("funding", _("Who pays how much of a measure."),
              Funding.objects.filter(**of_measure), _same("measure", "source", "funder", "amount")),
        Table("judgements", _("How action plans were judged, by criterion."),
              Judgement.objects.filter(plan__round__country=country),
              _same("criterion", "text", "at", round="plan__round", by="by__name")),
        Table("reports", _("The versions of reports; what each shows lies in reports/."),
              ReportVersion.objects.filter(**in_country),
              _same("round", "state", "made_at", "published_at", "withdrawn_at",
                    "withdrawn_because", "sha256", "members", version="number")),
        Table("remarks", _("Comments of reviewers on reports, and the answers."),
              Remark.objects.filter(**of_report),
              _same("about", "item", "verdict", "answer", "answered_at", text="comment__text",
                    at="comment__at", organisation="organisation__name", **version)),
        Table("replies", _("Replies of assessed ministries."), Reply.objects.filter(**of_report),
              _same("text", "at", organisation="organisation__name", **version)),
        Table("approvals", _("Who approved reports."), Approval.objects.filter(**of_report),
              _same("at", "void_at", organisation="organisation__name", by="by__name", **version)),
        Table("links", _("For whom links to reports were made; the links themselves are not kept."),
              ShareLink.objects.filter(**of_report),
              _same("reader", "made_at", "expires_at", "revoked_at", link="pk",
                    made_by="made_by__name", **version)),
        Table("openings", _("When a link was opened, and by whom if signed in."),
              ShareOpening.objects.filter(link__report__round__country=country),
              _same("link", "at", by="by__name", **shared)),
        Table("clusters", _("The registry of clusters."), Cluster.objects.filter(country=country),
              _same("name", "place", "latitude", "longitude", "point_of", "industry",
                    "national_code", "products", "formation", "history", "test", "grounds",
                    "told_phase", "told_phase_ground", "document", "document_place", "code",
                    cluster="pk")),
        Table("cluster_regions", _("The regions that clusters are in."),
              Cluster.regions.through.objects.filter(cluster__country=country),
              _same("cluster", region="region__name")),
        Table("cluster_figures", _("Figures of clusters."),
              ClusterFigure.objects.filter(**of_cluster),
              _same("cluster", "measure", "value", "unit", "year", "source")),
        Table("capability", _("The answers that positions of clusters are read from."),
              CapabilityAnswers.objects.filter(**of_cluster),
              _same("cluster", "answers", "year", "source", "at", by="by__name")),
        Table("size_structure", _("Employment by size of firm, in percent."),
              SizeStructure.objects.filter(country=country),
              _same("year", "coverage", "small", "medium", "large", "source")),
        Table("surveys", _("Surveys of who deals with whom in a cluster."),
              LinkageSurvey.objects.filter(**of_cluster),
              _same("cluster", "title", "date", "source", survey="pk")),
        Table("actors", _("The actors of each survey."),
              SurveyedActor.objects.filter(survey__cluster__country=country),
              _same("survey", "kind", "inside", "answered", actor="actor__name")),
        Table("ties", _("What an actor told of its dealings."),
              Tie.objects.filter(survey__cluster__country=country),
              _same("survey", "kind", "strength", "direction", "since", "note",
                    source="source__name", target="target__name")),
        Table("studies", _("The diagnostic studies of clusters; what each says lies in studies/."),
              Study.objects.filter(**of_cluster),
              _same("cluster", "number", "state", "published_at", "withdrawn_at",
                    "withdrawn_because", "sha256", study="pk", sent_by="sent_by__name",
                    approved_by="approved_by__name")),
        Table("study_lines", _("The lines of their plans."), PlanLine.objects.filter(**of_study),
              _same("study", "kind", "text", "owner", "start", "end", "cost", "currency",
                    "payer", "indicator", "baseline", "target", line="pk")),
        Table("readings", _("Where the indicator of a line stood on a day; `replaces` names the "
                            "value that one corrects."),
              Reading.objects.filter(line__study__cluster__country=country),
              _same("line", "day", "value", "status", "source", "replaces", "reason", "at",
                    by="by__name", reading="pk")),
        Table("lessons", _("What was learnt on the way; `replaces` names the lesson that one "
                           "corrects."),
              Lesson.objects.filter(**of_study),
              _same("study", "line", "day", "text", "author", "replaces", "reason", "at",
                    by="by__name", lesson="pk")),
        Table("study_judgements", _("How studies and their plans were judged, by criterion."),
              StudyJudgement.objects.filter(**of_study),
              _same("study", "criterion", "text", "at", by="by__name")),
        Table("events", _("Every step anybody took."), Event.objects.filter(country=country),
              _same("at", "kind", "topic", "facts", by="by__name")),
    ]  # fmt: skip


def _same(*names: str, **others: str) -> dict[str, str]:
    """Columns: those under another name than their field's first."""
    return {**others, **{name: name for name in names}}


def _comments(country: Country) -> QuerySet[Comment]:
    """Those on its sheets, settlements and studies; those of reviewers stand with reports."""
    wanted = Q(pk__in=[])
    for pk in Sheet.objects.filter(round__country=country, round__firm=None).values_list(
        "pk", flat=True
    ):
        wanted |= Q(topic__startswith=f"sheet {pk} ")
    for pk in Round.objects.filter(country=country, firm=None).values_list("pk", flat=True):
        wanted |= Q(topic__startswith=f"settlement {pk} ")
    for study in Study.objects.filter(cluster__country=country).defer("snapshot"):
        wanted |= Q(topic=study.topic)
    return Comment.objects.filter(wanted)
