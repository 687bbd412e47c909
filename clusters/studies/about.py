"""What a study says first: what and where its cluster is, and through whose hands it went.

What the registry has of the cluster is taken as it stands; a higher floor registers what it knows
in `ready()`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.roles import Permission
from activity.templatetags.numbers import number
from clusters import queries
from clusters.models import Cluster, ClusterFigure, Study

Facts = Iterable[tuple[str, str]]  # under what each is called, in the language of now
Tell = Callable[[Cluster], Facts]
_told: list[Tell] = []


def register(tell: Tell) -> None:
    """Add facts that a higher floor knows of a cluster, to stand after the registry's."""
    _told.append(tell)


def about(study: Study) -> dict[str, Any]:
    """In the language of now, as plain data: facts and steps with their terms, history, figures."""
    cluster = study.cluster
    facts = [*_registry(cluster), *(fact for tell in _told for fact in tell(cluster))]
    return {
        "country": str(cluster.country),
        "facts": [[term, said] for term, said in facts if said],
        "history": cluster.told(cluster.history),
        "columns": [_("Figure"), _("Value"), _("Year"), _("Source")],
        "figures": [
            [capfirst(one.get_measure_display()),
             f"{number(one.value.normalize())} {cluster.told(one.unit)}",
             str(one.year or "–"), cluster.told(one.source)]
            for one in _newest(cluster)
        ],
        "steps": [list(step) for step in _steps(study)],
    }  # fmt: skip


def _registry(cluster: Cluster) -> Facts:
    yield _("Country"), str(cluster.country)
    yield _("Place"), cluster.told(cluster.place)
    yield _("Regions"), ", ".join(map(str, cluster.regions.all()))
    yield _("Industry (ISIC Rev. 4)"), str(cluster.industry or "")
    yield _("National industry code"), cluster.national_code
    yield _("Products"), cluster.told(cluster.products)
    yield _("Type"), str(cluster.get_formation_display()) if cluster.formation else ""
    phase = capfirst(cluster.get_told_phase_display()) if cluster.told_phase else ""
    ground = cluster.told(cluster.told_phase_ground)
    yield _("Phase, as the document tells it"), ". ".join(filter(None, (phase, ground)))


def _newest(cluster: Cluster) -> list[ClusterFigure]:
    """Of each figure in each unit the newest, in the order of the registry's choices."""
    newest: dict[tuple[str, str], ClusterFigure] = {}
    for one in cluster.figures.order_by("year"):
        newest[one.measure, one.unit] = one
    order = ClusterFigure.Measure.values
    return sorted(newest.values(), key=lambda one: (order.index(one.measure), one.unit))


def _steps(study: Study) -> Iterator[tuple[str, str]]:
    """Who sent it to review and who approved it, by role and organisation, with the day."""
    taken = (
        (_("Sent to review"), Permission.CLUSTER_KEEP, study.sent_by, study.sent_at),
        (_("Approved"), Permission.REPORT_APPROVE, study.approved_by, study.approved_at),
    )
    cluster = study.cluster
    for term, permission, by, at in taken:
        if at is not None:
            hand = queries.hand_of(by, cluster, permission) if by else ""
            day = date_format(cluster.country.today(at))
            yield term, ", ".join(filter(None, (hand, day)))
