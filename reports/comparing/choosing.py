"""What stands side by side: reports chosen by the address of a comparison.

Real countries and fiction never meet, nor do instruments of different families; of a country the
newest report that the person may read stands for it. Everything is read in a constant number of
queries.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from countries.models import Country, GroupMember
from countries.names import territory
from countries.wording import words_of
from diagnostics.authoring.translating import said
from diagnostics.instrument_queries import words_of_versions
from diagnostics.models import Round
from reports.models import ReportVersion
from reports.queries import reports_visible_to

MOST = 12  # as many countries as a table has room for
State = ReportVersion.State
DRAFTS = (State.DRAFT, State.IN_REVIEW, State.APPROVED)
FICTIONAL = Round.Provenance.FICTIONAL


@dataclass(frozen=True)
class Subject:
    """A report as one of those compared; `result` is {} until it is read."""

    pk: int
    country: str
    name: str
    fictional_country: bool
    round: int
    title: str
    period_end: date
    provenance: str
    label: str
    state: str
    number: int
    family: str
    instrument: str
    result: Mapping[str, Any]

    @property
    def is_draft(self) -> bool:
        return self.state in DRAFTS

    @property
    def is_fiction(self) -> bool:
        return self.fictional_country or self.provenance == FICTIONAL

    @property
    def heading(self) -> str:
        """Its name in charts and tables; a draft says so wherever it goes."""
        return _("%(name)s (draft)") % {"name": self.name} if self.is_draft else self.name

    @property
    def titled(self) -> str:
        """Its round likewise."""
        return _("%(name)s (draft)") % {"name": self.title} if self.is_draft else self.title

    def theme(self, code: str) -> Mapping[str, Any] | None:
        return next((one for one in self.result["themes"] if one["code"] == code), None)

    def place(self, code: str) -> tuple[int | None, float | None]:
        """Stage and position of a theme by which countries are compared: on common items where
        the sheet is a national edition (method.md section 8)."""
        found = self._on_common_items(code) or self.theme(code)
        return (found["stage"], found["position"]) if found else (None, None)

    def is_on_common_items(self, code: str) -> bool:
        """Whether that place is not the one of the report's own theme."""
        return self._on_common_items(code) is not None

    def _on_common_items(self, code: str) -> Mapping[str, Any] | None:
        return next((one for one in self.result.get("common") or [] if one["theme"] == code), None)


def readable(user: User | AnonymousUser, *, drafts: bool) -> list[Subject]:
    """The newest version of every round on a country that the person may read, without results."""
    states = (State.PUBLISHED, *(DRAFTS if drafts else ()))
    content = "round__instrument_version__content"
    rows = (
        _on_countries(reports_visible_to(user))
        .filter(state__in=states)
        .annotate(
            family=Coalesce(
                KeyTextTransform("code", KeyTransform("edition_of", content)),
                F("round__instrument_version__code"),
                output_field=TextField(),
            )
        )
        .order_by("round_id", "-number")
        .distinct("round_id")
        .values_list(
            "pk", "round__country", "round__country__name", "round__country__is_fictional",
            "round", "round__title", "round__period_end", "round__provenance", "round__label",
            "state", "number", "family", "round__instrument_version__code",
            "round__instrument_version__version", "round__country__alpha_2",
        )
    )  # fmt: skip
    return [
        Subject(pk, code, territory(name, alpha_2), *rest, f"{instrument} {version}", {})
        for pk, code, name, *rest, instrument, version, alpha_2 in rows
    ]


def with_results(subjects: Iterable[Subject]) -> list[Subject]:
    """The same with what each found, in the language of now; the results in one query."""
    subjects = list(subjects)
    rows = ReportVersion.objects.filter(pk__in=[one.pk for one in subjects]).values_list(
        "pk", "snapshot__result", "round__instrument_version"
    )
    words = words_of_versions(version for _pk, _result, version in rows)
    results = {
        pk: said(result, words.get(version, {}) | words_of(result)) for pk, result, version in rows
    }
    return [replace(one, result=results[one.pk]) for one in subjects if one.pk in results]


def _on_countries(reports: QuerySet[ReportVersion]) -> QuerySet[ReportVersion]:
    return reports.filter(round__cluster=None, round__subject="country").select_related(None)


