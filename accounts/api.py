"""How a program is known to the API."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated


class SessionSignIn(SessionAuthentication):
    """The browser's own session. Naming a scheme makes an anonymous call 401 instead of 403."""

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

    def authenticate_header(self, request):
        return "Session"


class SessionSignInScheme(SessionScheme):
    """Says in the API's description what SessionSignIn asks for: the session's cookie."""

    target_class = SessionSignIn
    priority = 0
