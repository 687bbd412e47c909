"""Secrets of second factors in the database: sealed with a key made from the server's secret key.

A copy of the database alone (a backup, a lost disk) then opens no account. With
STAGES_FORMER_SECRET_KEYS what an earlier key sealed can still be read; `seal_again` moves all of it
to the present key, after which the former one may go.
"""

import base64
import logging
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

NAMES = ("secret", "seed")  # of the TOTP key and of the recovery codes in Authenticator.data


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. Raises PermissionDenied with the way out when no key of ours fits."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        log.error("A second factor was sealed with a key that this server does not have.")
        raise PermissionDenied(
            _("This second factor cannot be read here any more; ask an administrator to remove it.")
        ) from None


def sealed_again(data: dict[str, Any]) -> dict[str, Any]:
    """The data of an authenticator with its secrets under the present key."""
    return data | {name: seal(unseal(data[name])) for name in NAMES if name in data}


def _keys() -> MultiFernet:
    """The present key first: it seals, all of them unseal."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    made = salted_hmac("accounts.sealing", "second factors", secret=secret, algorithm="sha256")
    return base64.urlsafe_b64encode(made.digest())
