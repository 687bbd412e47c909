"""The fictional cluster's position, study and plan, from a file."""

from typing import Any

from clusters import actions
from clusters.models import Cluster, PlanLine, Problem, Study, SwotLine
from clusters.studies import evidence
from countries.models import Industry


def load_study(data: dict[str, Any]) -> None:
    """Enter what the file says and publish the study; a cluster that has one is left alone."""
    cluster = Cluster.objects.select_related("country").get(country="XZA", name=data["cluster"])
    if cluster.studies.exists():
        return
    registry = data["registry"]
    named = cluster.country.regions.filter(name__in=registry["regions"])
    told = {**registry, "industry": Industry.objects.get(code=registry["industry"])}
    actions.change_cluster(cluster=cluster, by=None, **told | {"regions": list(named)})
    for shares in data["sizes"]:
        actions.add_size_structure(country=cluster.country, by=None, **shares)
    for figure in data["figures"]:
        actions.add_figure(cluster=cluster, by=None, **figure)
    for found in data["capability"]:
        actions.answer_capability(cluster=cluster, by=None, **found)
    study = actions.begin_study(cluster=cluster, by=None)
    actions.write_study(study=study, texts=data["texts"], principles=data["principles"], by=None)
    _rows(study, data)
    for step in ("send", "approve", "publish"):
        actions.take_study_step(study=study, step=step, by=None)


def _rows(study: Study, data: dict[str, Any]) -> None:
    groups = evidence.grouped(study.cluster).values()
    offered = [pair for kept in groups for pair in kept.items()]
    for row in data["swot"]:
        keys = (key for key, words in offered if words.startswith(row["rests_on"]))
        line = SwotLine(kind=row["kind"], text=row["text"])
        said = evidence.pointed_to(
            line,
            study.cluster,
            on_record="" if "title" in row else next(keys),
            title=row.get("title", ""),
            place=row.get("cited", ""),
        )
        for name, value in said.items():
            setattr(line, name, value)
        actions.keep_row(study=study, row=line, by=None)
    for row in data["problems"]:
        actions.keep_row(study=study, row=Problem(**row), by=None)
    for row in data["lines"]:
        said = {name: value for name, value in row.items() if name != "readings"}
        actions.keep_row(study=study, row=PlanLine(**said), by=None)


def follow_study(data: dict[str, Any]) -> None:
    """The values, lessons and judgement that the file gives, once."""
    study = Study.objects.get(cluster__country="XZA", cluster__name=data["cluster"], number=1)
    for row in data["lines"]:
        line = study.lines.get(text=row["text"])
        for reading in row.get("readings", []):
            if not line.readings.filter(day=reading["day"]).exists():
                actions.add_reading(line=line, by=None, **reading)
    for lesson in data["lessons"]:
        if not study.lessons.filter(text=lesson["text"]).exists():
            about = {"line": study.lines.get(text=lesson["line"])} if "line" in lesson else {}
            actions.add_lesson(study=study, by=None, **lesson | about)
    if not study.judgements.exists():
        actions.judge_study(study=study, texts=data["judgement"], by=None)
