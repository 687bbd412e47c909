"""One address with who gets what there, and the statuses that many share.

Statuses stand in the order of scene.ROLES:
anonymous, stranger, officer, colleague, coordinator, donor, administrator, assessor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.doors.scene import Scene

EVERYBODY = "200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200"
NO_METHOD = "302 405 405 405 405 405 405 405"  # the page is read only
LOADERS = "302 403 403 403 403 403 200 403"
NOBODY = "404 404 404 404 404 404 404 404"
NEVER = "405 405 405 405 405 405 405 405"  # likewise, and open to all
IN_COUNTRY = "302 404 200 200 200 200 404 200"
API_LOADERS = "401 403 403 403 403 403 200 403"
API_SIGNED_IN = "401 200 200 200 200 200 200 200"
NEVER_BY_PROGRAM = "401 405 405 405 405 405 405 405"
MANAGERS = "302 403 403 403 200 403 200 403"
CLUSTER_KEEPERS = "302 403 403 200 200 403 403 403"
API_INSIDE = "401 404 200 200 200 200 404 200"
API_KEEPS = "401 404 403 200 200 403 404 403"
KEEPS = "302 404 403 302 302 403 404 403"  # a part of a cluster that only members see
AWAY = "302 302 302 302 302 302 302 302"  # to another step of signing in
NOT_THERE = "302 404 404 404 404 404 404 404"
ITS_SHEET = "302 404 200 200 200 404 404 404"
COORDINATOR_READS = "302 404 403 403 200 403 404 403"
COORDINATOR_WRITES = "302 404 403 403 302 403 404 403"
DONOR_WRITES = "302 404 403 403 403 302 404 403"
ITS_EDITION = "302 404 404 404 200 404 200 404"
ATTENDS = "302 404 404 200 404 404 404 404"  # the colleague is the cluster's agent
API_ATTENDS = ATTENDS.replace("302", "401")
KEEPS_STUDY = "302 404 403 200 200 403 404 403"


def nothing(scene: Scene) -> Sequence[object]:
    return ()


@dataclass(frozen=True)
class Door:
    """`get` and `write` are the statuses of each role for GET and for the method that writes."""

    name: str
    get: str
    write: str
    args: Callable[[Scene], Sequence[object]] = nothing
    method: str = "post"
    data: Callable[[Scene], Any] = field(default=lambda scene: {})
    query: Callable[[Scene], str] = field(default=lambda scene: "")
    json: bool = False  # what is posted is sent as JSON
