"""Datasets as administrators describe them."""

from typing import Any

from django.db import transaction

from accounts.models import User
from activity import events
from indicators.models import Dataset


@transaction.atomic
def save_dataset(*, dataset: Dataset, by: User | None, **said: Any) -> Dataset:
    """Store a new dataset or what is said of one. Raises ValidationError as its fields do.

    Whether values are invented is said once, when the dataset is made: its countries follow it.
    """
    is_new = dataset._state.adding
    for name, value in said.items():
        setattr(dataset, name, value)
    dataset.full_clean()
    dataset.save()
    if is_new:
        events.record("dataset.made", by=by, topic=dataset.topic, dataset=dataset.title)
    else:
        events.record("dataset.described", by=by, topic=dataset.topic, dataset=dataset.title)
    return dataset
