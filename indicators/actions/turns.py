"""One thing at a time for each import."""

from django.utils.translation import gettext as _

from accounts.locks import held
from accounts.refusals import Refused
from activity.models import Job
from indicators.models import Import


def in_turn(imported: Import) -> Import:
    """The import as it is now, locked. Raises Refused while a job about it waits or runs."""
    locked = held(imported)
    under_way = [Job.State.QUEUED, Job.State.RUNNING]
    if Job.objects.filter(topic=locked.topic, state__in=under_way).exists():
        raise Refused(_("Work on this file is under way; wait until it has ended."))
    return locked
