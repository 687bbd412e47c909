"""Letters about accounts. Work goes on where mail does not."""

import logging

from django.core.mail import send_mail

log = logging.getLogger(__name__)


def send(subject: str, text: str, *, to: str) -> bool:
    """Send one letter; False, and a line in the log, where the mail server does not take it."""
    try:
        send_mail(subject, text, None, [to])
    except OSError as error:  # smtplib's errors are among these
        log.warning("A letter could not be sent: %s", error)
        return False
    return True
