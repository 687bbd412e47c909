"""What is entered about the position of a cluster and the size structure of a country."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.locks import held, one_at_a_time
from accounts.models import User
from accounts.refusals import Refused
from activity import events
from clusters import position
from clusters.actions.resting import refuse_while_rested
from clusters.identity import ANSWERS
from clusters.models import CapabilityAnswers, Cluster, SizeStructure
from clusters.models.positions import TWICE
from countries.models import Country


@transaction.atomic
def answer_capability(
    *, cluster: Cluster, answers: Mapping[str, str], year: int, source: str, by: User | None
) -> CapabilityAnswers:
    """Add the answers as found in a year; earlier ones are kept.

    Raises ValidationError for what does not fit.
    """
    known = {*position.PRODUCT_MARKS, *position.PROCESS_MARKS}
    for mark, answer in answers.items():
        if mark not in known or answer not in ANSWERS:
            raise Refused(_("The position has no answer %(answer)s.") % {"answer": answer})
    made = CapabilityAnswers(
        cluster=cluster, answers=dict(answers), year=year, source=source, by=by
    )
    made.full_clean()
    made.save()
    _told_of("cluster.capability", made, by)
    return made


@transaction.atomic
def remove_capability(*, answers: CapabilityAnswers, by: User | None) -> None:
    """Take answers out that were entered wrongly; the event keeps what they said.

    The newest of the newest year that remain stand.
    """
    answers = held(answers)
    _told_of("cluster.capability_removed", answers, by, answers=answers.answers)
    answers.delete()


@transaction.atomic
def add_size_structure(*, country: Country, by: User | None, **fields: Any) -> SizeStructure:
    """Add a year's shares of employment. Raises ValidationError for what does not fit."""
    made = SizeStructure(country=one_at_a_time(country), **fields)
    made.full_clean()
    there = made.country.size_structures.filter(year=made.year, coverage__iexact=made.coverage)
    if there.exists():  # "All" is what "all" is
        raise Refused(TWICE)
    total = made.small + made.medium + made.large
    if abs(total - 100) > position.SUM_TOLERANCE:
        raise ValidationError(
            _("The three shares sum to %(total)s percent; expected 100, within one point.")
            % {"total": f"{total.normalize():f}"}
        )
    made.save()
    _told("size_structure.added", made, by)
    return made


@transaction.atomic
def remove_size_structure(*, shares: SizeStructure, by: User | None) -> None:
    """Take a year's shares out; the event keeps what they said.

    Raises Refused while a study rests on them.
    """
    shares = held(shares)
    refuse_while_rested(f"size {shares.country_id} {shares.pk}")
    _told("size_structure.removed", shares, by)
    shares.delete()


def _told_of(kind: str, found: CapabilityAnswers, by: User | None, **more: object) -> None:
    cluster = found.cluster
    events.record(
        kind, by=by, topic=cluster.topic, country=cluster.country, cluster=cluster.name,
        year=found.year, source=found.source, **more,
    )  # fmt: skip


def _told(kind: str, shares: SizeStructure, by: User | None) -> None:
    events.record(
        kind, by=by, topic=f"country {shares.country_id}", country=shares.country,
        year=shares.year, coverage=shares.coverage,
        shares=" / ".join(f"{share:g}" for share in shares.shares),
    )  # fmt: skip
