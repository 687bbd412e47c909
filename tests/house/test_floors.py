"""The floors in the database: foreign keys and migrations lead downwards only."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

ROOT = Path(__file__).resolve().parent.parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
(LAYERS,) = [contract["layers"] for contract in CONTRACTS if contract["type"] == "layers"]
HEIGHT = {app: height for height, app in enumerate(reversed(LAYERS))}


def leads_up(app: str, target: str) -> bool:
    """Whether one of our apps depends on one above it; Django lies below all of them."""
    return HEIGHT.get(target, -1) > HEIGHT.get(app, -1)


def test_the_floors_are_those_of_the_house():
    assert list(HEIGHT) == [
        "countries", "accounts", "activity", "indicators", "clusters", "diagnostics", "reports",
        "config",
    ]  # fmt: skip
    ours = {Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == ROOT}
    assert ours == set(HEIGHT), "every app of ours has its floor"


@pytest.mark.parametrize(
    ("app", "target", "up"),
    [
        ("reports", "countries", False),
        ("accounts", "accounts", False),
        ("accounts", "auth", False),
        ("countries", "accounts", True),
        ("auth", "countries", True),
    ],
)
def test_what_leads_up_is_noticed(app, target, up):
    assert leads_up(app, target) is up


def test_no_key_of_a_model_leads_to_a_higher_floor():
    keys = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HEIGHT
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        if leads_up(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert keys == []


def test_no_model_has_a_generic_key():
    assert not [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in HEIGHT
        for field in model._meta.private_fields
    ]


def test_no_migration_depends_on_a_higher_floor():
    graph = MigrationLoader(None).graph
    ours = [key for key in graph.nodes if key[0] in HEIGHT]
    assert ours
    assert [
        f"{key} depends on {parent.key}"
        for key in ours
        for parent in graph.node_map[key].parents
        if leads_up(key[0], parent.key[0])
    ] == []
