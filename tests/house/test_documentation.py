"""The page that describes the API."""

import pytest
from drf_spectacular.generators import SchemaGenerator

pytestmark = pytest.mark.django_db


def test_the_page_names_every_address_and_leads_to_every_shape_it_names(client):
    text = client.get("/documentation/api/").content.decode()
    for path in SchemaGenerator().get_schema(request=None, public=True)["paths"]:
        assert f" {path}</code></h3>" in text
    assert "#shape-ObservationsPage" in text
    for part in text.split('href="#')[1:]:
        assert f'id="{part.partition(chr(34))[0]}"' in text


def test_the_page_says_what_is_open_to_all_and_what_a_value_may_be(client):
    text = client.get("/documentation/api/").content.decode()
    observations = text.partition('id="observations_retrieve"')[2].partition("<h3")[0]
    assert "Anybody may ask" in observations
    assert "list of: text, at most 200 characters" in observations
    assert "whole number, from 1, to 10000" in observations
    assert "application/vnd.sdmx.data+csv" in observations
    upload = text.partition('id="datasets_imports_create"')[2].partition("<h3")[0]
    assert "Anybody may ask" not in upload
    assert "#shape-FileToLoad" in upload
