"""The pictures of the guide: the form worked with a real paper, step by step, and the page it becomes.

`make pictures` draws them. No two machines draw alike, so the test compares what can be read instead: the
words of each step, which are kept beside this file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, ViewportSize, sync_playwright

from tests.browsing import served, visit
from tests.filling import LAST, Form
from tests.world import REPOSITORY

PICTURES = REPOSITORY / "overrides" / "assets" / "guide"
WORDS = Path(__file__).with_suffix(".json")
CASE = "shi-2021"
SIZE: ViewportSize = {"width": 720, "height": 540}
TO_TOP = "e => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 110)"
# Other cases that are like this one come and go, and are no part of the form's words.
READ = """target => {
  const step = target.closest(".step") ?? target;
  const others = [...step.querySelectorAll("[data-place='id'] li")].map(other => other.innerText);
  const values = [...step.querySelectorAll("input:checked, input[type=text], textarea:not(.yaml)")];
  return [step.innerText, ...values.map(box => box.value)].join("\\n").split(/\\s*\\n\\s*/)
    .filter(words => words && !others.includes(words));
}"""


def _before(route: Route) -> None:
    """The form's data as they were before the case was in the review."""
    data: dict[str, Any] = route.fetch().json()
    del data["cases"][CASE]
    data["reports"][CASE]["cases"] = []
    route.fulfill(json=data)


def _taken(form: Form, name: str, target: str, draw: bool) -> list[str]:
    """What can be read in the step that a picture shows from the target on; drawn if asked for."""
    form.page.locator(target).first.evaluate(TO_TOP)
    form.page.add_style_tag(content=".md-top { display: none !important; }")
    form.page.mouse.move(0, 0)
    form.page.evaluate("document.activeElement.blur()")
    words = _settled(form, target)
    if draw:
        PICTURES.mkdir(parents=True, exist_ok=True)
        form.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", caret="hide")
    return words


def _settled(form: Form, target: str) -> list[str]:
    """What can be read in the step, once the form has said all that it has to say."""
    words: list[str] = []
    while True:
        form.page.wait_for_timeout(500)
        now: list[str] = form.page.locator(target).first.evaluate(READ)
        if now == words:
            return words
        words = now


def steps(browser: Browser, base: str, draw: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Each picture's name and what can be read in it; drawn to its file if asked for."""
    with visit(browser, base, viewport=SIZE, color_scheme="light") as reader:
        form = Form(reader).open("2026-11-21")
        form.term("reports.0.report", "shi")
        form.page.locator("[data-place='id'] li").first.wait_for()  # the form looks for others like it
        yield "report", _taken(form, "report", ".new-report", draw)
    with visit(browser, base, viewport=SIZE, color_scheme="light") as reader:
        reader.page.route("**/assets/form.json", _before)
        form = Form(reader).open("2026-11-21")
        for name, target in _filled(form):
            yield name, _taken(form, name, target, draw)
        reader.go(f"cases/{CASE}/")
        yield "case", _taken(form, "case", "article h1", draw)


def _filled(form: Form) -> Iterator[tuple[str, str]]:
    """The form filled in with what the paper says; stops at what is to be seen in each picture."""
    form.term("reports.0.report", "shi")
    form.type("source", "Case Presentation")
    form.step(1)
    form.type("patient.age", "55")
    form.term("patient.sex", "Female")
    form.term("patient.country", "China")
    yield "patient", ".form-layout h2"
    form.step(8)
    form.press("systemic_therapy", "Absent")
    form.press("radiotherapy", "Absent")
    yield "therapy", ".form-layout h2"
    form.step(9)
    form.term("time_zero", "Surgery")
    form.press("events", "Add an event")
    form.term("events.0.event", "Surgery")
    form.type("events.0.at", "0 months")
    form.type("follow_up.last_contact", "78 months")
    form.term("outcome.vital", "Alive")
    form.press("outcome.local_recurrence", "Absent")
    yield "course", "[data-place='events']"
    form.step(10)
    form.type("extraction.by.0.name", "A Reader")
    form.step(LAST)
    yield "hand-over", ".form-layout h2"


def draw(site: Path) -> None:
    """Draws every picture and keeps its words."""
    found = [REPOSITORY / "tests" / "install-chromium"]
    chromium = subprocess.run(found, capture_output=True, text=True, check=True).stdout.strip()
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium) as browser,
        served(site) as base,
    ):
        words = dict(steps(browser, base, draw=True))
    WORDS.write_text(json.dumps(words, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
