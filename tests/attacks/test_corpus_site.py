"""The accepted files of the corpus, built into one site: every text stands there and does nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from build_tools.exports.rows_csv import FORMULA_SIGNS
from build_tools.review.review import Review
from tests.browsing import Visit, served, visit
from tests.corpus import all_texts_replaced
from tests.dom import flat
from tests.engines import address, by_mkdocs, pages, read
from tests.hostile import OUTLAWS
from tests.world import REPOSITORY, World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("corpus")]


@dataclass(frozen=True)
class Accepted:
    """A site of the real cases with hostile and clinical texts, and the texts of each case."""

    site: Path
    texts: dict[str, list[str]]


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory, five_papers: Review) -> Accepted:
    folder = tmp_path_factory.mktemp("accepted")
    root = folder / "casebook"
    for name in ("cases", "content", "overrides"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    world = World(root)
    world.replace("mkdocs.yml", "- build_tools/", f"- {(REPOSITORY / 'build_tools').as_posix()}/")
    texts: dict[str, list[str]] = {}
    for number, path in enumerate(sorted(root / "cases" / f"{id}.yml" for id in five_papers.cases)):
        changed, texts[path.stem] = all_texts_replaced(path.read_text(encoding="utf-8"), number * 7)
        world.write(f"cases/{path.name}", changed)
    return Accepted(by_mkdocs(root, folder / "site"), texts)


@pytest.fixture
def stranger(browser: Browser, accepted: Accepted) -> Iterator[Visit]:
    with served(accepted.site) as base, visit(browser, base) as stranger:
        yield stranger
        assert stranger.dialogs == []
        assert stranger.faults == []
        assert stranger.elsewhere == []


def test_every_text_stands_on_its_page(accepted: Accepted) -> None:
    assert sum(map(len, accepted.texts.values())) > 400
    for id, texts in accepted.texts.items():
        shown = read(accepted.site / "cases" / id / "index.html").text
        missing = [text for text in texts if flat(text) not in shown]
        assert missing == [], id


def test_every_text_stands_in_json(accepted: Accepted) -> None:
    export = json.loads((accepted.site / "data" / "cases.json").read_text(encoding="utf-8"))
    for case in export["cases"]:
        said = json.dumps(case, ensure_ascii=False)
        for text in accepted.texts.get(case["id"], []):
            assert json.dumps(text, ensure_ascii=False)[1:-1] in said, (case["id"], text)


def test_every_text_stands_in_csv(accepted: Accepted) -> None:
    written = (accepted.site / "data" / "facts.csv").read_bytes().decode("utf-8-sig")
    cells: dict[str, list[str]] = {}
    for row in csv.reader(io.StringIO(written, newline="")):
        plain = [
            cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_SIGNS) else cell
            for cell in row
        ]
        cells.setdefault(row[0], []).extend(plain)
        assert not any(cell.startswith(FORMULA_SIGNS) for cell in row)
    for id, texts in accepted.texts.items():
        said = "\n".join(cells[id])
        assert [text for text in texts if text not in said] == [], id


def test_no_text_runs_or_becomes_an_element_on_any_page(stranger: Visit, accepted: Accepted) -> None:
    for made in pages(accepted.site):
        if "alert" not in made.read_text(encoding="utf-8"):
            continue  # a page that says nothing of a case
        page = stranger.go(address(accepted.site, made)[1:])
        assert page.evaluate(OUTLAWS) == [], made


def test_hovering_and_searching_run_nothing(stranger: Visit) -> None:
    page = stranger.go("charts/dashboard/")
    for button in page.locator(".explore").all()[:4]:
        button.click()
    points = page.locator(".js-plotly-plot .points path")
    points.first.wait_for(state="attached")
    for point in points.all()[:60]:
        point.hover(force=True)
    assert page.evaluate(OUTLAWS) == []
    page = stranger.go("cases/baheen-2022/")
    for mark in page.locator(".mark button:visible").all()[:30]:
        mark.hover()
    page.locator(".search-open").click()
    for word in ("onerror", "script", "{{ 7*7 }}"):
        page.keyboard.press("Control+A")
        page.keyboard.type(word)
        page.wait_for_timeout(400)  # the search waits for the typing to end
        assert page.evaluate(OUTLAWS) == [], word
