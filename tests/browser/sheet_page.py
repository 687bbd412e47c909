"""The check-sheet page in words: what a person does on it and what it shows."""

from playwright.sync_api import Locator, Page, Request, expect

from diagnostics.models import Response, Sheet

SAVED = "Saved "


class SheetPage:
    """One theme of a sheet, open in a browser."""

    def __init__(self, page: Page, sheet: Sheet, theme: str = "money") -> None:
        self.page = page
        self.address = f"/sheets/{sheet.pk}/{theme}/"

    def open(self) -> "SheetPage":
        self.page.goto(self.address)
        return self

    @property
    def root(self) -> str:
        """The address of the server."""
        return self.page.url.removesuffix(self.address)

    def item(self, code: str = "money.item_1") -> "ItemBox":
        return ItemBox(self.page.locator(f"[data-item='{code}']"))

    def saves(self) -> list[Request]:
        """Every save this page sends from now on, in a list that grows."""
        sent: list[Request] = []
        self.page.on("request", lambda r: sent.append(r) if r.method == "PUT" else None)
        return sent


class ItemBox:
    def __init__(self, box: Locator) -> None:
        self.box = box

    def choose(self, level: int) -> None:
        """Choose a rung: the highest level whose statement is true."""
        self.box.locator(f".rung-pick input[value='{level}']").click()

    def say(self, level: int, answer: str) -> None:
        """Answer the statement of one level by itself: Yes, Partly, No or Unknown."""
        self._statement(level).get_by_label(answer, exact=True).click()

    def open(self, part: str) -> None:
        self.box.get_by_text(part, exact=True).click()

    def comment(self, text: str) -> None:
        self.open("Comment and evidence")
        self.box.get_by_label("Comment", exact=True).fill(text)

    @property
    def answers(self) -> list[str]:
        """What is chosen for each statement, lowest first; blank where nothing is."""
        sets = self.box.locator("[data-answers]").all()
        return [s.evaluate("s => s.querySelector(':checked')?.value || ''") for s in sets]

    @property
    def rung(self) -> int | None:
        chosen = self.box.locator(".rung-pick input:checked")
        return int(chosen.input_value()) if chosen.count() else None

    @property
    def state(self) -> Locator:
        """The live region that says how saving stands."""
        return self.box.get_by_role("status")

    def saved(self) -> None:
        """Wait until the page says that the server has everything."""
        expect(self.state).to_have_attribute("data-state", "saved")
        expect(self.state).to_contain_text(SAVED)

    def _statement(self, level: int) -> Locator:
        return self.box.locator(f"[data-answers='{level}']")


def stored(sheet: Sheet, code: str = "money.item_1") -> Response:
    """What the database holds for an item."""
    return sheet.responses.get(item__code=code)


def copies(page: Page) -> list[str]:
    """The keys of the unsent copies that this browser keeps."""
    return page.evaluate("Object.keys(localStorage).sort()")
