import pytest
from django.db import transaction

from tests.doors.scene import build


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """One scene for all tests of a file: each undoes what it does."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
