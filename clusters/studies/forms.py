"""What is filled in about a diagnostic study."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activity.revised_form import RevisedForm
from activity.templatetags.numbers import number
from clusters.models import Lesson, PlanLine, Problem, Reading, Study, SwotLine
from clusters.studies import evidence
from clusters.studies.words import (
    HEADINGS,
    PRINCIPLES,
    PRINCIPLES_SOURCE,
    SECTIONS,
    STRATEGIES,
    STRATEGIES_SOURCE,
    TEXTS,
    Words,
)
from countries.models import Document
from indicators.typed_numbers import NumberField


@dataclass(frozen=True)
class Boxes:
    """A part of the document with its boxes; `asked` says before which step they are filled."""

    title: Words
    fields: Sequence[forms.BoundField]
    asked: Words = ""
    source: Words = ""


class StudyForm(RevisedForm, forms.ModelForm):
    """The texts, and an answer to each design principle."""

    class Meta:
        model = Study
        fields = TEXTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].widget.attrs["rows"] = 5
        for code, question in PRINCIPLES.items():
            self.fields[_principle(code)] = forms.CharField(
                label=question, required=False, max_length=1000,
                initial=self.instance.principles.get(code, ""),
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        for name in (*self.Meta.fields, *map(_principle, PRINCIPLES)):
            field = self.fields[name]
            longest = _("At most %(n)s characters.") % {"n": number(field.max_length)}
            field.help_text = f"{field.help_text} {longest}".strip()

    @property
    def parts(self) -> list[Boxes]:
        """The boxes as the document parts them."""
        sending, approval = _("before sending"), _("before approval")
        source = STRATEGIES_SOURCE.whole
        return [
            Boxes(_("What was found"), self._boxes(SECTIONS), sending),
            Boxes(HEADINGS["vision"], self._boxes(["vision"]), sending),
            Boxes(_("Support by the government"), self._boxes(STRATEGIES), source=source),
            Boxes(HEADINGS["donors"], self._boxes(["donors"])),
            Boxes(
                HEADINGS["principles"], self._boxes(map(_principle, PRINCIPLES)), approval,
                PRINCIPLES_SOURCE.whole,
            ),
        ]  # fmt: skip

    def _boxes(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def values(self) -> dict[str, Any]:
        """What the action takes, of a valid form."""
        said = self.cleaned_data
        return {
            "revision": said["revision"],
            "texts": {name: said[name] for name in self.Meta.fields},
            "principles": {code: said[_principle(code)] for code in PRINCIPLES},
        }


def _principle(code: str) -> str:
    """The field of a principle's answer: some are coded as a section of the study is."""
    return f"principle-{code}"


class SwotForm(RevisedForm, forms.ModelForm):
    """A line of SWOT with what it points to: something on record, or a place in a document.

    What may be chosen is gathered only to be shown: `evidence.pointed_to` judges what was.
    """

    on_record = forms.CharField(
        label=gettext_lazy("It rests on"), required=False, widget=forms.Select
    )
    document = forms.ModelChoiceField(
        Document.objects.all(), label=gettext_lazy("Or on a document"), required=False,
        empty_label=gettext_lazy("another one, named below"),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Another document: its title and year"), required=False, max_length=300
    )
    cited = forms.CharField(
        label=gettext_lazy("Where in the document"), required=False, max_length=190,
        help_text=gettext_lazy("A page, a table, a section."),
    )  # fmt: skip

    class Meta:
        model = SwotLine
        fields = ["kind", "text"]

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.study = study
        self.fields["on_record"].widget.choices = lambda: self._choices
        line = self.instance
        if line.evidence_key.startswith(evidence.CITED):
            self._show_cited(line)
        else:
            self.fields["on_record"].initial = line.evidence_key

    @cached_property
    def _choices(self) -> list[tuple[str, Any]]:
        groups = evidence.grouped(self.study.cluster)
        rests_on = self.fields["on_record"].initial
        if rests_on and not any(rests_on in kept for kept in groups.values()):
            groups[_("no longer there")] = {rests_on: self.instance.evidence_told}
        return [
            ("", _("choose one")),
            *((title, list(kept.items())) for title, kept in groups.items()),
        ]

    def _show_cited(self, line: SwotLine) -> None:
        code = line.evidence_key.removeprefix(evidence.CITED).strip()
        document = Document.objects.filter(pk=code).first()
        if document:
            title, place = "", line.evidence.removeprefix(f"{document.citation}, ")
        elif ", " in line.evidence:  # as they are put together, whichever comma it was
            title, place = line.evidence.rsplit(", ", 1)
        else:
            title, place = line.evidence, ""
        shown = {"document": document, "title": title, "cited": place}
        for name, value in shown.items():
            self.fields[name].initial = value

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        pointed_to = evidence.pointed_to(
            self.instance,
            self.study.cluster,
            on_record=said.get("on_record", ""),
            document=said.get("document"),
            title=said.get("title", ""),
            place=said.get("cited", ""),
        )
        for name, value in pointed_to.items():
            setattr(self.instance, name, value)
        return said


