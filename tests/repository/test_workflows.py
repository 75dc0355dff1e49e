"""What runs on GitHub: valid, pinned, and with no right that it does not need."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

import click
import pytest
import yaml

from build_tools.__main__ import main
from tests.world import REPOSITORY

GITHUB = REPOSITORY / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
SCHEMAS = {
    "github-workflows": WORKFLOWS,
    "custom.github-workflows-require-timeout": WORKFLOWS,
    "dependabot": [GITHUB / "dependabot.yml"],
    "github-issue-forms": FORMS,
    "github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "citation-file-format": [REPOSITORY / "CITATION.cff"],
}
"""What each file must be, by the schemas that check-jsonschema brings along."""

Mapping = dict[str, Any]


def tool(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A tool of the environment; a missing one is an error."""
    program = shutil.which(name, path=sysconfig.get_path("scripts"))
    assert program, f"{name} is not installed"
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)


def zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    return tool("zizmor", "--offline", "--no-config", "--strict-collection", "--persona=pedantic", path)


def schema(name: str, *paths: Path) -> subprocess.CompletedProcess[str]:
    return tool("check-jsonschema", "--builtin-schema", name, "--force-filetype", "yaml", *paths)


def read(path: Path) -> Mapping:
    """A workflow; YAML takes its key `on` for a yes, so that it is read as text."""
    whole: Mapping = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return whole


def jobs() -> list[Any]:
    return [
        pytest.param(job, id=f"{path.stem}-{name}")
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
    ]


def runs() -> Iterator[tuple[str, str]]:
    """Every piece of shell, with the file that it stands in."""
    for path in WORKFLOWS:
        for job in read(path)["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    yield path.name, step["run"]


def commands(shell: str) -> Iterator[list[str]]:
    """The commands of a piece of shell, each as its words."""
    for line in shell.replace("\\\n", " ").splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars="();<>|&")
        lexer.whitespace_split = True
        words: list[str] = []
        for word in lexer:
            if set(word) <= set("();<>|&"):
                yield words
                words = []
            else:
                words.append(word)
        yield words


def workflow(text: str) -> str:
    """A small sound workflow with `text` as its step, to be broken."""
    return (
        "name: Small\non: {pull_request: {}}\npermissions: {}\n"
        "concurrency: {group: small, cancel-in-progress: true}\n"
        "jobs:\n  one:\n    name: One\n    runs-on: ubuntu-latest\n    timeout-minutes: 5\n"
        "    permissions: {contents: read}\n    steps:\n"
        f"      - {text}\n"
    )


CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"
SOUND = workflow(f"{{uses: {CHECKOUT}, with: {{persist-credentials: false}}}} # v7.0.1")


def test_nothing_is_to_be_said_against_the_workflows() -> None:
    done = zizmor(GITHUB)
    assert done.returncode == 0, done.stdout + done.stderr
    seen = {PurePath(line).name for line in done.stderr.splitlines() if "completed" in line}
    assert seen == {path.name for path in WORKFLOWS} | {"dependabot.yml"}


