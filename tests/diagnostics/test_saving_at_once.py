"""Two people, two connections, one item at the same time."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.models import User
from accounts.refusals import Refused
from diagnostics import actions
from diagnostics.models import Response, ResponseChange, Sheet
from tests.conftest import until
from tests.factories import people, rounds

pytestmark = pytest.mark.django_db(transaction=True)

ITEM = "money.item_1"


@pytest.fixture
def sheet(transactional_db) -> Sheet:
    return rounds.sheet_of(people.OrganisationFactory())


def author(sheet: Sheet) -> User:
    return people.officer(sheet.organisation)


def save(sheet: Sheet, answer: str, by: User) -> Response:
    return actions.save_response(
        sheet=sheet, item=ITEM, content=rounds.content(answer), revision=0, by=by
    )


def elsewhere(action: Callable[[], object]) -> Future:
    """Do it in another thread, on a connection of its own."""
    found: Future = Future()

    def work() -> None:
        try:
            found.set_result(action())
        except BaseException as error:  # handed to whoever asks for the result
            found.set_exception(error)
        finally:
            connection.close()

    threading.Thread(target=work, daemon=True).start()
    return found


def somebody_waits() -> bool:
    """Another connection waits for a lock that this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks "
            "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
        )
        return cursor.fetchone()[0] > 0


def test_of_two_saves_at_once_one_wins_and_the_other_is_told(sheet):
    both = {"yes": author(sheet), "no": author(sheet)}
    start = threading.Barrier(2)

    def attempt(answer: str) -> Response | actions.Conflict:
        try:
            start.wait(timeout=10)
            return save(sheet, answer, both[answer])
        except actions.Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attempt, both))
    (won,) = [one for one in outcomes if isinstance(one, Response)]
    (lost,) = [one for one in outcomes if isinstance(one, actions.Conflict)]
    assert lost.response.answers == won.answers
    assert ResponseChange.objects.get().content["answers"] == won.answers


def test_a_save_that_waited_is_told_who_saved_meanwhile(sheet):
    first, second = author(sheet), author(sheet)
    with transaction.atomic():
        save(sheet, "yes", first)
        waiting = elsewhere(lambda: save(sheet, "no", second))
        until(somebody_waits)
    with pytest.raises(actions.Conflict) as caught:
        waiting.result(timeout=10)
    stored = caught.value.response
    assert (stored.answers[0], stored.revision, stored.changed_by) == ("yes", 1, first)


def test_a_save_that_waited_for_the_submission_is_refused(sheet):
    by = author(sheet)
    with transaction.atomic():
        actions.submit_sheet(sheet=sheet, by=by)
        waiting = elsewhere(lambda: save(sheet, "yes", by))
        until(somebody_waits)
    with pytest.raises(Refused, match="has been submitted"):
        waiting.result(timeout=10)
    assert sheet.responses.get(item__code=ITEM).revision == 0


def test_a_submission_waits_for_the_save_under_way(sheet):
    by = author(sheet)
    with transaction.atomic():
        save(sheet, "yes", by)
        waiting = elsewhere(lambda: actions.submit_sheet(sheet=sheet, by=by))
        until(somebody_waits)
    waiting.result(timeout=10)
    sheet.refresh_from_db()
    assert sheet.state == "submitted"
    assert sheet.responses.get(item__code=ITEM).answers[0] == "yes"
