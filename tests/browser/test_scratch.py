import pytest
from tests.browser import examples
def test_shots(visit, transactional_db):
    examples.load()
    for width in (1280, 360):
      for n, place in enumerate(examples.places()):
            p = visit(examples.person(place.reader) if place.reader else None, viewport={"width":width,"height":900})
            p.goto(place.address); p.wait_for_load_state("networkidle")
            p.screenshot(path=f"/tmp/shots/n{n:02}-{width}.png", full_page=False)
