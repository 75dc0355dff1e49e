"""casebook release: a data version says what it brings, and what reads the feed finds it."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner, Result

from build_tools.__main__ import main
from build_tools.exports import cases_atom
from build_tools.problems.problem import ProblemsFound
from build_tools.publishing.generate import generate
from build_tools.reading.settings import read_settings
from build_tools.reading.versions import FILE, Counts, DataVersion, read_versions
from build_tools.review.review import Review
from tests.world import EXAMPLE, REPOSITORY, World

QUILL = "cases/quill-2081.yml"


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def committed(world: World) -> World:
    world.without_charts()
    git(world.root, "init", "--quiet", "--initial-branch=main")
    git(world.root, "add", "--all")
    git(world.root, "commit", "--quiet", "--message=Before")
    return world


def release(world: World, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["release", "--root", str(world.root), *arguments])


def test_the_first_version_brings_all_patients(world: World) -> None:
    result = release(world, "1.0.0", "--date", "2090-01-02")
    assert result.exit_code == 0, result.output
    (version,) = read_versions(world.root)
    assert (version.version, version.date, version.patients) == ("1.0.0", "2090-01-02", 5)
    assert len(version.added) == 5
    assert result.stdout.startswith("Data version 1.0.0, 2090-01-02: 5 patients\n5 added: ")


def test_a_version_tells_what_was_added_changed_and_withdrawn_since_the_one_before(committed: World) -> None:
    assert release(committed, "1.0.0", "--date", "2090-01-02").exit_code == 0
    committed.replace(QUILL, "age: 61", "age: 62")
    committed.replace(QUILL, "  asa_grade: 2\n", "")
    committed.add_case("vesper-2085-case-9", "vesper-2085-case-1")
    result = release(committed, "1.1.0", "--date", "2090-02-03", "--base", "main")
    assert result.exit_code == 0, result.output
    new, old = read_versions(committed.root)
    assert (old.version, new.patients, new.added, new.withdrawn) == ("1.0.0", 6, ("vesper-2085-case-9",), ())
    assert new.values == {"quill-2081": Counts(0, 1, 1)}
    assert new.fingerprint != old.fingerprint
    assert "quill-2081: 1 value changed, 1 value withdrawn" in result.stdout


def test_citation_and_zenodo_name_the_version_and_stay_valid(world: World) -> None:
    citation = (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
    world.write("CITATION.cff", citation)
    for name in ("1.0.0", "1.1.0"):
        assert release(world, name, "--date", "2090-01-02").exit_code == 0
    told = world.read("CITATION.cff")
    assert told.count("\nversion:") == told.count("\ndate-released:") == 1
    assert 'version: "1.1.0"\ndate-released: "2090-01-02"' in told
    assert valid_citation(world.root / "CITATION.cff")
    zenodo = json.loads(world.read(".zenodo.json"))
    assert (zenodo["version"], zenodo["upload_type"]) == ("1.1.0", "dataset")


def test_the_citation_file_of_the_repository_is_valid() -> None:
    assert valid_citation(REPOSITORY / "CITATION.cff")


def valid_citation(file: Path) -> bool:
    from check_jsonschema import main as check

    arguments = ["--builtin-schema", "vendor.citation-file-format", "--default-filetype", "yaml", str(file)]
    return CliRunner().invoke(check, arguments).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["1.0.0", "--date", "tomorrow"], "write year-month-day"),
        (["../1"], "write digits, letters"),
        (["1.0.0", "--base", "no-such"], "git"),
    ],
)
def test_wrong_use_writes_nothing_and_says_what_to_write(
    world: World, arguments: list[str], says: str
) -> None:
    result = release(world, *arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert not (world.root / FILE).exists()


def test_a_version_is_released_once(world: World) -> None:
    assert release(world, "1.0.0").exit_code == 0
    result = release(world, "1.0.0")
    assert result.exit_code == 2
    assert "was released already" in result.output


@pytest.mark.parametrize("content", ["", "[]", '{"versions": [{}]}', '{"versions": [{"values": 1}]}'])
def test_a_broken_file_of_versions_is_named(world: World, content: str) -> None:
    world.write(FILE.as_posix(), content)
    result = release(world, "1.0.0")
    assert result.exit_code == 1
    with pytest.raises(ProblemsFound):
        generate(world.root)
    assert "data/versions.json:1:1: error[C263]" in result.output


def feed(review: Review, versions: tuple[DataVersion, ...], address: str) -> Any:
    settings = replace(read_settings(EXAMPLE), address=address)
    read = feedparser.parse(cases_atom.text(review, versions, settings))
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def test_a_feed_reader_finds_new_and_changed_cases_the_newest_first(example: Review) -> None:
    address = "https://casebook.example/thumbs/"
    newer = DataVersion("1.1", "2090-02-03", "x", 5, (), (), {"quill-2081": Counts(changed=2)})
    read = feed(example, (newer, DataVersion("1.0", "2090-01-02", "y", 5, tuple(example.cases))), address)
    assert len(read.entries) == len(example.cases)
    first = read.entries[0]
    assert (first.link, first.id) == (f"{address}cases/quill-2081/",) * 2
    assert first.updated == read.feed.updated == "2090-02-03T00:00:00Z"
    assert first.summary.endswith("(data version 1.1: 2 values changed)")
    assert {entry.updated for entry in read.entries[1:]} == {"2090-01-02T00:00:00Z"}
    assert len({entry.id for entry in read.entries}) == len(read.entries)


def test_before_a_release_the_feed_tells_when_cases_were_read(example: Review) -> None:
    read = feed(example, (), "")
    days = {case.record.extraction.date for case in example.cases.values()}
    assert {entry.updated[:10] for entry in read.entries} == days
    assert all(entry.id.startswith("urn:casebook:cases/") for entry in read.entries)
