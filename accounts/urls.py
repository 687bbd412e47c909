from allauth.decorators import rate_limit
from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from accounts import views
from accounts.allauth_urls import sign_in
from accounts.signing_in import session

app_name = "accounts"


def _page(name: str) -> str:
    return f"accounts/{name}.html"


urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/invite/", views.invite, name="invite"),
    path(
        "invitations/<int:pk>/withdraw/",
        views.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
    path(
        "people/<int:pk>/second-factor/remove/",
        views.second_factor_remove,
        name="second_factor_remove",
    ),
    path("memberships/<slug:kind>/<int:pk>/end/", views.membership_end, name="membership_end"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<int:pk>/take-back/", views.token_take_back, name="token_take_back"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("naming/", views.naming, name="naming"),
    path("guide/", views.guide, name="guide"),
    path("language/", views.language, name="language"),
    path("sign-in/", sign_in, name="signin"),
    path("session/", session, name="session"),
    path("sign-out/", auth.LogoutView.as_view(), name="signout"),
    path(
        "password/",
        rate_limit(action="change_password")(
            auth.PasswordChangeView.as_view(
                template_name=_page("password_change"), success_url=reverse_lazy("home")
            )
        ),
        name="password_change",
    ),
    path(
        "password/reset/",
        rate_limit(action="reset_password")(
            auth.PasswordResetView.as_view(
                template_name=_page("password_reset"),
                email_template_name="accounts/password_reset_mail.txt",
                subject_template_name="accounts/password_reset_subject.txt",
                success_url=reverse_lazy("accounts:password_reset_sent"),
            )
        ),
        name="password_reset",
    ),
    path(
        "password/reset/sent/",
        auth.PasswordResetDoneView.as_view(template_name=_page("password_reset_sent")),
        name="password_reset_sent",
    ),
    path(
        "password/reset/<uidb64>/<token>/",
        auth.PasswordResetConfirmView.as_view(
            template_name=_page("password_reset_confirm"),
            success_url=reverse_lazy("accounts:signin"),
        ),
        name="password_reset_confirm",
    ),
]
