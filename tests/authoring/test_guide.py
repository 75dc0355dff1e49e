"""The guide cannot go stale: its pictures show the form as it is, and its commands do what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.guide_pictures import PICTURES, WORDS, steps
from tests.world import REPOSITORY

GUIDE = (REPOSITORY / "content" / "contribute" / "guide.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"assets/guide/([\w-]+)\.png", GUIDE)
COMMANDS = re.findall(r"(?m)^    casebook (.+)$", GUIDE)


@pytest.mark.browser
@pytest.mark.xdist_group("site")
def test_every_picture_shows_the_form_as_it_is(browser: Browser, base: str) -> None:
    drawn = json.loads(WORDS.read_text(encoding="utf-8"))
    assert list(drawn) == SHOWN
    assert {path.stem for path in PICTURES.glob("*.png")} == set(SHOWN)
    for name, words in steps(browser, base):
        assert words == drawn[name], f"the picture '{name}' is out of date; run 'make pictures'"


@pytest.mark.slow
def test_the_commands_of_the_guide_do_what_it_says(tmp_path: Path) -> None:
    clone = tmp_path / "casebook"
    subprocess.run(["git", "clone", "--quiet", REPOSITORY, clone], check=True)
    said = {}
    for command in COMMANDS:
        arguments = [sys.executable, "-m", "build_tools", *command.split()]
        done = subprocess.run(arguments, cwd=clone, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, command
        said[command.split()[0]] = (done.returncode, done.stdout + done.stderr)
    assert list(said) == ["new", "explain", "check", "fmt", "impact"]
    assert "already here: content/reports/shi-2021.yml" in said["new"][1]
    assert "cases/shi-2021.yml" in said["new"][1]
    assert "Margins" in said["explain"][1]
    assert [said[name][0] for name in ("explain", "check", "fmt", "impact")] == [0, 0, 0, 0]
    assert "no problems" in said["check"][1]
    changed = subprocess.run(
        ["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert changed.stdout == ""
