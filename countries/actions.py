"""Loading reference data: what a document says of a country, in place of what was loaded before."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from countries.models import (
    Country,
    CountryFact,
    Document,
    KeyFigure,
    SMEDefinition,
    is_fictional,
)

FACTS = {"institutions": "institution", "laws": "law", "constraints": "constraint"}


def load_documents(citations: Mapping[str, str]) -> None:
    """Store the citation of each document code."""
    for code, citation in citations.items():
        Document.objects.update_or_create(code=code, defaults={"citation": citation})


@transaction.atomic
def load_country(profile: Mapping[str, Any]) -> Country:
    """Store a country and, where the profile has them, all that is said of it.

    Keys: code, name, time_zone; optional definitions, definitions_note, figures, institutions,
    laws, constraints: lists of rows with the columns of the models, each with document and place.
    """
    country, _made = Country.objects.update_or_create(
        code=profile["code"],
        defaults={
            "name": profile["name"],
            "time_zone": profile["time_zone"],
            "is_fictional": is_fictional(profile["code"]),
            "definitions_note": profile.get("definitions_note") or "",
        },
    )
    for rows in (country.definitions, country.figures, country.facts):
        rows.all().delete()
    SMEDefinition.objects.bulk_create(_rows(SMEDefinition, country, profile.get("definitions")))
    KeyFigure.objects.bulk_create(_rows(KeyFigure, country, profile.get("figures")))
    for key, kind in FACTS.items():
        facts = [{"kind": kind, **_renamed(row)} for row in profile.get(key) or []]
        CountryFact.objects.bulk_create(_rows(CountryFact, country, facts))
    return country


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
