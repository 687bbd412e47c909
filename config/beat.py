"""Celery's beat, heard: it writes the time whenever it looks at its schedule."""

import logging
import time

from celery.beat import PersistentScheduler
from django.db import Error, close_old_connections, connection

from activity import heartbeats

log = logging.getLogger(__name__)

SECONDS = 10  # between two signs of life


class Scheduler(PersistentScheduler):
    heard = -SECONDS

    def tick(self, *args, **kwargs):
        if time.monotonic() - self.heard >= SECONDS:
            self.heard = time.monotonic()
            close_old_connections()
            try:
                heartbeats.record(heartbeats.BEAT)
            except Error as error:  # the schedule goes on; the next sign may be written
                log.warning("Beat could not write its sign of life: %s", error)
                connection.close()
        return super().tick(*args, **kwargs)
