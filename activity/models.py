"""What happened, and the long work under way."""

import uuid

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity import kinds
from countries.models import Country


class Event(models.Model):
    """One thing somebody did, kept for good and told in words (`activity.events`)."""

    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    country = models.ForeignKey(Country, models.PROTECT, null=True, related_name="+")
    topic = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["topic", "-at"], name="event_by_topic")]

    def __str__(self) -> str:
        return f"{self.kind} ({self.topic})"


class Job(models.Model):
    """Long work. This row is the truth about it; the broker only rings (`activity.jobs`)."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, db_default=RandomUUID(), editable=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    topic = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    rung_at = models.DateTimeField(default=timezone.now)
    heartbeat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(progress__lte=100), name="job_progress_is_a_share"
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["queued", "running"]),
                name="job_key_is_under_way_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "rung_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="job_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @property
    def title(self) -> str:
        return str(kinds.get(self.kind).title)

    @property
    def made(self) -> str:
        """The address of what the work made, once it is done."""
        done = self.state == self.State.SUCCEEDED
        return kinds.get(self.kind).made(self.result) if done else ""

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.SUCCEEDED, self.State.FAILED)


class Heartbeat(models.Model):
    """When a background process was last heard; one row a process (`activity.heartbeats`)."""

    name = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M:%S}"


class File(models.Model):
    """A file somebody gave as evidence; kept outside every web root and only ever sent as one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="evidence/%Y/%m", max_length=200)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return self.name


class Notification(models.Model):
    """One thing one person should know (`activity.notices`)."""

    class Mail(models.TextChoices):
        NONE = "", _("not mailed")
        WAITS = "waits", _("to be mailed")
        DIGEST = "digest", _("to be mailed once a day")
        SENT = "sent", _("mailed")

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    in_app = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=6, choices=Mail.choices, blank=True, default=Mail.NONE)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["to", "-at"], name="notification_of_person"),
            models.Index(
                fields=["mail", "to"],
                condition=models.Q(mail__in=["waits", "digest"]),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.to})"


class NotificationChoice(models.Model):
    """How one person wants one kind of notification; without a row: in the app and by mail."""

    class How(models.TextChoices):
        BOTH = "both", _("here and by mail")
        APP = "app", _("here only")
        MAIL = "mail", _("by mail only")
        DIGEST = "digest", _("here, and by mail once a day")
        NEITHER = "neither", _("not at all")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=60)
    how = models.CharField(max_length=7, choices=How.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], name="notification_choice_is_one_per_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}, {self.get_how_display()}"


class Comment(models.Model):
    """Something said on a topic (`activity.comments`); resolved comments stay readable."""

    topic = models.CharField(max_length=160)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["topic", "at"], name="comment_by_topic")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.text[:50]}"
