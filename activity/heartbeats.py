"""Signs of life: beat and every worker write the time, so that a silence can be seen."""

import socket

from django.utils import timezone

from activity.models import Heartbeat

BEAT, WORKER = "beat", "worker"
SILENCE_SECONDS = 60  # beat and an idle worker write every few seconds, a busy worker every 15


def own_name(kind: str) -> str:
    """The name of this machine's (or container's) process of a kind: `worker@host`."""
    return f"{kind}@{socket.gethostname()}"


def record(kind: str) -> None:
    """Write down that this process is alive now, in one statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=own_name(kind), at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def ages(kind: str) -> dict[str, float]:
    """Seconds since each process of a kind was last heard, the newest first."""
    now = timezone.now()
    rows = Heartbeat.objects.filter(name__startswith=f"{kind}@").order_by("-at")
    return {row.name: max(0.0, (now - row.at).total_seconds()) for row in rows}
