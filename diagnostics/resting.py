"""What of this floor rests on something of a floor below."""

from typing import Any

from django.utils.translation import gettext as _

from clusters.models import Cluster
from diagnostics.models import Drawing, Experience, Round


def on_cluster(*, cluster: Cluster, resting: list[str], **kwargs: Any) -> None:
    """Name the rounds about a cluster, what was told of its firms, and the library's entries."""
    named = _("the round “%(name)s”")
    resting += [named % {"name": one} for one in Round.objects.filter(cluster=cluster)]
    if Drawing.objects.filter(cluster=cluster).exists():
        resting.append(_("the comparisons of its firms that were shown"))
    named = _("“%(name)s” in the library")
    resting += [named % {"name": one} for one in Experience.objects.filter(clusters=cluster)]