class ProblemForm(RevisedForm, forms.ModelForm):
    class Meta:
        model = Problem
        fields = ["kind", "text", "action", "risk", "risk_text", "conditions"]


class PlanLineForm(RevisedForm, forms.ModelForm):
    class Meta:
        model = PlanLine
        fields = ["kind", "text", "owner", "start", "end", "cost", "currency", "payer",
                  "indicator", "baseline", "target"]  # fmt: skip
        widgets = {
            name: forms.DateInput({"type": "date"}, format="%Y-%m-%d") for name in ("start", "end")
        }
        field_classes = dict.fromkeys(["cost", "baseline", "target"], NumberField)


class ReadingForm(forms.ModelForm):
    """Where one line's indicator stands."""

    class Meta:
        model = Reading
        fields = ["line", "day", "value", "status", "source"]
        field_classes = {"value": NumberField}
        widgets = {"day": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = study.lines.all()


class CorrectionForm(forms.ModelForm):
    """Another value in the place of one that stands, with the reason."""

    reading = forms.ModelChoiceField(
        Reading.objects.none(), label=gettext_lazy("The value that is wrong")
    )

    class Meta:
        model = Reading
        fields = ["value", "status", "source", "reason"]
        field_classes = {"value": NumberField}

    field_order = ["reading", "value", "status", "source", "reason"]

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="correction_%s", **kwargs)
        standing = Reading.objects.standing().filter(line__study=study).select_related("line")
        self.fields["reading"].queryset = standing.order_by("line__start", "line", "day")
        self.fields["reading"].label_from_instance = _named
        self.fields["reason"].required = True


def _named(reading: Reading) -> str:
    facts = {"line": reading.line, "day": date_format(reading.day, "SHORT_DATE_FORMAT"),
             "value": number(reading.value.normalize())}  # fmt: skip
    return _("%(line)s, %(day)s: %(value)s") % facts


class LessonForm(forms.ModelForm):
    """What was learnt, on which day, and who says so."""

    class Meta:
        model = Lesson
        fields = ["text", "line", "day", "author"]
        widgets = {
            "text": forms.Textarea({"rows": 2}),
            "day": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lesson_%s", **kwargs)
        self.fields["line"].queryset = study.lines.all()


class LessonCorrectionForm(LessonForm):
    """A lesson in the place of one that is wrong, with the reason."""

    class Meta(LessonForm.Meta):
        fields = [*LessonForm.Meta.fields, "reason"]

    def __init__(self, *args: Any, lesson: Lesson, **kwargs: Any) -> None:
        was = model_to_dict(lesson, LessonForm.Meta.fields)
        super().__init__(*args, study=lesson.study, initial=was, **kwargs)
        self.fields["reason"].required = True