@dataclass(frozen=True)
class Choice:
    """What the address of a comparison chooses, and what there is to choose from.

    `candidates` are the newest reports of the countries of this kind and family, by name; `told`
    has a sentence for everything in the address that could not be used.
    """

    fiction: bool
    drafts: bool
    family: str
    families: Sequence[str]
    candidates: Sequence[Subject]
    picked: frozenset[str]
    group: str
    grouping: str
    groups: Mapping[str, Sequence[Country]]  # by country, those of the grouping
    told: Sequence[str]

    @cached_property
    def matching(self) -> list[Subject]:
        """Those asked for, by name: never by stage, for stages are no ranking."""
        return with_results(
            one
            for one in self.candidates
            if (not self.picked or one.country in self.picked)
            and (not self.group or self.group in {g.code for g in self.groups[one.country]})
        )

    @property
    def shown(self) -> list[Subject]:
        """The first of them; groups count all."""
        return self.matching[:MOST]

    @property
    def peer_groups(self) -> list[Country]:
        """The groups in which any candidate is, by name."""
        found = {group.code: group for groups in self.groups.values() for group in groups}
        return sorted(found.values(), key=lambda group: group.name)

    @property
    def address(self) -> str:
        """The query string that leads here again."""
        pairs = {
            "of": "fictional" if self.fiction else "",
            "instrument": self.family if len(self.families) > 1 else "",
            "country": sorted(self.picked),
            "group": self.group,
            "grouping": self.grouping if self.grouping != Country.Grouping.UN_SUBREGION else "",
            "drafts": "1" if self.drafts else "",
        }
        return "?" + urlencode({key: value for key, value in pairs.items() if value}, doseq=True)


def chosen(query: QueryDict, user: User | AnonymousUser) -> Choice:
    """Read the address; what is unknown in it is told and left out."""
    told: list[str] = []
    fiction = query.get("of") == "fictional"
    drafts = bool(query.get("drafts")) and user.is_authenticated
    all_kinds = [one for one in readable(user, drafts=drafts) if one.is_fiction == fiction]
    families = sorted({one.family for one in all_kinds})
    family = query.get("instrument", "")
    if family and family not in families:
        told.append(_("No report here rests on the instrument %s.") % family[:60])
    if family not in families:
        family = _commonest(all_kinds)
    candidates = _newest(one for one in all_kinds if one.family == family)
    known = {one.country for one in candidates}
    asked = [code.upper() for code in query.getlist("country") if code]
    told += [
        _("There is no report to compare on %s.") % code[:20] for code in asked if code not in known
    ]
    grouping = query.get("grouping", "")
    if grouping not in Country.Grouping.values:
        grouping = Country.Grouping.UN_SUBREGION.value
    groups = _groups(known, grouping)
    group = query.get("group", "").upper()
    if group and not any(group == one.code for found in groups.values() for one in found):
        told.append(_("No country here is in the group %s.") % group[:20])
        group = ""
    picked = frozenset(asked) & known
    choice = Choice(
        fiction, drafts, family, families, candidates, picked, group, grouping, groups, told
    )
    if len(choice.matching) > MOST:
        told.append(_("At most %(n)s countries stand side by side: the first.") % {"n": MOST})
    return choice


def _commonest(subjects: Sequence[Subject]) -> str:
    """The family with the most reports, so that a page without a choice shows the most."""
    families = [one.family for one in subjects]
    return max(sorted(set(families)), key=families.count, default="")


def _newest(subjects: Iterable[Subject]) -> list[Subject]:
    """One report a country, the one that ends last, by the countries' names."""
    found: dict[str, Subject] = {}
    for one in sorted(subjects, key=lambda one: (one.period_end, one.pk)):
        found[one.country] = one
    return sorted(found.values(), key=lambda one: one.name)


def _groups(codes: Iterable[str], grouping: str) -> dict[str, list[Country]]:
    found: dict[str, list[Country]] = {code: [] for code in codes}
    members = GroupMember.objects.filter(country__in=found, group__grouping=grouping)
    for one in members.select_related("group"):
        found[one.country_id].append(one.group)
    return found
