"""Every change of the registry."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused, revise
from activity import events, reasons
from clusters import identity, queries
from clusters.actions.resting import refuse_while_rested
from clusters.models import Cluster, ClusterFigure, ClusterInvitation
from countries.models import Country, Region


@transaction.atomic
def add_cluster(
    *, country: Country, by: User | None, regions: list[Region] = (), **fields: Any
) -> Cluster:
    """Enter a cluster or a candidate. Raises ValidationError for what does not fit."""
    cluster = Cluster(country=one_at_a_time(country), **fields)
    _checked(cluster, regions)
    cluster.save()
    cluster.regions.set(regions)
    events.record(
        "cluster.added", by=by, topic=cluster.topic, country=country, cluster=cluster.name
    )
    return cluster


@transaction.atomic
def change_cluster(
    *,
    cluster: Cluster,
    by: User | None,
    regions: list[Region] | None = None,
    revision: int | None = None,
    **fields: Any,
) -> Cluster:
    """Change what the registry says. Raises ValidationError for what does not fit.

    `revision` is the one that was read before, if whole forms are written: raises Stale where
    somebody has saved since.
    An answer of the test that changes loses the ground that a document gave it.
    """
    one_at_a_time(cluster.country)
    locked = held(cluster)
    revise(locked, revision)
    before = {name: getattr(locked, name) for name in fields}
    for name, value in fields.items():
        setattr(locked, name, value)
    if "test" in fields and "grounds" not in fields:
        kept = {code for code, answer in before["test"].items() if locked.test.get(code) == answer}
        locked.grounds = {code: text for code, text in locked.grounds.items() if code in kept}
    _checked(locked, regions or [])
    locked.save()
    moved = regions is not None and set(regions) != set(locked.regions.all())
    if moved:
        locked.regions.set(regions)
    changed = sorted(
        name
        for name, value in fields.items()
        if before[name] != value and name not in ("grounds", "told_phase_ground")
    )
    changed += ["regions"] if moved else []
    events.record(
        "cluster.changed",
        by=by,
        topic=locked.topic,
        country=locked.country,
        cluster=locked.name,
        fields=", ".join(str(Cluster._meta.get_field(name).verbose_name) for name in changed),
    )
    return locked


@transaction.atomic
def discard_cluster(*, cluster: Cluster, because: str, by: User | None) -> None:
    """Take an entry out with its figures, answers and dated positions; the event keeps them.

    Raises Refused where something rests on it (named one by one), or without a reason.
    """
    one_at_a_time(cluster.country)
    cluster = held(cluster)
    if resting := queries.resting_on_cluster(cluster):
        stays = _("The entry stays, for this rests on it: %(what)s.")
        raise Refused(stays % {"what": "; ".join(resting)})
    because = reasons.given(because, missing=_("Say why the entry is discarded."))
    events.record(
        "cluster.discarded", by=by, topic=cluster.topic, country=cluster.country,
        cluster=cluster.name, because=because, code=cluster.code, was=_as_it_was(cluster),
    )  # fmt: skip
    ClusterInvitation.objects.filter(cluster=cluster).delete()  # taken up or closed, all of them
    cluster.delete()


@transaction.atomic
def add_figure(*, cluster: Cluster, by: User | None, **fields: Any) -> ClusterFigure:
    """Add one figure with year and source. Raises ValidationError for what does not fit."""
    figure = ClusterFigure(cluster=one_at_a_time(cluster), **fields)
    figure.full_clean()
    figure.save()
    _told("cluster.figure_added", figure, by)
    return figure


@transaction.atomic
def remove_figure(*, figure: ClusterFigure, by: User | None) -> None:
    """Take a figure out; the event keeps what it said. Raises Refused while a study rests on it."""
    figure = held(figure)
    refuse_while_rested(f"figure {figure.pk}")
    _told("cluster.figure_removed", figure, by)
    figure.delete()


def _checked(cluster: Cluster, regions: list[Region]) -> None:
    cluster.full_clean()
    for region in regions:
        if region.country_id != cluster.country_id:
            raise Refused(
                _("%(region)s is not in %(country)s.")
                % {"region": region, "country": cluster.country}
            )
    for question, answer in cluster.test.items():
        if question not in identity.QUESTIONS or answer not in identity.ANSWERS:
            raise Refused(_("The test has no answer %(answer)s.") % {"answer": answer})


def _as_it_was(cluster: Cluster) -> dict[str, Any]:
    """What an entry said, as plain values."""
    said = ["place", "latitude", "longitude", "point_of", "industry_id", "national_code",
            "products", "formation", "history", "test", "grounds", "told_phase",
            "told_phase_ground", "document_id", "document_place", "table_id", "table_region",
            "table_industry"]  # fmt: skip
    figures = cluster.figures.values("measure", "value", "unit", "year", "source")
    return {name: value for name in said if (value := getattr(cluster, name))} | {
        "regions": [one.name for one in cluster.regions.all()],
        "figures": [one | {"value": f"{one['value'].normalize():f}"} for one in figures],
        "positions": list(cluster.capabilities.values("answers", "year", "source")),
    }


def _told(kind: str, figure: ClusterFigure, by: User | None) -> None:
    events.record(
        kind,
        by=by,
        topic=figure.cluster.topic,
        country=figure.cluster.country,
        cluster=figure.cluster.name,
        figure=str(figure.get_measure_display()),
        value=f"{figure.value.normalize():f} {figure.unit}",
        year=figure.year,
    )
