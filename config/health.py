"""/healthz: is everything running? Strangers hear yes or no, administrators what and how.

It must answer while the rest does not: the database is tried first on a connection of its own with
short time limits, everything after that has limits too, and the answer is kept for some seconds so
that asking often costs nothing.
"""

import shutil
import smtplib
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import psycopg2
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.cache import caches
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from accounts.doors import require
from accounts.queries import memberships_allowing
from accounts.roles import Permission
from activity import heartbeats
from activity.models import Job

SECONDS = 2  # for each thing that is asked
KEPT_SECONDS = 5
FREE_SHARE = 0.05  # of the disk
WAITING_SECONDS = 900  # a job older than this and not taken up means that nobody works

TITLES = {
    "database": gettext_lazy("Database"),
    "redis": gettext_lazy("Redis, which rings the workers"),
    "disk": gettext_lazy("Disk of the uploads"),
    "worker": gettext_lazy("Workers"),
    "beat": gettext_lazy("Beat, the clock"),
    "queue": gettext_lazy("Long work"),
    "mail": gettext_lazy("Mail"),
}

Part = dict[str, Any]


class SignInRequired(LoginRequiredMiddleware):
    """Django's, without looking the person up for pages open to all: that needs the database."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


@never_cache
@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 "ok" or 503 "not ok"; JSON with every part to an administrator, same status."""
    parts = kept_parts()
    ok = all(part["ok"] for part in parts.values())
    status = 200 if ok else 503
    if parts["database"]["ok"] and may_see(request):
        return JsonResponse({"ok": ok, "parts": {**parts, "mail": _tried(mail)}}, status=status)
    return HttpResponse("ok" if ok else "not ok", status=status, content_type="text/plain")


@never_cache
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """The same for an administrator to read."""
    require(may_see(request), _("Only administrators see how the system is."))
    parts = {**kept_parts(), "mail": _tried(mail)}
    shown = [(TITLES[name], part["ok"], in_words(name, part)) for name, part in parts.items()]
    return render(request, "system.html", {"parts": shown, "version": settings.CODE_VERSION})


def kept_parts() -> dict[str, Part]:
    return caches["process"].get_or_set("health", vital_parts, KEPT_SECONDS)


def in_words(name: str, part: Part) -> str:
    """One sentence on a part: what was measured, or the kind of failure."""
    if "error" in part:
        return _("It could not be asked (%(error)s).") % part
    match name:
        case "database":
            return _("It answered in %(milliseconds)s ms.") % part
        case "disk":
            free = {"free": filesizeformat(part["free_bytes"]), "share": part["free_share"] * 100}
            return _("%(free)s free, %(share).0f %% of it.") % free
        case "worker" | "beat":
            heard = part["seconds_ago"].values()
            return (
                ngettext("%(n)s process, last heard %(ago)s s ago.",
                         "%(n)s processes, the last heard %(ago)s s ago.", len(heard))
                % {"n": len(heard), "ago": min(heard)}
                if heard else _("None was heard today.")
            )  # fmt: skip
        case "queue":
            return _("%(waiting)s waiting, %(running)s running.") % part
    return part.get("note") or _("It answers.")


def may_see(request: HttpRequest) -> bool:
    try:
        user = request.user
        return user.is_authenticated and (
            user.is_staff or memberships_allowing(user, Permission.SYSTEM_SEE).exists()
        )
    except Error:
        return False


def vital_parts() -> dict[str, Part]:
    """Every part without which work stops, each with `ok`; what cannot be asked has an `error`."""
    parts = {"database": _tried(database), "redis": _tried(broker), "disk": _tried(disk)}
    if parts["database"]["ok"]:
        parts |= _tried_in_database()
    return parts


def database() -> Part:
    """A connection of its own: the kept one may wait for minutes on a server that is gone."""
    begun = time.perf_counter()
    at = connection.settings_dict
    own = psycopg2.connect(
        host=at["HOST"],
        port=at["PORT"],
        user=at["USER"],
        password=at["PASSWORD"],
        dbname=at["NAME"],
        connect_timeout=SECONDS,
        tcp_user_timeout=SECONDS * 1000,
        options=f"-c statement_timeout={SECONDS * 1000}",
    )
    with closing(own), own.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True, "milliseconds": round((time.perf_counter() - begun) * 1000)}


def broker() -> Part:
    limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    with redis.Redis.from_url(settings.REDIS_URL, **limits, retry=Retry(NoBackoff(), 0)) as client:
        client.ping()
    return {"ok": True}


def disk() -> Part:
    """The disk of the uploads, or of `var/` before there are any."""
    place = settings.MEDIA_ROOT if settings.MEDIA_ROOT.is_dir() else settings.BASE_DIR
    usage = shutil.disk_usage(place)
    share = usage.free / usage.total
    return {"ok": share >= FREE_SHARE, "free_bytes": usage.free, "free_share": round(share, 3)}


def heard(kind: str) -> Part:
    """Whether one process of the kind was heard lately, and when each was, in seconds."""
    ages = heartbeats.ages(kind)
    ok = any(age <= heartbeats.SILENCE_SECONDS for age in ages.values())
    return {"ok": ok, "seconds_ago": {name: round(age) for name, age in ages.items()}}


def queue() -> Part:
    waiting = Job.objects.filter(state=Job.State.QUEUED)
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    seconds = round((timezone.now() - oldest).total_seconds()) if oldest else 0
    return {
        "ok": seconds <= WAITING_SECONDS,
        "waiting": waiting.count(),
        "running": Job.objects.filter(state=Job.State.RUNNING).count(),
        "oldest_waits_seconds": seconds,
    }


def mail() -> Part:
    """Whether the mail server greets; it decides nothing, as people can work without mail."""
    if "smtp" not in settings.EMAIL_BACKEND:
        return {"ok": True, "note": _("Mail is not sent over SMTP here.")}
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=SECONDS) as server:
        server.noop()
    return {"ok": True}


def _tried_in_database() -> dict[str, Part]:
    names = {
        "worker": lambda: heard(heartbeats.WORKER),
        "beat": lambda: heard(heartbeats.BEAT),
        "queue": queue,
    }
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {SECONDS * 1000}")
            return {name: ask() for name, ask in names.items()}
    except Error as error:
        return dict.fromkeys(names, _failed(error))


def _tried(ask: Callable[[], Part]) -> Part:
    try:
        return ask()
    except (psycopg2.Error, redis.RedisError, smtplib.SMTPException, OSError) as error:
        return _failed(error)


def _failed(error: Exception) -> Part:
    """The kind of failure only: texts of drivers name hosts and accounts."""
    return {"ok": False, "error": type(error).__name__}
