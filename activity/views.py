"""The pages of a person's notifications."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.doors import visible
from activity.forms import ChoicesForm
from activity.notices import in_words
from activity.queries import notices_of


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """The newest notifications; posting marks all as read."""
    own = notices_of(request.user)
    if request.method == "POST":
        own.filter(read_at=None).update(read_at=timezone.now())
        return redirect("activity:notices")
    shown = [(notice, in_words(notice)) for notice in own[:100]]
    return render(request, "activity/notices.html", {"notices": shown})


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what it is about, and note that it is read."""
    shown = visible(notices_of(request.user), pk=pk)
    notices_of(request.user).filter(pk=pk, read_at=None).update(read_at=timezone.now())
    return redirect(shown.url)


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: HttpRequest) -> HttpResponse:
    """For each kind: in the app, by mail, both, once a day, or not at all; and the language."""
    form = ChoicesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choices are kept."))
        return redirect("activity:notices")
    return render(request, "activity/notice_choices.html", {"form": form})
