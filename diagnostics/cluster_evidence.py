"""What a cluster's closed rounds offer as evidence to the lines of its diagnostic study."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clusters.models import Cluster
from diagnostics.models import Response, Round


def answers(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Each item of the agreed sheets, newest round first: a key, and the answer in words."""
    closed = (Round.State.CLOSED, Round.State.ARCHIVED)
    agreed = Response.objects.filter(
        sheet__round__cluster=cluster, sheet__round__state__in=closed, sheet__panel="agreed"
    ).select_related("item", "sheet__round__instrument_version")
    titles: dict[int, dict[str, str]] = {}
    for one in agreed.order_by("-sheet__round__period_end", "item__position"):
        round = one.sheet.round
        if round.pk not in titles:
            themes = round.instrument_version.instrument.themes
            titles[round.pk] = {i.code: i.title for theme in themes for i in theme.items}
        said = _("%(true)s of %(all)s statements true") % {
            "true": one.answers.count("yes"),
            "all": len(one.answers),
        }
        title = titles[round.pk][one.item.code]
        yield f"item {round.pk} {one.item.code}", f"{title}: {said} ({round.title})"
