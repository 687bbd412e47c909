"""OpenID Connect: off unless the settings name a server; it signs in people we know, no others."""

import sys
from importlib import reload

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import NoReverseMatch, clear_url_caches, reverse

from accounts.models import User
from tests.accounts.test_second_factor import CODE, give_second_factor
from tests.factories import people
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return people.UserFactory(email="ana@example.org", name="Ana Sok")
