"""Statistics: datasets, their indicators, the imports that brought values, and what is current.

An observation is appended by an import, and what it says is never altered. Current is, for each
key, the row of the newest committed import that has one; readers find it in `CurrentValue`.
"""

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from activity.models import File
from countries.models import Country


class Dataset(models.Model):
    """What one publisher issues under one name, vintage after vintage.

    A fictional dataset holds fictional countries only, any other holds none of them, so no list,
    median or rank over an indicator can mix the two.
    """

    code = models.CharField(_("code"), max_length=60, primary_key=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    address = models.CharField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])]
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("Shown wherever a value of the dataset is shown.")
    )
    is_fictional = models.BooleanField(_("invented values"), default=False)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"),
                name="dataset_code_suits_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("loading:dataset", args=[self.code])

    @property
    def topic(self) -> str:
        """The name under which events and jobs about the dataset are found."""
        return f"dataset {self.code}"


class Indicator(models.Model):
    """One series of a dataset. The same code in two datasets is two indicators."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")

    id = models.AutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=200)
    title = models.CharField(_("title"), max_length=500)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    better = models.CharField(_("better"), max_length=6, choices=Better.choices, blank=True)
    minimum = models.FloatField(_("least possible value"), null=True, blank=True)
    maximum = models.FloatField(_("greatest possible value"), null=True, blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "dataset"], name="indicator_code_is_unique_in_dataset"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum=None)
                | models.Q(maximum=None)
                | models.Q(minimum__lte=models.F("maximum")),
                name="indicator_range_runs_upwards",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Recipe(models.Model):
    """A corrected layout, kept for the dataset's next vintage."""

    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="recipes")
    name = models.CharField(_("name"), max_length=100)
    layout = models.JSONField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "name"], name="recipe_name_is_unique_in_dataset"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file on its way into a dataset: uploaded, checked, committed, perhaps undone.

    `number` counts the dataset's commits: of two imports with the same key the one with the higher
    number is newer, whenever they were uploaded. `rows` keeps the checked observations (Parquet):
    undoing an older import asks a newer one what it said, even where that was nothing new then.
    `marked` is a workbook with the wrong cells marked, `head` the first rows of each table of the
    file, `undecided` the names of countries to decide on (`importing.Undecided`).
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("uploaded")
        CHECKED = "checked", _("checked")
        COMMITTED = "committed", _("loaded")
        UNDONE = "undone", _("undone")

    id = models.AutoField(primary_key=True)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="imports")
    vintage = models.CharField(
        _("vintage"), max_length=60, blank=True, help_text=_("As the publisher names it.")
    )
    is_complete = models.BooleanField(
        _("the file is the whole dataset"),
        default=False,
        help_text=_("What it does not contain any more is then taken out."),
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    number = models.PositiveIntegerField(null=True, editable=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    rows = models.FileField(upload_to="imports/%Y/%m", max_length=200, blank=True)
    marked = models.FileField(upload_to="imports/%Y/%m", max_length=200, blank=True)
    recipe = models.ForeignKey(Recipe, models.SET_NULL, null=True, blank=True, related_name="+")
    layout = models.JSONField(null=True)
    head = models.JSONField(default=dict)
    titles = models.JSONField(default=dict)
    undecided = models.JSONField(default=list)
    told = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    samples = models.JSONField(default=dict)
    new = models.PositiveIntegerField(null=True)
    changed = models.PositiveIntegerField(null=True)
    same = models.PositiveIntegerField(null=True)
    gone = models.PositiveIntegerField(null=True)
    rejected = models.PositiveIntegerField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    committed_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_because = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "number"], name="import_number_is_unique_in_dataset"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["uploaded", "checked"], number=None)
                | models.Q(state="committed", number__isnull=False, committed_at__isnull=False)
                | models.Q(state="undone", number__isnull=False, undone_at__isnull=False),
                name="import_is_numbered_once_committed",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="undone") | ~models.Q(undone_because=""),
                name="import_undone_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}, {self.vintage or self.file.name}"

    def get_absolute_url(self) -> str:
        return reverse("loading:import", args=[self.pk])

    @property
    def issue(self) -> str:
        """The vintage as the publisher names it, or else the day on which the file came."""
        return self.vintage or date_format(self.uploaded_at)

    @property
    def is_open(self) -> bool:
        """Whether it may still be corrected, loaded or discarded."""
        return self.state in (self.State.UPLOADED, self.State.CHECKED)

    @property
    def topic(self) -> str:
        """The name under which jobs about the import are found."""
        return f"import {self.pk}"


class Frequency(models.TextChoices):
    """How long a period is; the letters are those of SDMX."""

    YEAR = "A", _("yearly")
    HALF = "S", _("half-yearly")
    QUARTER = "Q", _("quarterly")
    MONTH = "M", _("monthly")
    WEEK = "W", _("weekly")
    DAY = "D", _("daily")


class Measured(models.Model):
    """A value with what belongs to it. Its key is natural: what is measured, where, when, of whom.

    The keys carry no foreign key constraints: checked row by row they take longer than the rows
    themselves. What is written here was checked against the tables they lead to, and nothing those
    tables hold is ever deleted while it is in use (PROTECT).
    """

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    country = models.ForeignKey(
        Country, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    period = models.CharField(max_length=20, db_collation="C")
    breakdown = models.CharField(max_length=300, blank=True, db_collation="C")
    origin = models.ForeignKey(
        Import, models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    frequency = models.CharField(max_length=1, choices=Frequency.choices)
    year = models.SmallIntegerField()
    value = models.FloatField(null=True)
    flag = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    unit = models.CharField(max_length=100, blank=True)
    standard_error = models.FloatField(null=True)
    sample_size = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.country_id} {self.period}: {self.value}"


class Observation(Measured):
    """What an import said that was new; `is_gone` where it said that the value is no more.

    Of the rows of a key from imports now committed, all but the newest are marked `is_superseded`.
    The mark is all that ever changes of a row (a trigger sees to it), and few rows have it, so that
    a value is read as fast as if there were no history.
    """

    pk = models.CompositePrimaryKey(
        "indicator_id", "country_id", "period", "breakdown", "origin_id"
    )
    is_gone = models.BooleanField(db_default=False)
    is_superseded = models.BooleanField(db_default=False)

    class Meta:
        indexes = [BrinIndex(fields=["origin"], name="observation_by_import")]


class CurrentValue(Measured):
    """The newest of what not undone imports said, one row a key: a view of the observations."""

    pk = models.CompositePrimaryKey("indicator_id", "country_id", "period", "breakdown")

    class Meta:
        managed = False


class CompositeIndex(models.Model):
    """An index of a dataset: its specification and, once built, everything that came of it.

    `result` is what `indices.output.as_data` gives for revision `revision` of the text.
    """

    id = models.AutoField(primary_key=True)
    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="indices")
    text = models.TextField(_("specification"))
    revision = models.PositiveIntegerField(default=0)
    result = models.JSONField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "composite indices"

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """The name under which events and jobs about the index are found."""
        return f"index {self.code}"
