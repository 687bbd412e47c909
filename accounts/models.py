"""People: users, organisations, memberships."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import CLUSTER_ROLES, COUNTRY_ROLES, FIRM_ROLES
from countries.models import Country, only_seen


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email=username.strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person; the e-mail address is the name they sign in with, whatever its case."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody with this e-mail address exists.")},
    )
    name = models.CharField(_("name"), max_length=150, validators=[only_seen])
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may look at the tables"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)
    may_be_named = models.BooleanField(_("may be named in reports"), default=False)
    guide_is_away = models.BooleanField(_("first steps are put away"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A ministry, agency, association or firm that answers as one rater."""

    name = models.CharField(_("name"), max_length=200, validators=[only_seen])
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="organisations"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="organisation_name_is_unique_in_country",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a user, for an organisation, in one country or (country null) in all."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(
        _("role"), max_length=30, choices=[(role.code, role.title) for role in COUNTRY_ROLES]
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "organisation", "country"],
                name="membership_is_unique",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.code for role in COUNTRY_ROLES]),
                name="membership_role_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.organisation}, {self.place}"

    @property
    def place(self) -> str:
        return str(self.country or _("all countries"))


class Invitation(models.Model):
    """A role offered to an e-mail address by a link that expires; only the link's hash is kept."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(
        _("role"),
        max_length=30,
        choices=[(role.code, role.title) for role in COUNTRY_ROLES + CLUSTER_ROLES + FIRM_ROLES],
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    country = models.ForeignKey(
        Country, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("country")
    )
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}, {self.organisation}"


class Token(models.Model):
    """What a program shows to act for a person, until it is taken back; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(
        _("name"), max_length=100, help_text=_("Where it is used, so that you know it later.")
    )
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name
