"""Loading reference data: countries and groups, and what documents say of a country."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from countries.models import (
    Alias,
    Country,
    CountryFact,
    Document,
    GroupMember,
    Industry,
    KeyFigure,
    SMEDefinition,
    is_fictional,
)
from countries.shipped import Shipped

UN_M49 = "United Nations, M49"
FACTS = {"institutions": "institution", "laws": "law", "constraints": "constraint"}


def load_documents(citations: Mapping[str, str]) -> None:
    """Store the citation of each document code."""
    for code, citation in citations.items():
        Document.objects.update_or_create(code=code, defaults={"citation": citation})


@transaction.atomic
def load_country(profile: Mapping[str, Any]) -> Country:
    """Store a country and, where the profile has them, all that is said of it.

    The name of a country that is there stays: it may have been changed on purpose.

    Keys: code, name, time_zone; optional definitions, definitions_note, figures, institutions,
    laws, constraints: lists of rows with the columns of the models, each with document and place.
    """
    said = {
        "time_zone": profile["time_zone"],
        "is_fictional": is_fictional(profile["code"]),
        "definitions_note": profile.get("definitions_note") or "",
    }
    country, _made = Country.objects.update_or_create(
        code=profile["code"], defaults=said, create_defaults={"name": profile["name"], **said}
    )
    for rows in (country.definitions, country.figures, country.facts):
        rows.all().delete()
    SMEDefinition.objects.bulk_create(_rows(SMEDefinition, country, profile.get("definitions")))
    KeyFigure.objects.bulk_create(_rows(KeyFigure, country, profile.get("figures")))
    for key, kind in FACTS.items():
        facts = [{"kind": kind, **_renamed(row)} for row in profile.get(key) or []]
        CountryFact.objects.bulk_create(_rows(CountryFact, country, facts))
    return country


@transaction.atomic
def load_industries(industries: Iterable[tuple[str, str, str]]) -> None:
    """Store industries of ISIC, (code, title, letter of the section); titles there are renewed."""
    Industry.objects.bulk_create(
        [
            Industry(code=code, title=title, section_id=section if section != code else None)
            for code, title, section in industries
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "section"],
    )


@transaction.atomic
def load_areas(areas: Iterable[Shipped]) -> None:
    """Store countries and aggregates with codes, aliases and the groups of UN M49.

    Safe to repeat: names, time zones, aliases and groups from other sources that are there stay.
    """
    areas = list(areas)
    for area in areas:
        codes = {"alpha_2": area.alpha_2, "numeric": area.numeric, "grouping": area.grouping}
        kind = Country.Kind.AGGREGATE if area.is_aggregate else Country.Kind.COUNTRY
        new = {"name": area.name, "time_zone": area.time_zone}
        Country.areas.update_or_create(
            code=area.code,
            defaults={"kind": kind, **codes},
            create_defaults={"kind": kind, **codes, **new},
        )
    aliases = [alias for area in areas for alias in _aliases(area)]
    Alias.objects.bulk_create(aliases, ignore_conflicts=True)
    GroupMember.objects.filter(source=UN_M49).delete()
    GroupMember.objects.bulk_create(
        GroupMember(group_id=group, country_id=area.code, source=UN_M49)
        for area in areas
        for group in area.groups
    )


def _aliases(area: Shipped) -> Iterable[Alias]:
    for code in area.codes:
        yield Alias(country_id=area.code, kind=Alias.Kind.CODE, text=code)
    for name, language in {area.name: "", **area.names}.items():
        yield Alias(country_id=area.code, kind=Alias.Kind.NAME, text=name, language=language)


def place_in_group(*, country: str, group: str, source: str) -> None:
    """Put a country (by code) in a group, as `source` has it. Safe to repeat."""
    GroupMember.objects.update_or_create(
        group_id=group, country_id=country, defaults={"source": source}
    )


@transaction.atomic
def load_groups(
    groups: Mapping[str, Iterable[str]], *, source: str, as_of: date, groupings: Sequence[str]
) -> None:
    """Put `groups` (code of an aggregate: codes of its countries) in place of those there were.

    `groupings` says of which kinds (Country.Grouping). Fictional countries stay where they are: no
    source of groups knows them.
    """
    known = GroupMember.objects.exclude(country__is_fictional=True)
    known.filter(group__grouping__in=groupings).delete()
    GroupMember.objects.bulk_create(
        GroupMember(group_id=group, country_id=country, source=source, as_of=as_of)
        for group, countries in groups.items()
        for country in countries
    )


@transaction.atomic
def rename(area: Country, *, name: str) -> None:
    """Show a country or an aggregate under another name; files may go on using the old one.

    Raises ValidationError for an empty or too long name, or one that another has.
    """
    if Country.areas.filter(name=name).exclude(pk=area.pk).exists():
        raise ValidationError(_("%(name)s is another's name already."), params={"name": name})
    Alias.objects.get_or_create(country=area, kind=Alias.Kind.NAME, text=area.name)
    area.name = name
    area.full_clean()
    area.save(update_fields=["name"])


def _rows(model: type, country: Country, rows: Sequence[Mapping[str, Any]] | None) -> list[Any]:
    return [
        model(country=country, position=position, **_columns(row))
        for position, row in enumerate(rows or [], start=1)
    ]


def _columns(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(row)
    if "year" in columns:
        columns["year"] = "" if columns["year"] is None else str(columns["year"])
    columns["document_id"] = columns.pop("document")
    return columns


def _renamed(row: Mapping[str, Any]) -> dict[str, Any]:
    """What an institution does and what a law is about are both the fact's text."""
    return {{"role": "text", "about": "text"}.get(key, key): value for key, value in row.items()}
