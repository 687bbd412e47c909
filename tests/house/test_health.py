"""/healthz, the log and the nightly clean-up."""

import json
import logging
import os
import re
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from activity import cleaning, heartbeats, jobs, tasks, traces
from activity.models import Heartbeat, Job
from config import beat, health, logs
from config.error_mail import ErrorMail


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.fixture
def everything_runs(db):
    heartbeats.record(heartbeats.BEAT)
    tasks.look_after_jobs()


def ask(client: Client | None = None):
    caches["process"].clear()
    return (client or Client()).get("/healthz")


def test_a_stranger_hears_only_that_all_is_well(everything_runs, team, signed_in):
    for client in (Client(), signed_in(team.officer), signed_in(team.coordinator)):
        response = ask(client)
        assert (response.status_code, response.content) == (200, b"ok")
        assert "no-store" in response["Cache-Control"]


def test_an_administrator_reads_every_part_in_words(everything_runs, team, signed_in):
    page = signed_in(team.administrator).get("/system/").text
    assert page.count("<td>well</td>") == 7
    assert "It answered in" in page
    assert re.search(r"1 process, last heard \d+ s ago\.", page)
    assert "0 waiting, 0 running." in page


def test_what_is_not_well_is_said_in_words_too(db, team, signed_in, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    page = signed_in(team.administrator).get("/system/").text
    assert "It could not be asked (ConnectionError)." in page
    assert page.count("None was heard today.") == 2
    assert page.count("not well") == 3


def test_an_administrator_sees_every_part(everything_runs, team, signed_in):
    response = ask(signed_in(team.administrator))
    assert response.status_code == 200
    parts = response.json()["parts"]
    assert set(parts) == {"database", "redis", "disk", "worker", "beat", "queue", "mail"}
    assert all(part["ok"] for part in parts.values())
    assert list(parts["beat"]["seconds_ago"]) == [heartbeats.own_name("beat")]


@pytest.mark.parametrize("kind", ["beat", "worker"])
def test_silence_is_noticed(everything_runs, team, signed_in, kind):
    Heartbeat.objects.filter(name__startswith=kind).update(at=timezone.now() - timedelta(minutes=2))
    assert (ask().status_code, ask().content) == (503, b"not ok")
    response = ask(signed_in(team.administrator))
    assert response.status_code == 503
    assert [n for n, part in response.json()["parts"].items() if not part["ok"]] == [kind]
    with pytest.raises(CommandError, match=r"was last heard 1[12][0-9] seconds ago"):
        call_command("alive", kind)


def test_one_process_heard_is_enough(everything_runs):
    gone = timezone.now() - timedelta(hours=2)
    Heartbeat.objects.create(name="worker@gone", at=gone)
    assert ask().status_code == 200
    call_command("alive", "worker")


def test_a_process_never_heard_is_not_alive(db):
    assert ask().status_code == 503
    with pytest.raises(CommandError, match="has never been heard"):
        call_command("alive", "beat")


def test_work_that_nobody_takes_up_is_noticed(everything_runs):
    Job.objects.create(kind="report", key="a", created_at=timezone.now() - timedelta(hours=1))
    assert ask().status_code == 503
    assert health.queue() | {"oldest_waits_seconds": 0} == {
        "ok": False,
        "waiting": 1,
        "running": 0,
        "oldest_waits_seconds": 0,
    }


def test_a_broker_that_is_down_is_noticed(everything_runs, team, signed_in, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{closed_port()}/0"
    response = ask(signed_in(team.administrator))
    assert response.status_code == 503
    assert response.json()["parts"]["redis"] == {"ok": False, "error": "ConnectionError"}


def test_a_broker_that_says_nothing_is_not_waited_for(settings, monkeypatch):
    monkeypatch.setattr(health, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        assert not health._tried(health.broker)["ok"]


def test_with_the_database_down_the_answer_is_no_and_never_an_error(
    everything_runs, team, signed_in, monkeypatch
):
    client = signed_in(team.administrator)
    monkeypatch.setitem(health.connection.settings_dict, "PORT", str(closed_port()))
    for one in (Client(), client):
        response = ask(one)
        assert (response.status_code, response.content) == (503, b"not ok")


def test_a_full_disk_is_noticed(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    usage = type(health.shutil.disk_usage(tmp_path))
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(100, 99, 1))
    assert health.disk() == {"ok": False, "free_bytes": 1, "free_share": 0.01}


def test_mail_that_cannot_be_sent_is_shown_and_decides_nothing(
    everything_runs, team, signed_in, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    response = ask(signed_in(team.administrator))
    assert response.status_code == 200
    assert response.json()["parts"]["mail"] == {"ok": False, "error": "ConnectionRefusedError"}


def test_beat_is_heard_and_outlives_a_database_that_is_away(db, monkeypatch):
    monkeypatch.setattr(beat.PersistentScheduler, "tick", lambda self: 5.0)
    monkeypatch.setattr(beat, "close_old_connections", lambda: None)  # the test's own transaction
    scheduler = beat.Scheduler.__new__(beat.Scheduler)
    assert scheduler.tick() == 5.0
    assert list(heartbeats.ages("beat")) == [heartbeats.own_name("beat")]

    def away(kind: str) -> None:
        raise beat.Error("gone")

    monkeypatch.setattr(heartbeats, "record", away)
    monkeypatch.setattr(beat.connection, "close", lambda: None)
    assert beat.Scheduler.__new__(beat.Scheduler).tick() == 5.0


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def log(caplog):
    caplog.handler.addFilter(logs.Marks())
    caplog.set_level(logging.INFO)
    return caplog


def written(log) -> list[dict]:
    return [json.loads(logs.JsonLines().format(record)) for record in log.records]


def test_a_request_has_one_line_with_its_id_and_no_secret(team, signed_in, log):
    client = signed_in(team.officer)
    response = client.get("/?secret=1", headers={"X-Request-ID": "from-the-proxy"})
    assert response["X-Request-ID"] == "from-the-proxy"
    (line,) = [line for line in written(log) if line["logger"] == "stages.request"]
    assert line.pop("at").endswith("+00:00")
    assert line.pop("milliseconds") >= 0
    assert line.pop("message").startswith("GET / 200 in ")
    assert line == {
        "level": "INFO",
        "logger": "stages.request",
        "request_id": "from-the-proxy",
        "method": "GET",
        "route": "/",
        "status": 200,
    }


def test_what_django_says_of_a_refused_request_has_its_id_too(db, log, monkeypatch):
    """It speaks after all middleware, when the request's own context is gone."""
    monkeypatch.setattr(health, "vital_parts", lambda: {"database": {"ok": False}})
    response = ask()
    assert response.status_code == 503
    (line,) = [line for line in written(log) if line["logger"] == "django.request"]
    assert line["message"] == "Service Unavailable: healthz"
    assert line["request_id"] == response["X-Request-ID"]


@pytest.mark.parametrize("given", ["short", "x" * 65, 'a"quote and spaces'])
def test_an_id_that_is_none_is_replaced(db, given):
    response = Client().get(reverse("accounts:signin"), headers={"X-Request-ID": given})
    assert len(response["X-Request-ID"]) == 32


def test_tokens_in_addresses_are_not_written(db, log):
    Client().get(reverse("accounts:password_reset_confirm", args=["Mw", "c0ffee-token"]))
    assert "c0ffee" not in json.dumps(written(log))
    assert "<token>" in log.text


def test_numbers_in_addresses_are_written(team, signed_in, log):
    signed_in(team.officer).get("/rounds/12345/")
    (line,) = [line for line in written(log) if line["logger"] == "stages.request"]
    assert (line["status"], line["route"], line["pk"]) == (404, "rounds/<int:pk>/", 12345)


def test_a_job_puts_its_id_on_every_line(monkeypatch, log):
    monkeypatch.setattr(jobs, "run", lambda job_id: logging.getLogger("any").info("Working."))
    tasks.run_job("the-job")
    assert [line["job_id"] for line in written(log)] == ["the-job"] * 3
    assert traces.job_id.get() == ""


def error() -> logging.LogRecord:
    try:
        raise ValueError("duplicate key\nDETAIL: Key (email)=(ann@example.org) exists.\nend")
    except ValueError:
        made = logging.makeLogRecord({"name": "any", "levelno": 40, "levelname": "ERROR"})
        made.msg, made.exc_info = "For %s", sys.exc_info()
        made.args = ("bob@example.org",)
        return made


def test_people_are_left_out_of_errors():
    line = json.loads(logs.JsonLines().format(error()))
    assert line["message"] == "For [e-mail]"
    assert "DETAIL: [left out]" in line["error"]
    assert "ann@" not in line["error"]


def test_an_error_is_mailed_once_without_the_people(settings):
    settings.ADMINS = [("", "admin@example.org")]
    handler = ErrorMail(logging.ERROR)
    handler.setFormatter(logs.JsonLines())
    handler.handle(error())
    handler.handle(error())
    (sent,) = mail.outbox
    assert sent.to == ["admin@example.org"]
    assert sent.subject == "[Stages] ERROR any ValueError"
    assert "ValueError: duplicate key" in sent.body
    assert "ann@" not in sent.body


def test_production_writes_json_and_mails_when_somebody_is_named():
    configured = logs.configuration(production=True, mail=True)
    assert configured["root"]["handlers"] == ["stderr", "mail"]
    assert configured["handlers"]["stderr"]["formatter"] == "json"
    plain = logs.configuration(production=False, mail=False)
    assert plain["root"]["handlers"] == ["stderr"]
    assert plain["handlers"]["stderr"]["formatter"] == "line"


OLD = timezone.now() - timedelta(days=2)


def test_cleaning_removes_what_nobody_needs(db, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    Session.objects.create(session_key="old", session_data="", expire_date=OLD)
    Session.objects.create(
        session_key="new", session_data="", expire_date=timezone.now() + timedelta(hours=1)
    )
    Heartbeat.objects.create(name="worker@gone", at=OLD)
    heartbeats.record(heartbeats.WORKER)
    broken_off, under_way = tmp_path / "a.upload.pdf", tmp_path / "b.upload.pdf"
    for part in (broken_off, under_way):
        part.touch()
    age(broken_off)
    assert cleaning.clean_up() == {
        "uploads": 0, "parts": 1, "heartbeats": 1, "notices": 0, "jobs": 0, "openings": 0,
        "records": 0,
    }  # fmt: skip
    assert list(Session.objects.values_list("pk", flat=True)) == ["new"]
    assert not broken_off.exists()
    assert under_way.exists()
    assert list(heartbeats.ages("worker")) == [heartbeats.own_name("worker")]


def test_only_files_without_a_row_in_folders_of_file_fields_go(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    for name in ("papers/2025/kept.pdf", "papers/2025/lost.pdf", "papers/new.pdf", "else/own.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        if path.name != "new.pdf":
            age(path)
    monkeypatch.setattr(cleaning.apps, "get_models", lambda: [Paper])
    assert cleaning._remove_uploads(timezone.now() - timedelta(days=1)) == 1
    left = {path.name for path in tmp_path.rglob("*.pdf")}
    assert left == {"kept.pdf", "new.pdf", "own.pdf"}


class Paper:
    """As much of a model as the cleaning looks at: one file field and one row."""

    file = models.FileField(upload_to="papers/%Y")
    file.attname = "file"

    class _meta:
        concrete_fields = []

    class _base_manager:
        @staticmethod
        def values_list(name: str, flat: bool) -> list[str]:
            return ["papers/2025/kept.pdf"]


Paper._meta.concrete_fields = [Paper.file]


def age(path: Path) -> None:
    os.utime(path, (OLD.timestamp(), OLD.timestamp()))
