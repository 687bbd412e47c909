"""The web server ends and comes back while somebody fills a sheet: gunicorn, as in production."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.sheet_page import SheetPage, copies, stored
from tests.conftest import ROOT, process_environment, until

NOT_SENT = "Not sent yet; kept in this browser"


class Web:
    """gunicorn on the test's database, always at the same address."""

    def __init__(self, log: Path) -> None:
        self.log = log
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.at = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{self.at}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py",
                   "--bind", self.at, "config.wsgi"]  # fmt: skip
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=process_environment(WEB_CONCURRENCY="1"),
                stdout=output, stderr=output, start_new_session=True,
            )  # fmt: skip
        until(self._answers, seconds=60)

    def signal(self, number: signal.Signals) -> None:
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            with closing(http.client.HTTPConnection(self.at, timeout=5)) as connection:
                connection.request("GET", "/account/sign-in/")
                return connection.getresponse().status == 200
        except OSError:
            return False


@pytest.fixture
def web(transactional_db, tmp_path) -> Iterator[Web]:
    started = Web(tmp_path / "web.log")
    started.start()
    yield started
    if started.process.poll() is None:
        started.kill()


@pytest.fixture
def page(web, visit, sheet, officer, faults) -> SheetPage:
    faults.expect("ERR_CONNECTION", "ERR_EMPTY_RESPONSE")
    return SheetPage(visit(officer, base_url=web.address), sheet).open()


def test_a_server_that_restarts_in_the_middle_of_a_sheet_loses_nothing(web, page, sheet):
    first, second, third = (page.item(f"money.item_{number}") for number in (1, 2, 3))
    first.choose(2)
    first.saved()

    # One save has left the browser and is not answered when the machine goes.
    web.signal(signal.SIGSTOP)
    with page.page.expect_request("**/items/money.item_2/"):
        second.choose(3)
    web.kill()
    expect(second.state).to_have_text(NOT_SENT)

    # Work goes on while nothing answers.
    third.comment("Written while the server was away.")
    third.box.get_by_label("Comment", exact=True).blur()
    expect(third.state).to_have_text(NOT_SENT)
    assert len(copies(page.page)) == 2

    web.start()
    second.saved()
    third.saved()
    assert copies(page.page) == []
    assert stored(sheet, "money.item_1").answers == ["yes", "no", "", ""]
    assert stored(sheet, "money.item_2").answers == ["yes", "yes", "no", ""]
    assert stored(sheet, "money.item_3").comment == "Written while the server was away."

    page.open()
    assert second.rung == 3
