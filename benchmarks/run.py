"""How long this casebook, bare Material and Hugo take for the same invented patients, in paired runs.

    .venv/bin/python -m benchmarks.run 50 100 200 --rounds 3 [--hugo PATH]

Each round runs every builder once, one after the other, so that a busy machine is busy for all of them; what
is printed is the middle of the rounds, and the middle of the ratios within a round. Prints Markdown.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.many import add_patients
from tests.world import EXAMPLE, REPOSITORY

HERE = Path(__file__).parent
PAGES = {
    "home": "index.html",
    "case": "cases/many-00001/index.html",
    "all cases": "cases/index.html",
    "charts": "charts/index.html",
}


@dataclass(frozen=True)
class Cost:
    """Seconds of wall time and of CPU, with those of children, and the most memory of one process in MB."""

    wall: float
    cpu: float
    memory: float


def cost(command: Sequence[str | Path], folder: Path) -> Cost:
    """What a command costs; it has to succeed."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_MKDOCS_2_WARNING": "1"}
    begin = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    said = process.stdout.read() if process.stdout else b""
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    if status:
        raise SystemExit(f"{command} failed:\n{said.decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def builders(root: Path, work: Path, hugo: str | None) -> dict[str, tuple[list[str | Path], Path]]:
    """Every builder's command and folder, ready to run; bare Material builds what `casebook pages` writes."""
    python, ours = sys.executable, [sys.executable, "-m", "build_tools"]
    bare = work / "bare"
    subprocess.run([*ours, "pages", "--root", root, "--out", bare], check=True, stdout=subprocess.PIPE)
    settings = re.sub(r"(?m)^  custom_dir:.*\n", "", (bare / "mkdocs.yml").read_text(encoding="utf-8"))
    (bare / "mkdocs.yml").write_text(settings.replace("enabled: false", "enabled: true"), encoding="utf-8")
    case = root / "cases" / "many-00001.yml"
    found: dict[str, tuple[list[str | Path], Path]] = {
        "import pydantic, yaml": ([python, "-c", "import pydantic, yaml"], root),
        "casebook check, one case": ([*ours, "check", "--root", root, case], root),
        "casebook build": ([*ours, "build", "--root", root, "--out", work / "ours"], root),
        "bare Material": (
            [python, "-m", "mkdocs", "build", "--quiet", "--site-dir", work / "material"],
            bare,
        ),
    }
    if hugo:
        shutil.copytree(HERE / "hugo", work / "hugo")
        shutil.copytree(root / "cases", work / "hugo" / "data" / "cases")
        found["Hugo"] = ([hugo, "--quiet", "--destination", work / "by-hugo"], work / "hugo")
    return found


def weights(site: Path) -> dict[str, int]:
    """The compressed bytes of some pages."""
    files = {name: site / path for name, path in PAGES.items()}
    return {name: len(gzip.compress(path.read_bytes(), 6)) for name, path in files.items() if path.is_file()}


def measure(count: int, rounds: int, hugo: str | None) -> dict[str, float]:
    """Prints what each builder costs for so many patients; the middle CPU seconds of each."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        root = Path(shutil.copytree(EXAMPLE, work / "casebook"))
        add_patients(root, count)
        shutil.copytree(REPOSITORY / "overrides", root / "overrides")
        settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("../../overrides", "overrides")
        settings = settings.replace("../../build_tools", (REPOSITORY / "build_tools").as_posix())
        (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
        commands = builders(root, work, hugo)
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, (command, at) in commands.items():
                costs[name].append(cost(command, at))
        print(f"\n## {count} invented patients added, {rounds} rounds\n")
        print("| what | wall s | CPU s | peak MB | our CPU to its | our wall to its |")
        print("|---|---|---|---|---|---|")
        ours = costs["casebook build"]
        for name, found in costs.items():
            ratios = [
                median(
                    getattr(mine, what) / getattr(its, what) for mine, its in zip(ours, found, strict=True)
                )
                for what in ("cpu", "wall")
            ]
            middle = [median(getattr(one, what) for one in found) for what in ("wall", "cpu", "memory")]
            figures = [
                f"{middle[0]:.1f}",
                f"{middle[1]:.1f}",
                f"{middle[2]:.0f}",
                *map("{:.2f}".format, ratios),
            ]
            print(f"| {name} | {' | '.join(figures)} |")
        kilobytes = ", ".join(f"{name} {size / 1000:.0f}" for name, size in weights(work / "ours").items())
        print(f"\nCompressed kB: {kilobytes}.", flush=True)
        return {name: median(one.cpu for one in found) for name, found in costs.items()}


def main() -> None:
    """Measures each number of patients, then the growth from one to the next."""
    parser = argparse.ArgumentParser(description="Benchmarks; see benchmarks/README.md.")
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hugo", default=shutil.which("hugo"))
    asked = parser.parse_args()
    found = {count: measure(count, asked.rounds, asked.hugo) for count in sorted(asked.counts)}
    for few, more in zip(sorted(found), sorted(found)[1:], strict=False):
        grown = ", ".join(f"{name} {found[more][name] / found[few][name]:.2f}" for name in found[few])
        print(f"\nCPU of {more} patients to that of {few}: {grown}.")


if __name__ == "__main__":
    main()
