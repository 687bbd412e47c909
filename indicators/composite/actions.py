"""Taking an index in and having it built."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.refusals import Refused
from activity import events, jobs
from countries.content.faults import ContentFault
from countries.wording import worded
from indicators.composite.figures import dataset_of
from indicators.indices.figures import FiguresFault
from indicators.indices.reading import read_specification_text
from indicators.models import CompositeIndex

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@transaction.atomic
def take_index(*, text: str, by: User | None) -> CompositeIndex:
    """Store the index of a specification and queue its building; one of its code is replaced.

    Raises Refused with every fault of the specification, and where it names no loaded dataset.
    """
    try:
        specification = read_specification_text(text, "The specification")
        if not specification.data.dataset:
            raise Refused(_("data: here an index names a loaded dataset, not a file."))
        dataset = dataset_of(specification)
    except ContentFault as fault:
        told = [_("The specification cannot be used."), *(worded(x.sentence) for x in fault.faults)]
        raise Refused("\n".join(told)) from None
    except FiguresFault as fault:
        raise Refused(worded(fault.args[0])) from None
    if not CODE.fullmatch(specification.code):
        raise Refused(_("code: expected letters, digits, dots, dashes and underscores."))
    index, _made = CompositeIndex.objects.select_for_update().get_or_create(
        code=specification.code, defaults={"dataset": dataset, "text": text, "uploaded_by": by}
    )
    index.title = specification.title or specification.code
    index.dataset, index.text, index.uploaded_by = dataset, text, by
    index.revision += 1
    index.result = None
    index.save()
    events.record("index.taken", by=by, topic=index.topic, index=index.title)
    jobs.queue(
        "index",
        by=by,
        key=f"index {index.pk} {index.revision}",
        topic=index.topic,
        index=index.pk,
        revision=index.revision,
    )
    return index