@pytest.mark.parametrize(
    "broken",
    [
        workflow("{uses: actions/checkout@v7}"),
        workflow(f"{{uses: {CHECKOUT}}}"),
        workflow('{run: "echo ${{ github.event.pull_request.title }}"}'),
        SOUND.replace("pull_request:", "pull_request_target:"),
        SOUND.replace("contents: read", "contents: write"),
        SOUND.replace("permissions: {}\n", ""),
        SOUND.replace("jobs:", "jobs: ["),
        SOUND.replace("runs-on", "run-on"),
    ],
)
def test_a_workflow_with_a_fault_is_refused(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "small.yml").write_text(SOUND, encoding="utf-8")
    assert zizmor(tmp_path).returncode == 0, zizmor(tmp_path).stdout
    (folder / "small.yml").write_text(broken, encoding="utf-8")
    assert zizmor(tmp_path).returncode != 0


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_file_is_what_its_schema_says(name: str) -> None:
    assert SCHEMAS[name]
    done = schema(name, *SCHEMAS[name])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_file_that_is_not_what_its_schema_says_is_refused(name: str, tmp_path: Path) -> None:
    words = {
        "custom.github-workflows-require-timeout": ("timeout-minutes: 15", ""),
        "citation-file-format": ("cff-version", "cff"),
        "dependabot": ("interval", "intervals"),
        "github-issue-forms": ("description:", "descriptions:"),
        "github-issue-config": ("about:", "abouts:"),
        "github-workflows": ("runs-on", "run-on"),
    }
    path = next(path for path in SCHEMAS[name] if words[name][0] in path.read_text(encoding="utf-8"))
    broken = tmp_path / path.name
    broken.write_text(path.read_text(encoding="utf-8").replace(*words[name]), encoding="utf-8")
    assert schema(name, broken).returncode == 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_unless_a_job_asks_and_runs_for_no_stranger(path: Path) -> None:
    whole = read(path)
    assert whole["permissions"] == {}
    assert "concurrency" in whole
    events = {"pull_request", "merge_group", "push", "schedule", "workflow_dispatch", "issues"}
    assert set(whole["on"]) <= events
    if "push" in whole["on"]:
        assert whole["on"]["push"] == {"branches": ["main"]}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_hash_with_its_version_beside_it(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    pinned = re.compile(r" +(- )?uses: [\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*")
    assert lines
    assert [line for line in lines if not pinned.fullmatch(line)] == []


def test_an_action_has_one_hash_in_all_workflows() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    found = set(re.findall(r"uses: (\S+)@(\S+)", text))
    assert len(found) == len({action for action, _ in found})


@pytest.mark.parametrize("job", jobs())
def test_a_job_that_may_write_runs_nothing_of_the_repository(job: Mapping) -> None:
    """What a package or a file of a contributor could do, it does where there is nothing to win."""
    assert job["timeout-minutes"]
    if "write" in job["permissions"].values():
        assert not [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert not re.search(
            r"casebook|make |python|pip |\./", " ".join(s.get("run", "") for s in job["steps"])
        )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_a_stranger_starts_has_no_secret_and_writes_nothing(path: Path) -> None:
    text, whole = path.read_text(encoding="utf-8"), read(path)
    if "pull_request" in whole["on"]:
        assert "secrets." not in text
        assert "github.token" not in text
        rights = {right for job in whole["jobs"].values() for right in job["permissions"].items()}
        assert rights == {("contents", "read")}


def test_shell_gets_its_values_from_the_environment() -> None:
    assert [shell for _, shell in runs() if "${{" in shell] == []


def test_shell_is_shell() -> None:
    for file, shell in runs():
        done = subprocess.run(["sh", "-n"], input=shell, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{file}: {done.stderr}"


def asked(words: list[str]) -> list[str] | None:
    """What a command asks of casebook, in whichever way it calls it."""
    if words and words[0] in (".venv/bin/casebook", "$(CASEBOOK)"):
        return words[1:]
    return words[3:] if words[1:3] == ["-m", "build_tools"] else None


def hooks() -> Iterator[tuple[str, str]]:
    config = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    for repository in config["repos"]:
        for hook in repository["hooks"]:
            yield ".pre-commit-config.yaml", hook["entry"]


def recipes() -> Iterator[tuple[str, str]]:
    for line in (REPOSITORY / "Makefile").read_text(encoding="utf-8").splitlines():
        if line.startswith("\t$(CASEBOOK)"):
            yield "Makefile", line.strip().replace("$(CASEBOOK)", ".venv/bin/casebook")


def test_every_command_of_casebook_that_is_run_exists_with_its_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(REPOSITORY)
    found: dict[str, set[str]] = {}
    for file, shell in [*runs(), *hooks(), *recipes()]:
        for words in commands(shell):
            arguments = asked(words)
            if arguments:
                understood(arguments)
                found.setdefault(file, set()).add(arguments[0])
    assert found["data.yml"] == {"check", "schema", "impact", "build"}
    assert found["site.yml"] == {"build"}
    assert found["issue-to-pull-request.yml"] == {"from-issue", "build"}
    assert found["Makefile"] == {"build", "check", "schema"}
    assert found[".pre-commit-config.yaml"] == {"check", "schema"}


def understood(arguments: list[str]) -> None:
    """Parses a command as click would, and runs nothing; UsageError if there is no such thing."""
    with main.make_context("casebook", arguments) as context:
        name, command, rest = main.resolve_command(context, arguments)
        assert name is not None
        assert command is not None
        command.make_context(name, rest, parent=context)


@pytest.mark.parametrize(
    "arguments", [["chek"], ["check", "--formt", "github"], ["impact"], ["build", "--out"]]
)
def test_a_command_that_does_not_exist_would_be_found(arguments: list[str]) -> None:
    with pytest.raises(click.UsageError):
        understood(arguments)


def test_every_script_and_target_that_is_run_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    named = [words for _, shell in runs() for words in commands(shell) if words]
    scripts = {words[0] for words in named if words[0].startswith(".ci/")}
    targets = {words[1] for words in named if words[0] == "make"}
    assert scripts
    assert targets
    listed = subprocess.run(
        ["git", "ls-files", "--stage", *scripts], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert sorted(re.findall(r"^100755 .*\t(.*)$", listed.stdout, re.M)) == sorted(scripts)
    assert [target for target in targets if f"\n{target}:" not in makefile] == []


def test_every_file_has_an_owner_and_every_owner_is_a_team() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    for place, *owners in rules:
        assert owners
        assert [owner for owner in owners if not re.fullmatch(r"@[\w-]+/[\w-]+", owner)] == []
        assert place == "*" or (REPOSITORY / place.strip("/")).exists()


def test_a_pull_request_gets_annotations_its_impact_and_a_preview_for_a_week() -> None:
    whole = read(GITHUB / "workflows" / "data.yml")
    assert set(whole["on"]) == {"pull_request", "merge_group"}
    steps = whole["jobs"]["check"]["steps"]
    shell = [step["run"] for step in steps if "run" in step]
    assert ".venv/bin/casebook check --format github" in shell
    assert any(re.search(r'impact --base HEAD\^1 .*>> "\$GITHUB_STEP_SUMMARY"$', run) for run in shell)
    assert steps[0]["with"]["fetch-depth"] == "2"
    (upload,) = [step["with"] for step in steps if "upload-artifact@" in step.get("uses", "")]
    assert (upload["retention-days"], upload["if-no-files-found"]) == ("7", "error")


def test_the_site_is_built_then_signed_then_published_each_with_its_own_rights() -> None:
    whole = read(GITHUB / "workflows" / "site.yml")
    rights = {name: job["permissions"] for name, job in whole["jobs"].items()}
    assert rights == {
        "build": {"contents": "read"},
        "attest": {"id-token": "write", "attestations": "write"},
        "deploy": {"id-token": "write", "pages": "write"},
    }
    assert [whole["jobs"][name].get("needs") for name in rights] == [None, "build", "attest"]
    assert {whole["jobs"][name].get("if") for name in ("attest", "deploy")} == {
        "github.ref == 'refs/heads/main'"
    }
    assert whole["concurrency"] == {"group": "pages", "cancel-in-progress": "false"}


def test_an_issue_becomes_a_pull_request_only_when_a_maintainer_has_put_the_label_on() -> None:
    whole = read(GITHUB / "workflows" / "issue-to-pull-request.yml")
    assert whole["on"] == {"issues": {"types": ["labeled"]}}
    check, *others = whole["jobs"].values()
    assert check["if"] == "github.event.label.name == 'accepted'"
    assert check["permissions"] == {"contents": "read"}
    asked_first = check["steps"][0]["run"]
    assert "collaborators/$SENDER/permission" in asked_first
    assert "exit 1" in asked_first
    assert [job["permissions"] for job in others] == [
        {"issues": "write"},
        {"contents": "write", "pull-requests": "write"},
    ]
    assert [job["needs"] for job in others] == ["check", "check"]


def test_the_words_of_an_issue_reach_no_shell_and_no_expression() -> None:
    text = (GITHUB / "workflows" / "issue-to-pull-request.yml").read_text(encoding="utf-8")
    assert "github.event.issue.body" not in text
    assert "github.event.issue.title" not in text
    assert set(re.findall(r"github\.event\.issue\.\w+", text)) == {"github.event.issue.number"}
