"""A diagnostic study where floors meet: evidence of rounds, paper, the country's page."""

import io

from docx import Document
from pypdf import PdfReader

from clusters import actions, evidence
from diagnostics.models import Response
from tests.clusters.test_studies import written
from tests.factories import rounds
from tests.factories.clusters import ClusterFactory


def test_answers_of_a_closed_round_are_offered_as_evidence(team):
    cluster = ClusterFactory(country=team.country)
    closed = rounds.RoundFactory(
        country=team.country, sheets=[(team.organisation, "government", ["money"])]
    )
    assert not evidence.offered(cluster)
    agreed = closed.sheets.create(panel="agreed", organisation=None, themes=["money"])
    item = closed.instrument_version.items.first()
    Response.objects.create(
        sheet=agreed, item=item, answers=["yes", "yes", "no", ""], made=["single"] * 4
    )
    type(closed).objects.filter(pk=closed.pk).update(state="closed", cluster=cluster)
    ((key, words),) = evidence.offered(cluster).items()
    assert key == f"item {closed.pk} {item.code}"
    assert f"2 of 4 statements true ({closed.title})" in words


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
