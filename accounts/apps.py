from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import (
            memberships,
            sessions,  # noqa: F401  its receivers note every sign-in
        )
        from accounts.models import Membership

        memberships.register("country", memberships.Kind(Membership, "country", "country"))
