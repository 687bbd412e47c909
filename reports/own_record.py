"""What is kept about a person, for that person to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from activity.events import in_words
from activity.models import Comment, Event, File, Notification
from diagnostics.models import ResponseChange


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """All of it as one JSON file."""
    response = JsonResponse(kept_about(request.user), json_dumps_params={"indent": 1})
    response["Content-Disposition"] = 'attachment; filename="kept-about-me.json"'
    return response


def kept_about(person: User) -> dict[str, Any]:
    """Who the person is here, and everything that carries their name; times in UTC."""
    changes = ResponseChange.objects.filter(by=person).select_related(
        "response__item", "response__sheet__round", "response__sheet__organisation"
    )
    return {
        "made_at": timezone.now(),
        "person": {"name": person.name, "email": person.email, "language": person.language,
                   "last_sign_in": person.last_login},
        "memberships": [
            {"role": one.role, "organisation": str(one.organisation),
             "country": one.country_id}
            for one in person.memberships.select_related("organisation")
        ],
        "cluster_memberships": [
            {"role": one.role, "organisation": str(one.organisation), "cluster": str(one.cluster)}
            for one in person.cluster_memberships.select_related("organisation", "cluster")
        ],
        "firm_memberships": [
            {"firm": str(one.firm), "cluster": str(one.firm.cluster)}
            for one in person.firm_memberships.select_related("firm__organisation", "firm__cluster")
        ],
        "answers": [
            {"at": one.at, "round": str(one.response.sheet.round), "sheet": str(one.response.sheet),
             "item": one.response.item.code, "said": one.content}
            for one in changes.order_by("at")
        ],
        "steps": [
            {"at": one.at, "what": in_words(one)}
            for one in Event.objects.filter(by=person).select_related("by").order_by("at")
        ],
        "comments": list(Comment.objects.filter(by=person).values("at", "topic", "text")),
        "files": list(File.objects.filter(given_by=person).values("given_at", "name", "sha256")),
        "notices": list(Notification.objects.filter(to=person).values("at", "kind", "facts")),
    }  # fmt: skip
