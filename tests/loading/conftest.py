"""An administrator with a client, countries, and files given through the page."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from countries.models import Country
from indicators.models import Dataset, Import
from tests.factories.statistics import DatasetFactory

TIDY = b"Country Code,Indicator Code,year,value\nLAO,A.B,2010,1.5\nLAO,A.B,2011,2.5\n"
WRONG = (
    b"Country,Indicator Code,year,value\nLaos,A.B,2010,1.5\nLaos,A.B,2011,many\n"
    b"Atlantis,A.B,2010,7\nKazakstan,A.B,2010,8\n"
)


@pytest.fixture
def dataset(team) -> Dataset:
    for code, name in (("LAO", "Laos"), ("VNM", "Viet Nam"), ("KAZ", "Kazakhstan")):
        Country.objects.update_or_create(code=code, defaults={"name": name})
    return DatasetFactory()


@pytest.fixture
def client(team, signed_in) -> Client:
    return signed_in(team.administrator)


@pytest.fixture
def give(client, dataset, run_jobs) -> Callable[..., Import]:
    """Upload a file through its page and have it checked."""

    def upload(content: bytes, name: str = "figures.csv", **fields: object) -> Import:
        data = {"file": SimpleUploadedFile(name, content), **fields}
        response = client.post(reverse("loading:upload", args=[dataset.code]), data)
        imported = Import.objects.latest("pk")
        assert response["Location"] == imported.get_absolute_url()
        run_jobs()
        imported.refresh_from_db()
        return imported

    return upload


@pytest.fixture
def step(client) -> Callable[..., str]:
    """Take a step from an import's page; what the page then says."""

    def take(name: str, imported: Import, /, **data: object) -> str:
        url = reverse(f"loading:{name}", args=[imported.pk])
        response = client.post(url, data, follow=True)
        assert response.status_code == 200
        return response.content.decode()

    return take
