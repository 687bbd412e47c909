"""Report versions: snapshots that nothing changes any more, and the files made of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from activity.models import Comment, File
from clusters.models import Study
from countries.models import Country
from diagnostics.models import Round, Scoring


class ReportVersion(models.Model):
    """One numbered version of a closed round's report.

    `snapshot` holds all the report shows; `sha256` is over its canonical JSON. `members` holds the
    names that only the members' edition shows (`reports.editions`). A database trigger refuses to
    change any of them. `publish_on` is a day in the country; `published_at` is when it was.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        SUPERSEDED = "superseded", _("superseded")

    round = models.ForeignKey(Round, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("version"))
    scoring = models.ForeignKey(Scoring, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    members = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    publish_on = models.DateField(null=True)
    publish_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["round", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="report_number_is_unique"),
            models.UniqueConstraint(fields=["scoring"], name="report_is_one_per_scoring"),
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state="published"),
                name="report_published_is_one_per_round",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | ~models.Q(withdrawn_because=""),
                name="report_is_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return _("%(round)s, version %(number)s") % {"round": self.round, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def public_address(self) -> str:
        """Where the version stays once it was published, whatever comes after it; "" before."""
        if self.state in (self.State.DRAFT, self.State.IN_REVIEW, self.State.APPROVED):
            return ""
        name = slugify(f"{self.round.title} {self.round_id}")
        return reverse("public:version", args=[self.round.country_id, name, self.number])


class Rendition(models.Model):
    """A report version or a study as a file: one form, audience, language; never changed.

    `key` is the hash of all that went into it (`reports.renditions`). A database trigger refuses
    changes, and refuses to remove the file of a published version.
    """

    class Form(models.TextChoices):
        PDF = "pdf", _("PDF")
        WORD = "docx", _("Word")
        EXCEL = "xlsx", _("Excel")
        BUNDLE = "zip", _("ZIP")

    report = models.ForeignKey(ReportVersion, models.PROTECT, null=True, related_name="renditions")
    study = models.ForeignKey(Study, models.PROTECT, null=True, related_name="renditions")
    form = models.CharField(max_length=4, choices=Form.choices)
    audience = models.CharField(max_length=10, blank=True)
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=64, unique=True)
    published = models.BooleanField()
    content = models.FileField(upload_to="renditions/%Y/%m", max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["report", "study", "form", "audience", "language"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(report=None, audience="", published=False, study__isnull=False)
                | models.Q(report__isnull=False, study=None),
                name="rendition_is_of_a_report_or_a_study",
            ),
            models.UniqueConstraint(
                fields=["report", "form", "audience", "language"],
                condition=models.Q(published=True),
                name="rendition_of_a_published_report_is_one",
            ),
        ]

    def __str__(self) -> str:
        of = self.report or self.study
        return f"{of}: {self.audience} {self.language} {self.get_form_display()}"


class PaperChoices(models.Model):
    """What a country puts on the cover of its reports, and the sections it leaves out.

    `off` holds for an audience the codes of sections (`reports.rendering.sections.KINDS`).
    """

    country = models.OneToOneField(Country, models.PROTECT, related_name="+")
    cover_text = models.TextField(blank=True)
    logo = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    off = models.JSONField(default=dict)

    class Meta:
        ordering = ["country"]
        verbose_name_plural = "paper choices"

    def __str__(self) -> str:
        return str(self.country)

    @classmethod
    def of(cls, country_id: str) -> Self:
        """The country's choices, or those of a country that made none."""
        kept = cls.objects.select_related("logo").filter(country=country_id).first()
        return kept or cls(country_id=country_id)


class Approval(models.Model):
    """One person's approval of a report version; void once the version went back to draft.

    `named` is the person's consent, when approving, to be named in the members' edition.
    """

    report = models.ForeignKey(ReportVersion, models.PROTECT, related_name="approvals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    void_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "by"],
                condition=models.Q(void_at=None),
                name="approval_is_one_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.by}"


class Remark(models.Model):
    """What a reviewer says on a part of a report version, and the coordinator's answer.

    The words are a comment (`activity.comments`); `anchor` is the part's on the report's page,
    `about` its title, `item` its code where it is one. An answer is given once and stays.
    """

    class Verdict(models.TextChoices):
        OPEN = "open", _("not answered yet")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        CHANGED = "changed", _("changed")

    report = models.ForeignKey(ReportVersion, models.PROTECT, related_name="remarks")
    anchor = models.CharField(max_length=160)
    about = models.CharField(max_length=300)
    item = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, default=Verdict.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="open", answer="")
                | (~models.Q(verdict="open") & ~models.Q(answer="")),
                name="remark_is_answered_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.about}"


class Reply(models.Model):
    """What an assessed ministry says to a report version; printed with it. Kept once approved."""

    report = models.ForeignKey(ReportVersion, models.PROTECT, related_name="replies")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("reply"), max_length=5000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"], name="reply_is_one_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.report}"


class ShareLink(models.Model):
    """A key to one report version for who has no account; only the link's hash is kept."""

    report = models.ForeignKey(ReportVersion, models.PROTECT, related_name="links")
    reader = models.CharField(_("who it is for"), max_length=200)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.report}: {self.reader}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class ShareOpening(models.Model):
    """One opening of a share link; `by` is known where the reader was signed in."""

    link = models.ForeignKey(ShareLink, models.CASCADE, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.link}, {self.at:%Y-%m-%d %H:%M}"


class CountryRecord(models.Model):
    """All that was kept of a country's rounds, as one ZIP; removed after a while."""

    FOLDER = "records"

    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    content = models.FileField(upload_to=FOLDER, max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.country}, {self.made_at:%Y-%m-%d}"
