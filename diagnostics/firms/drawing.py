"""Drawing the quartiles of a cluster's firms, row by row: a row is a theme or an item."""

from collections import defaultdict

from django.db import transaction
from django.db.models import F

from accounts.locks import one_at_a_time
from clusters.models import Cluster
from diagnostics.firms import comparison
from diagnostics.models import Drawing, InstrumentVersion, Sheet
from diagnostics.queries import plain_sheets
from diagnostics.scoring import levels
from diagnostics.scoring.instrument import Status


@transaction.atomic
def draw(cluster: Cluster, version: InstrumentVersion) -> None:
    """Draw each row anew that may be (`comparison.may_draw`); the others stay as they were."""
    one_at_a_time(cluster)  # one after the other
    rows: dict[str, dict[str, tuple[str, int]]] = defaultdict(dict)
    scored = Sheet.objects.filter(
        round__firm__cluster=cluster,
        round__instrument_version=version,
        state=Sheet.State.SUBMITTED,
        scorings__submission=F("submission"),
    )
    for sheet in scored.select_related("round"):
        for code, value in values(sheet).items():
            rows[code][str(sheet.round.firm_id)] = (f"{sheet.pk}.{sheet.submission}", value)
    earlier: dict[str, list[dict[str, str]]] = defaultdict(list)
    for code, firms in _drawings(cluster, version).values_list("code", "firms"):
        earlier[code].append(firms)
    for code, found in rows.items():
        now = {firm: profile for firm, (profile, _value) in found.items()}
        if comparison.may_draw(now, earlier[code]):
            lower, median, upper = comparison.quartiles([value for _, value in found.values()])
            Drawing.objects.create(
                cluster=cluster, instrument_version=version, code=code,
                lower=lower, median=median, upper=upper, firms=now,
            )  # fmt: skip


def shown(cluster: Cluster, version: InstrumentVersion) -> dict[str, Drawing]:
    """By the row's code its newest drawing, where enough of its firms are still there."""
    present = [str(pk) for pk in cluster.firms.values_list("pk", flat=True)]
    newest = {one.code: one for one in _drawings(cluster, version).order_by("pk")}
    return {code: one for code, one in newest.items() if comparison.may_show(one.firms, present)}


def values(sheet: Sheet) -> dict[str, int]:
    """What the firm's answers amount to: levels of the items known, stages of the themes scored."""
    (plain,) = plain_sheets([sheet])
    found = {
        code: levels.level(one.answers)
        for code, one in plain.responses.items()
        if one.status == Status.ANSWERED and levels.state(one.answers) == levels.State.KNOWN
    }
    scoring = sheet.scorings.filter(submission=sheet.submission).first()
    for theme in scoring.result["themes"] if scoring else []:
        if theme["stage"] is not None:
            found[theme["code"]] = theme["stage"]
    return found


def _drawings(cluster: Cluster, version: InstrumentVersion):
    return Drawing.objects.filter(cluster=cluster, instrument_version=version)
