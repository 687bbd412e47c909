"""Letters about accounts. Work goes on where mail does not."""

import logging

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Invitation

log = logging.getLogger(__name__)


def send(subject: str, text: str, *, to: str) -> bool:
    """Send one letter; False, and a line in the log, where the mail server does not take it."""
    try:
        send_mail(subject, text, None, [to])
    except OSError as error:  # smtplib's errors are among these
        log.warning("A letter could not be sent: %s", error)
        return False
    return True


def send_invitation(request: HttpRequest, invitation: Invitation, token: str) -> str:
    """Send the link of an invitation and return it; a message says so where mail fails."""
    link = request.build_absolute_uri(reverse("accounts:invitation", args=[token]))
    context = {"invitation": invitation, "link": link}
    text = render_to_string("accounts/invitation_mail.txt", context)
    if not send(_("An invitation to Stages"), text, to=invitation.email):
        messages.warning(request, _("The mail could not be sent; hand over the link."))
    return link
