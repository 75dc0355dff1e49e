"""The corpus: every careless or hostile file gets its verdict, told on its line, and no text is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from build_tools import checks
from build_tools.problems.problem import Level, Problem
from build_tools.reading.records import Files, read_all, read_record
from build_tools.records import KINDS
from build_tools.records.case import Case
from build_tools.review.review import link
from tests.corpus import FAMILIES, Mutant
from tests.world import REPOSITORY

CASES = ("bilgo-2021", "shi-2021", "zhang-2021-case-3")
CASE = next(kind for kind in KINDS if kind.model is Case)


@dataclass(frozen=True)
class Judge:
    """Reads a file in the place of a real case, among all other records but the other cases."""

    files: Files
    folder: Path

    def problems(self, id: str, content: bytes) -> tuple[list[Problem], list[str]]:
        """What is wrong with the file, and every text in it as it was read."""
        path = self.folder / "cases" / f"{id}.yml"
        path.write_bytes(content)
        record, problems = read_record(self.folder, path, CASE, self.files.vocabularies)
        if record is None:
            return problems, []
        alone = {**self.files.records, "case": {id: record}}
        found = checks.run(link(replace(self.files, records=alone, problems=())))
        return [*problems, *found], list(_texts(record.tree.data))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "cases").mkdir()
    return Judge(read_all(REPOSITORY), folder)


def wrong(judge: Judge, id: str, mutant: Mutant) -> str | None:
    """What the checks did that they should not have done, or None."""
    problems, texts = judge.problems(id, mutant.content)
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    if mutant.accepted:
        if errors:
            return f"refused: {errors[0].text()}"
        return None if mutant.leaf is None or mutant.leaf in texts else "the text was changed"
    if not errors:
        return "accepted"
    if mutant.line and not any(abs(problem.line - mutant.line) <= 1 for problem in errors):
        return f"told on line {errors[0].line}, not {mutant.line}: {errors[0].text()}"
    return next((f"no message: {p!r}" for p in errors if not p.message or "\n" in p.text()), None)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("id", CASES)
def test_every_file_of_the_corpus_gets_its_verdict(judge: Judge, id: str, family: str) -> None:
    text = (REPOSITORY / "cases" / f"{id}.yml").read_text(encoding="utf-8")
    mutants = list(FAMILIES[family](id, text))
    assert len(mutants) > 30
    found = {mutant.name: said for mutant in mutants if (said := wrong(judge, id, mutant))}
    listed = "\n".join(f"{name}: {said}" for name, said in list(found.items())[:40])
    assert not found, f"{len(found)} of {len(mutants)}:\n{listed}"


def test_the_corpus_is_large_and_both_verdicts_are_in_it() -> None:
    texts = {id: (REPOSITORY / "cases" / f"{id}.yml").read_text(encoding="utf-8") for id in CASES}
    mutants = [m for make in FAMILIES.values() for id, text in texts.items() for m in make(id, text)]
    assert len({mutant.name for mutant in mutants}) > 2_000
    assert sum(mutant.accepted for mutant in mutants) > 150
