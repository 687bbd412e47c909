"""Events in words and jobs, for the pages that show them."""

from django.db.models import QuerySet

from activity.events import in_words
from activity.models import Event, Job, Notification


def told(topic: str, *, most: int = 50) -> list[tuple[Event, str]]:
    """The newest events on a topic, each with its sentence."""
    events = Event.objects.filter(topic=topic).select_related("by")[:most]
    return [(event, in_words(event)) for event in events]


def jobs_visible_to(user) -> QuerySet[Job]:
    """The jobs a person asked for."""
    return Job.objects.filter(owner=user)


def notices_of(user) -> QuerySet[Notification]:
    """A person's notifications in the app, the newest first."""
    return Notification.objects.filter(to=user, in_app=True)
