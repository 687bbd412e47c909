"""How a program is known to the API."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication


class SessionSignIn(SessionAuthentication):
    """The browser's own session. Naming a scheme makes an anonymous call 401 instead of 403."""

    def authenticate_header(self, request):
        return "Session"


class SessionSignInScheme(SessionScheme):
    """Says in the API's description what SessionSignIn asks for: the session's cookie."""

    target_class = SessionSignIn
    priority = 0
