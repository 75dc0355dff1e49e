"""The form for a new case, worked as a person works it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browsing import Visit

FORM = "contribute/add-a-case/"
LAST = 11


@dataclass(frozen=True)
class Form:
    """The form in a reader's window, worked as a person works it."""

    visit: Visit

    @property
    def page(self) -> Page:
        return self.visit.page

    def open(self, day: str = "2090-02-01") -> Form:
        """Opens the form on a day: the invented reports are of the years before 2090."""
        self.page.clock.set_fixed_time(day)
        self.visit.go(FORM)
        self.page.set_default_timeout(15_000)
        self.page.locator(".form-layout").wait_for()
        return self

    def step(self, index: int) -> None:
        """Goes to a step by the list of steps, or by the menu that stands for it on a phone."""
        if self.page.locator(".form-steps").is_visible():
            self.page.locator(".form-steps button").nth(index).click()
        else:
            self.page.get_by_label("Step", exact=True).select_option(str(index))

    def field(self, place: str) -> Locator:
        return self.page.locator(f"[data-place='{place}']").first

    def type(self, place: str, text: str) -> None:
        self.field(place).locator("input[type=text], input[type=date], textarea").first.fill(text)

    def term(self, place: str, words: str) -> None:
        """Chooses a term: by its button, or by searching for it."""
        buttons = self.field(place).locator(":scope > .pills input")
        if buttons.count():
            self.field(place).get_by_label(re.compile(f"^{re.escape(words)}", re.I)).first.check()
        else:
            box = self.field(place).get_by_role("combobox").last
            box.fill(words)
            box.press("Enter")

    def press(self, place: str, name: str) -> None:
        self.field(place).get_by_role("button", name=name, exact=True).first.click()

    def file(self, index: int = 0) -> str:
        """The text of a file as the last step shows it."""
        self.step(LAST)
        return self.page.locator("textarea.yaml").nth(index).input_value()
