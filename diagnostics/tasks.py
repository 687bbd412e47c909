"""Thin wrapper for beat: the work is in diagnostics.assignments."""

import logging

from celery import shared_task
from django.utils import timezone

from diagnostics import assignments

log = logging.getLogger(__name__)


@shared_task
def remind() -> None:
    log.info("Reminded %s people.", assignments.remind(timezone.now()))
