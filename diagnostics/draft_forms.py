"""What is filled in about the parts of a draft.

Fields are named by the way to them in the instrument, `statements-3`, so that a finding of the
checks falls beside its field.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from countries.content.tree import UNPRINTABLE
from countries.models import Country
from diagnostics import instrument_queries
from diagnostics.authoring import editing
from diagnostics.authoring.editing import Kind, Part
from diagnostics.models import InstrumentVersion
from diagnostics.scoring.instrument import (
    Approach,
    Group,
    Instrument,
    Item,
    MixRule,
    Source,
    Theme,
)

TAGS = [
    ("lecture", gettext_lazy("stands in the document")),
    ("adapted", gettext_lazy("adapted from the document")),
    ("added", gettext_lazy("our own")),
]
ADDRESSEES = [
    ("government", gettext_lazy("government")),
    ("business_associations", gettext_lazy("business associations")),
    ("donors", gettext_lazy("donors")),
    ("service_providers", gettext_lazy("service providers")),
]
PATHWAYS = [
    ("", gettext_lazy("any")),
    ("competitive", gettext_lazy("competitive")),
    ("inclusive", gettext_lazy("inclusive")),
]


class Wording(forms.CharField):
    """A text of one paragraph, or of several (`paragraphs`), of characters that can be printed."""

    def __init__(self, label: Any, *, rows: int = 1, most: int = 500, paragraphs: bool = False):
        self.paragraphs = paragraphs
        super().__init__(
            label=label,
            required=False,
            max_length=most,
            widget=forms.Textarea({"rows": rows}),
            validators=[
                RegexValidator(
                    UNPRINTABLE,
                    gettext_lazy("This holds a character that cannot be printed; take it out."),
                    inverse_match=True,
                )
            ],
        )

    def to_python(self, value: Any) -> str:
        lines = super().to_python(value).splitlines()
        folded = [" ".join(line.split()) for line in lines]
        return "\n".join(folded) if self.paragraphs else " ".join(filter(None, folded))


class PartForm(forms.Form):
    """A part of a draft; `locked` are the names of fields that an edition leaves as they are."""

    def __init__(self, data: Any, *, part: Any, instrument: Instrument, common: Any) -> None:
        super().__init__(data)
        self.part = part
        self.build(part, instrument)
        for name in self.locked(common) if common else ():
            self.fields[name].disabled = True
        for name, field in self.fields.items():
            field.widget.attrs["aria-describedby"] = f"findings-{name}"

    def build(self, part: Any, instrument: Instrument) -> None:
        """Add the fields that depend on the part, and what all of them hold."""
        raise NotImplementedError

    def locked(self, common: Any) -> Iterator[str]:
        """Fields that an edition shares with `common`, this part in its parent."""
        return iter(())

    def made(self) -> Part:
        """The part as filled in, of a valid form."""
        raise NotImplementedError

    def named(self, *starts: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(starts)]

    @property
    def sources(self) -> list[forms.BoundField]:
        return self.named("source-")

    def hold(self, **values: Any) -> None:
        for name, value in values.items():
            self.fields[name].initial = value

    def add_source(self, source: Source | None) -> None:
        held = source or Source("added", "", "")
        self.fields["source-tag"] = forms.ChoiceField(label=_("Where it comes from"), choices=TAGS)
        self.fields["source-document"] = Wording(_("Document"), most=200)
        self.fields["source-place"] = Wording(_("Place in it"), most=500)
        self.fields["source-because"] = Wording(_("On what it rests"), most=1000, rows=2)
        for name in ("tag", "document", "place", "because"):
            self.hold(**{f"source-{name}": getattr(held, name)})

    def source(self) -> Source:
        names = ("tag", "document", "place", "because")
        return Source(*(self.cleaned_data[f"source-{name}"] for name in names))


class HeadForm(PartForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    version = forms.CharField(label=gettext_lazy("Version"), max_length=20)
    intro = Wording(gettext_lazy("For readers"), rows=4, most=5000, paragraphs=True)
    pass_mark = forms.FloatField(
        label=gettext_lazy("Pass mark: the share of the weight that a stage needs")
    )
    completeness = forms.FloatField(
        label=gettext_lazy("The share that must be answered, and known, for a stage")
    )
    max_age_years = forms.IntegerField(
        label=gettext_lazy("Years for which an indicator counts"), min_value=0, max_value=100
    )

    def build(self, part: Instrument, instrument: Instrument) -> None:
        for name in list(self.fields):
            self.hold(**{name: getattr(part, name)})
        for at, name in enumerate(part.level_names):
            self.fields[f"level_names-{at}"] = Wording(_("Level %d") % (at + 1), most=100)
            self.hold(**{f"level_names-{at}": name})

    def locked(self, common: Instrument) -> Iterator[str]:
        yield from ("pass_mark", "completeness")

    @property
    def level_names(self) -> list[forms.BoundField]:
        return self.named("level_names-")

    def made(self) -> Instrument:
        given = self.cleaned_data
        names = ("title", "version", "intro", "pass_mark", "completeness", "max_age_years")
        levels = tuple(given[field.name] for field in self.level_names)
        return replace(self.part, level_names=levels, **{name: given[name] for name in names})


class ThemeForm(PartForm):
    title = Wording(gettext_lazy("Title"), most=200)
    intro = Wording(gettext_lazy("For readers"), rows=3, most=5000, paragraphs=True)

    def build(self, part: Theme, instrument: Instrument) -> None:
        self.hold(title=part.title, intro=part.intro)
        for at, group in enumerate([*part.groups, Group("", "")]):
            here, number = f"groups-{at}", at + 1
            self.fields[f"{here}-title"] = Wording(_("Title of group %d") % number, most=200)
            self.fields[f"{here}-weight"] = forms.FloatField(
                label=_("Weight of group %d") % number, required=False
            )
            self.hold(**{f"{here}-title": group.title, f"{here}-weight": group.weight})
            if group.code:
                self.fields[f"{here}-gone"] = forms.BooleanField(
                    label=_("Take group %d out; its items stay") % number, required=False
                )

    def locked(self, common: Theme) -> Iterator[str]:
        shared = {group.code for group in common.groups}
        for at, group in enumerate(self.part.groups):
            if group.code in shared:
                yield from (f"groups-{at}-weight", f"groups-{at}-gone")

    @property
    def groups(self) -> list[list[forms.BoundField]]:
        rows = range(len(self.part.groups) + 1)
        return [self.named(f"groups-{at}-") for at in rows]

    def made(self) -> Theme:
        given = self.cleaned_data
        groups = [
            replace(group, title=given[f"groups-{at}-title"], weight=given[f"groups-{at}-weight"])
            for at, group in enumerate([*self.part.groups, Group("", "")])
            if not given.get(f"groups-{at}-gone")
        ]
        if not groups[-1].title:
            groups.pop()  # the row for a new one
        return replace(
            self.part, title=given["title"], intro=given["intro"], groups=editing.grouped(groups)
        )


class ItemForm(PartForm):
    title = Wording(gettext_lazy("Title"), most=200)
    question = Wording(gettext_lazy("Question"), most=1000)
    evidence = Wording(gettext_lazy("What would show it"), rows=2, most=1000)
    group = forms.ChoiceField(label=gettext_lazy("Group"), required=False)
    weight = forms.FloatField(label=gettext_lazy("Weight"))
    weight_because = Wording(gettext_lazy("Why this weight"), rows=2)
    effort = forms.FloatField(
        label=gettext_lazy("Effort of one statement, against that of other items")
    )
    core = forms.BooleanField(
        label=gettext_lazy("Core: the theme's stage is never above this item's level"),
        required=False,
    )
    core_because = Wording(gettext_lazy("Why it is core"), rows=2)

    def build(self, part: Item, instrument: Instrument) -> None:
        theme = next(one for one in instrument.themes if part in one.items)
        groups = [(group.code, group.title) for group in theme.groups]
        self.fields["group"].choices = [("", _("none")), *groups]
        for name in list(self.fields):
            self.hold(**{name: getattr(part, name)})
        for level, text in part.steps.items():
            self.fields[f"statements-{level}"] = Wording(_("Statement of level %d") % level)
            self.hold(**{f"statements-{level}": text})
        self.add_source(part.source)

    def locked(self, common: Item) -> Iterator[str]:
        yield from ("group", "weight", "effort", "core")
        yield from (field.name for field in self.statements)

    @property
    def statements(self) -> list[forms.BoundField]:
        return self.named("statements-")

    def made(self) -> Item:
        given = self.cleaned_data
        fields = {name: given[name] for name in self.base_fields}
        statements = tuple(given[field.name] for field in self.statements)
        return replace(self.part, statements=statements, source=self.source(), **fields)


class ApproachForm(PartForm):
    text = Wording(gettext_lazy("What is done"), rows=3, most=2000)
    stage = forms.TypedChoiceField(label=gettext_lazy("For countries at stage"), coerce=int)
    addressee = forms.ChoiceField(label=gettext_lazy("Who is asked"), choices=ADDRESSEES)
    pathway = forms.ChoiceField(label=gettext_lazy("Pathway"), choices=PATHWAYS, required=False)
    category = Wording(gettext_lazy("Category"), most=100)
    continues = forms.MultipleChoiceField(
        label=gettext_lazy("What it continues from lower stages"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def build(self, part: Approach, instrument: Instrument) -> None:
        self.fields["stage"].choices = [(n, n) for n in range(1, instrument.levels + 1)]
        self.fields["continues"].choices = [
            (one.code, f"{one.stage}: {one.text}")
            for one in instrument.approaches
            if one.theme == part.theme and one.code != part.code
        ]
        for name in list(self.fields):
            self.hold(**{name: getattr(part, name)})
        self.add_source(part.source)

    def made(self) -> Approach:
        fields = {name: self.cleaned_data[name] for name in self.base_fields}
        continues = tuple(fields.pop("continues"))
        return replace(self.part, continues=continues, source=self.source(), **fields)


class RuleForm(PartForm):
    when = Wording(gettext_lazy("When"), rows=2)
    advice = Wording(gettext_lazy("Advice"), rows=3, most=2000)
    because = Wording(gettext_lazy("Because"), rows=2, most=1000)

    def build(self, part: MixRule, instrument: Instrument) -> None:
        self.hold(when=part.when, advice=part.advice, because=part.because)
        self.add_source(part.source)

    def made(self) -> MixRule:
        fields = {name: self.cleaned_data[name] for name in self.base_fields}
        return replace(self.part, source=self.source(), **fields)


FORMS: dict[Kind, type[PartForm]] = {
    Kind.HEAD: HeadForm,
    Kind.THEME: ThemeForm,
    Kind.ITEM: ItemForm,
    Kind.APPROACH: ApproachForm,
    Kind.RULE: RuleForm,
}


class CopyForm(forms.Form):
    """What is copied; for a country it becomes that country's edition."""

    version = forms.ModelChoiceField(
        InstrumentVersion.objects.none(), label=gettext_lazy("Instrument")
    )
    country = forms.ModelChoiceField(
        Country.objects.none(),
        label=gettext_lazy("For"),
        empty_label=gettext_lazy("all countries: its next version"),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = instrument_queries.edition_countries(by)
        self.fields["country"].queryset = countries
        if not instrument_queries.edits_instruments(by):
            self.fields["country"].required = True
            self.fields["country"].empty_label = _("choose one")
            self.initial["country"] = countries.first()
        self.fields["version"].queryset = instrument_queries.copied_by(by)


class NewItemForm(forms.Form):
    title = Wording(gettext_lazy("Title of the new item"), most=200)
    group = forms.CharField(required=False, max_length=60)


class ImportForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("An instrument file (YAML)"), allow_empty_file=True)
