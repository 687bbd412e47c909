"""Where clusters stand by the newest reports about them that a reader may see."""

from typing import Any

from django import template
from django.db.models import Q

from accounts.queries import countries_allowing
from accounts.roles import Permission
from clusters.models import Cluster
from diagnostics.instrument_queries import newest_published
from diagnostics.models import InstrumentVersion, Round
from diagnostics.queries import rounds_visible_to
from reports import queries

register = template.Library()


@register.inclusion_tag("reports/cluster_stands.html", takes_context=True)
def cluster_stands(context: dict[str, Any], cluster: Cluster) -> dict[str, Any]:
    """The standing report on each instrument, phases before stages; the rounds about the cluster,
    and for a coordinator the instruments by which one can be planned.
    """
    user = context["user"]
    rounds = rounds_visible_to(user).filter(cluster=cluster)
    runs = countries_allowing(user, Permission.ROUND_RUN).filter(pk=cluster.country_id).exists()
    own = Q(country=None) | Q(country=cluster.country_id)
    of_clusters = newest_published().filter(own, subject=InstrumentVersion.Subject.CLUSTER)
    return {
        "cluster": cluster,
        "readings": queries.readings_of_cluster(user, cluster),
        "rounds": rounds.exclude(state=Round.State.ARCHIVED),
        "instruments": of_clusters if runs else [],
        "inside": context["inside"],
    }
