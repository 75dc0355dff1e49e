"""The layers of the generator hold: who may import whom stands in pyproject.toml."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest
from importlinter import cli

import build_tools
from tests.world import EXAMPLE, REPOSITORY


def test_every_module_imports_only_what_its_layer_may(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = cli.lint_imports(config_filename=str(REPOSITORY / "pyproject.toml"), no_cache=True)
    assert outcome == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_a_broken_layer_would_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    turned = tmp_path / "turned.toml"
    turned.write_text(config.replace('  "checks",\n  "review",\n', '  "review",\n  "checks",\n'))
    outcome = cli.lint_imports(config_filename=str(turned), no_cache=True)
    assert outcome == cli.EXIT_STATUS_ERROR
    assert "build_tools.checks is not allowed to import build_tools.review" in capsys.readouterr().out


def test_the_map_and_the_table_of_layers_name_every_module() -> None:
    modules = {module.name for module in iter_modules(build_tools.__path__)} - {"__main__"}
    assert set(re.findall(r"^    (\w+)(?:/|\.py)? ", build_tools.__doc__ or "", re.M)) == modules
    table = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("### The layers")[2]
    rows = "\n".join(re.findall(r"^\| (`.*?) \|", table, re.M))
    assert set(re.findall(r"`(\w+)(?:/|\.py)`", rows)) == modules


def test_checking_one_file_loads_nothing_heavy() -> None:
    file = EXAMPLE / "cases" / "quill-2081.yml"
    code = (
        "import sys; from build_tools.__main__ import main; "
        f"main(['check', '--root', {str(EXAMPLE)!r}, {str(file)!r}], standalone_mode=False); "
        "print([m for m in ('jinja2', 'markdown', 'mkdocs', 'numpy', 'plotly', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
