from tests.browser.conftest import *
from tests.browser.test_visits import sign_in
def test_shot(visit, officer):
    page = visit(officer)
    page.goto("/account/second-factor/set-up/"); page.screenshot(path="/tmp/a.png", full_page=True)
    page.evaluate("() => { const r=document.querySelector('[data-session]'); r.append(r.querySelector('[data-ending]').content.cloneNode(true)); }")
    page.set_viewport_size({"width":360,"height":740}); page.screenshot(path="/tmp/b.png")
