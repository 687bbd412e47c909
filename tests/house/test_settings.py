"""Settings: every name known, every value checked, a refusal says what to do."""

import os
import runpy
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCTION = {
    "STAGES_MODE": "production",
    "STAGES_HOSTS": "stages.example",
    "STAGES_SECRET_KEY": secrets.token_urlsafe(60),
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


@pytest.fixture
def settings_with(monkeypatch):
    """Read the settings file in an environment of these values and no other setting."""
    for name in [*PRODUCTION, *os.environ]:
        if name in PRODUCTION or name.startswith("STAGES_"):
            monkeypatch.delenv(name, raising=False)

    def read(values: dict[str, str]) -> dict[str, Any]:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "config" / "settings.py"))

    return read


def test_development_needs_nothing(settings_with):
    settings = settings_with({})
    assert settings["PRODUCTION"] is False
    assert settings["DEBUG"] is False


def test_production_is_locked_down(settings_with):
    settings = settings_with(PRODUCTION)
    assert settings["ALLOWED_HOSTS"] == ["stages.example"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://stages.example"]
    assert settings["DEBUG"] is False
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]


@pytest.mark.parametrize("given", ["STAGES_OIDC_CLIENT_ID", "STAGES_OIDC_CLIENT_SECRET"])
def test_an_openid_server_needs_our_name_and_secret(settings_with, given):
    with pytest.raises(ImproperlyConfigured, match=r"^STAGES_OIDC_CLIENT_\w+ is not set"):
        settings_with({"STAGES_OIDC_ISSUER": "https://id.example", given: "stages"})


def test_the_second_factor_is_required_in_production_unless_it_is_only_offered(settings_with):
    assert settings_with({})["SECOND_FACTOR"] == "offered"
    assert settings_with(PRODUCTION)["SECOND_FACTOR"] == "required"
    offered = settings_with({**PRODUCTION, "STAGES_SECOND_FACTOR": "offered"})
    assert offered["SECOND_FACTOR"] == "offered"


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("name", ["STAGES_HOSTS", "STAGES_SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_what_production_needs_is_asked_for_by_name(settings_with, name, empty):
    values = {**PRODUCTION, name: ""}
    if not empty:
        del values[name]
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} is not set; docs/deploy\.md says"):
        settings_with(values)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"STAGES_MODE": "prod"}, "STAGES_MODE must be development or production, not 'prod'."),
        ({"STAGES_EMAIL_TLS": "true"}, "STAGES_EMAIL_TLS must be yes or no, not 'true'."),
        (
            {"STAGES_EMAIL_PORT": "smtp"},
            "STAGES_EMAIL_PORT must be a whole number of at least 0, not 'smtp'.",
        ),
        (
            {"STAGES_JOB_LEASE_SECONDS": "1"},
            "STAGES_JOB_LEASE_SECONDS must be a whole number of at least 2, not '1'.",
        ),
        (
            {"STAGES_SESSION_HOURS": "1.5"},
            "STAGES_SESSION_HOURS must be a whole number of at least 1, not '1.5'.",
        ),
        (
            {**PRODUCTION, "STAGES_SECRET_KEY": "short"},
            "STAGES_SECRET_KEY must have at least 50 characters.",
        ),
        *(
            (
                {"DATABASE_URL": address},
                "DATABASE_URL must look like postgresql://user:password@host:5432/name.",
            )
            for address in (
                "mysql://me@there/stages",
                "postgresql://me@there/",
                "stages",
                "postgresql://me@there:many/stages",
            )
        ),
    ],
)
def test_a_bad_value_is_refused_with_what_was_expected(settings_with, values, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with(values)
    assert str(refusal.value) == sentence


def test_a_misspelt_name_is_refused_with_the_nearest(settings_with):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with({"STAGES_SESION_HOURS": "3"})
    assert str(refusal.value) == (
        "STAGES_SESION_HOURS is not a setting; did you mean STAGES_SESSION_HOURS?"
    )


def test_a_name_like_no_other_is_refused_with_where_to_look(settings_with):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with({"STAGES_QQQQQQ": "3"})
    assert str(refusal.value) == "STAGES_QQQQQQ is not a setting; docs/deploy.md lists them all."


def test_the_names_of_other_programs_are_none_of_our_business(settings_with):
    settings_with({"STAGE": "3", "DJANGO_DEBUG": "yes"})


def test_an_address_may_carry_any_password(settings_with):
    settings = settings_with({"DATABASE_URL": "postgres://me:a%2Fb%40c%25@[::1]:5433/my%20base"})
    at = settings["DATABASES"]["default"]
    assert (at["USER"], at["PASSWORD"], at["HOST"]) == ("me", "a/b@c%", "::1")
    assert (at["PORT"], at["NAME"]) == ("5433", "my base")


def test_a_secret_may_come_from_a_file(settings_with, tmp_path):
    file = tmp_path / "key"
    file.write_text(" " + "k" * 60 + "\n")
    values = {**PRODUCTION, "STAGES_SECRET_KEY_FILE": str(file)}
    del values["STAGES_SECRET_KEY"]
    assert settings_with(values)["SECRET_KEY"] == " " + "k" * 60


def test_a_value_and_a_file_at_once_are_refused(settings_with, tmp_path):
    with pytest.raises(ImproperlyConfigured) as refusal:
        settings_with({**PRODUCTION, "STAGES_SECRET_KEY_FILE": str(tmp_path / "key")})
    assert str(refusal.value) == "Set STAGES_SECRET_KEY or STAGES_SECRET_KEY_FILE, not both."


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "not text"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match=f"^STAGES_KEY_FILE names {file}: "):
        Environment({"STAGES_KEY_FILE": str(file)}).text("STAGES_KEY")


def test_words_are_separated_by_commas():
    assert Environment({"A": " a.example , b.example,"}).words("A") == ["a.example", "b.example"]


def manage(*arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in PRODUCTION and not name.startswith(("STAGES_", "DJANGO_"))
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env={**kept, **values}, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_production_passes_the_deploy_check_without_a_warning():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_a_refusal_reaches_the_person_as_one_sentence():
    done = manage("check", STAGES_MODE="prod")
    assert done.returncode == 1
    assert done.stderr == "STAGES_MODE must be development or production, not 'prod'.\n"
    assert done.stdout == ""


def test_nothing_but_our_own_handler_mails_errors():
    """Django's own sends the whole request: cookies, passwords, answers."""
    say = """import logging
loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
names = {type(handler).__name__ for one in loggers for handler in one.handlers}
print(*sorted(names - {"NullHandler"}))"""
    done = manage("shell", "-c", say, STAGES_ADMINS="ops@stages.example", **PRODUCTION)
    assert done.stdout.splitlines()[-1] == "ErrorMail StreamHandler", done.stderr
