"""OpenID Connect: off unless the settings name a server; it signs in people we know, no others."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from accounts import openid
from accounts.allauth_urls import urlpatterns as without
from accounts.models import User
from config import urls
from tests.accounts.test_second_factor import CODE, code_now, give_second_factor
from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
SIGN_IN = "/account/openid/"
BACK = "/account/openid/back/"
ISSUER = "https://id.example"
SERVER = {
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/userinfo",
}


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")
