"""How a program is known to the API, and how often it may ask."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated, PermissionDenied
from rest_framework.throttling import SimpleRateThrottle

from accounts import second_factor, tokens


class TokenSignIn(BaseAuthentication):
    """`Authorization: Bearer` and a token that a person made on the page of their tokens.

    The first of the ways in, so that an anonymous call is told of it (and gets 401, not 403).
    """

    keyword = "Bearer"

    def authenticate(self, request):
        """The token's person. Raises AuthenticationFailed (401) for a token that opens nothing."""
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != self.keyword.lower():
            return None
        found = tokens.holder(secret.strip())
        if found is None:
            raise AuthenticationFailed(_("This token is unknown, too old or was taken back."))
        if second_factor.is_missing(found[0]):
            raise PermissionDenied(_("Your role asks for a second factor; set it up first."))
        return found

    def authenticate_header(self, request):
        return self.keyword


class TokenSignInScheme(OpenApiAuthenticationExtension):
    target_class = TokenSignIn
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


class SessionSignIn(SessionAuthentication):
    """The browser's own session."""

    def authenticate(self, request):
        """As in the session, unless the page that asks was made for another person.

        Two tabs share one session: after somebody else signs in, a page left open must not send
        its answers under their name. Such a page names its person in the header X-Page-Of.
        """
        signed_in = super().authenticate(request)
        page_of = request.headers.get("X-Page-Of")
        if signed_in and page_of not in (None, str(signed_in[0].pk)):
            raise NotAuthenticated
        return signed_in


class SessionSignInScheme(SessionScheme):
    """Says in the API's description what SessionSignIn asks for: the session's cookie."""

    target_class = SessionSignIn
    priority = 0


class Pace(SimpleRateThrottle):
    """So many calls a minute of one person's programs, or of one address without a sign-in.

    Counted in the shared cache, which is in the database. The pages of people at work are never
    slowed down: an answer that is saved must not be turned away.
    """

    def __init__(self):
        """The rate depends on who asks, so it is set in `allow_request`."""

    def allow_request(self, request, view):
        if request.auth is not None:
            calls, self.key = settings.API_CALLS_BY_TOKEN, f"api-person-{request.user.pk}"
        elif request.user.is_authenticated:
            return True
        else:
            address = get_adapter(request).get_client_ip(request)
            calls, self.key = settings.API_CALLS_ANONYMOUS, f"api-address-{address}"
        self.rate = f"{calls}/min"
        self.num_requests, self.duration = self.parse_rate(self.rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request, view):
        return self.key
