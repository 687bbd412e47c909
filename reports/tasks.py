"""Thin wrapper for beat: the work is in reports.actions."""

from celery import shared_task

from reports import actions


@shared_task
def publish_due() -> None:
    actions.publish_due()
