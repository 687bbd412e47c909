"""A load of saves, as officers' browsers send them: threads of this process, bounded, no Django.

Every officer is a thread that saves one answer each `pause` seconds, on one connection a save as a
proxy would open them, and remembers what the server said was saved.
"""

import http.client
import json
import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter
from urllib.parse import urlsplit

TIMEOUT = 30  # seconds until an answer counts as lost
TRIES = 50  # sends of one answer when others keep saving the same item
# As static/js/sheet.js waits before it sends again what was not answered.
FIRST_WAIT, LONGEST_WAIT = 2.0, 30.0


@dataclass
class Officer:
    """Somebody signed in at a sheet: headers, and each item's address with the revision seen."""

    name: str
    headers: dict[str, str]
    revisions: dict[str, int]
    begun: int = 0  # saves, of whatever load: no two have the same words


@dataclass(frozen=True)
class Told:
    """The server said: this comment is the answer's state of this revision."""

    path: str
    revision: int
    comment: str


@dataclass
class Result:
    """What a load met; `milliseconds` of every answered send, from when it was due.

    `unsure` is what was sent without a clear answer: it may be stored or not.
    """

    milliseconds: list[float] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    unsure: list[Told] = field(default_factory=list)
    conflicts: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run(
    address: str,
    officers: Sequence[Officer],
    *,
    saves: int,
    pause: float,
    limit: float,
    patient: bool = False,
) -> Result:
    """Let each officer save `saves` answers, one in every `pause` seconds at a moment drawn by lot.

    A save is due at its moment whatever became of the ones before, and its wait counts from there:
    a server that falls behind is not spared. Without a pause each waits only for the last answer.
    Nobody begins a save after `limit` seconds;
    what was left out then is a fault of the result. Who is patient sends again, until then, what
    met no answer or 503.
    """
    result, lock = Result(), threading.Lock()
    begin = perf_counter()

    def work(at: int, officer: Officer) -> None:
        own = Result()
        rest, lot = threading.Event(), random.Random(at)
        for number in range(saves):
            due = begin + pause * (number + lot.random()) if pause else perf_counter()
            rest.wait(max(0.0, due - perf_counter()))
            if perf_counter() - begin > limit:
                own.faults.append(f"{officer.name}: {saves - number} saves left out, time is up")
                break
            _save(address, officer, due, own, begin + limit if patient else due)
        with lock:
            result.milliseconds += own.milliseconds
            result.told += own.told
            result.unsure += own.unsure
            result.conflicts += own.conflicts
            result.faults += own.faults

    threads = [
        threading.Thread(target=work, args=one, name=f"officer {one[0]}", daemon=True)
        for one in enumerate(officers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.seconds = perf_counter() - begin
    return result


def _save(address: str, officer: Officer, due: float, result: Result, until: float) -> None:
    """Send until saved: who is told of a conflict looks at the other answer and sends again."""
    number, officer.begun = officer.begun, officer.begun + 1
    path = list(officer.revisions)[number % len(officer.revisions)]
    comment = f"{officer.name}, answer {number}"
    wait = FIRST_WAIT
    for _try in range(TRIES):
        content = {
            "revision": officer.revisions[path],
            "status": "answered",
            "answers": ["yes", "no" if number % 2 else "partly", "", ""],
            "made": ["single", "single", "", ""],
            "comment": comment,
        }
        status, answer, met = 0, {}, ""
        try:
            status, stored = request(address, "PUT", path, officer.headers, json.dumps(content))
            answer, met = json.loads(stored), f"status {status}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            met = f"status {status}, {type(error).__name__} {error}"
        if status in (0, HTTPStatus.SERVICE_UNAVAILABLE):
            result.unsure.append(Told(path, content["revision"] + 1, comment))
            if perf_counter() + wait < until:
                threading.Event().wait(wait)
                wait = min(2 * wait, LONGEST_WAIT)
                continue
        if status not in (HTTPStatus.OK, HTTPStatus.CONFLICT) or "revision" not in answer:
            result.faults.append(f"{comment}: {met}")
            return
        result.milliseconds.append(1000 * (perf_counter() - due))
        officer.revisions[path] = answer["revision"]
        if status == HTTPStatus.OK:
            result.told.append(Told(path, answer["revision"], answer["comment"]))
            return
        result.conflicts += 1
        due = perf_counter()
    result.faults.append(f"{comment}: not saved in {TRIES} tries")


def request(
    address: str, method: str, path: str, headers: dict[str, str], body: str | None = None
) -> tuple[int, bytes]:
    """One request on a connection of its own; raises OSError or HTTPException if none comes."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=TIMEOUT)
    try:
        kind = {"Content-Type": "application/json"} if body else {}
        connection.request(method, path, body, headers | kind)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
