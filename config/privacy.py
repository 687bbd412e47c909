"""The page that says what is kept about people, why, how long, and who sees it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "notice": settings.PRIVACY_NOTICE,
        "contact": settings.PRIVACY_CONTACT,
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "notices_days": settings.KEEP_NOTICES_DAYS,
        "openings_days": settings.KEEP_OPENINGS_DAYS,
        "records_days": settings.KEEP_RECORDS_DAYS,
        "jobs_days": settings.KEEP_JOBS_DAYS,
    }
    return render(request, "privacy.html", context)
