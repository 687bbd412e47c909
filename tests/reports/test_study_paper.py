"""A diagnostic study where floors meet: evidence of rounds, paper, the country's page."""

import io

from django.test import Client
from docx import Document
from pypdf import PdfReader

from clusters import actions
from clusters.models import Study
from reports import examples_loading as loading
from tests.clusters.test_studies import written
from tests.factories.clusters import ClusterFactory


def test_the_study_is_had_as_pdf_and_word_with_its_hash(team, signed_in):
    study = actions.begin_study(cluster=ClusterFactory(country=team.country), by=None)
    client = signed_in(team.coordinator)
    at = written(study, client)
    for step in ("send", "publish"):
        client.post(f"{at}steps/{step}/")
    study.refresh_from_db()
    pdf = client.get(f"{at}paper.pdf").content
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Try a kiln" in text
    assert study.sha256[:16] in text.replace("\n", "").replace(" ", "")
    file = Document(io.BytesIO(client.get(f"{at}paper.docx").content))
    paragraphs = "\n".join(paragraph.text for paragraph in file.paragraphs)
    assert "A survey, table 2" in paragraphs
    assert client.get(f"{at}paper.exe").status_code == 404
    country = client.get(f"/countries/{team.country.pk}/").content.decode()
    assert "diagnostic study 1" in country


def test_the_fictional_cluster_has_a_published_study(db):
    loading.load_countries()
    loading.load_instruments()
    loading.load_rounds()
    loading.load_linkages()
    loading.load_studies()
    loading.load_studies()  # a second time changes nothing
    study = Study.objects.get()
    assert {line.evidence_key.split()[0] for line in study.swot.all()} == {
        "figure", "network", "item", "document",
    }  # fmt: skip
    page = Client().get(study.get_absolute_url()).content.decode()
    assert "This country does not exist" in page
    assert "Evenings after payday" in page
