"""The samples that a new archive gets for its server: they are YAML, and call only what there is."""

import re

import click
import pytest
import yaml

from archives import ROOT
from command_lines import in_script, parse
from jianbao.chinese_click import usage_message

STARTER = ROOT / "starter"
GITHUB = ".github/workflows/jianbao.yml"
GITEA = ".gitea/workflows/jianbao.yml"
GITLAB = ".gitlab-ci.yml"
PRE_COMMIT = ".pre-commit-config.yaml"


def sample(path):
    return yaml.safe_load((STARTER / path).read_text("utf-8"))


def scripts(path):
    """Every piece of shell in a sample."""
    read = sample(path)
    if path == PRE_COMMIT:
        return [hook["entry"] for repository in read["repos"] for hook in repository["hooks"]]
    if path == GITLAB:
        jobs = [job for job in read.values() if isinstance(job, dict) and "script" in job]
        return [*read["before_script"], *(line for job in jobs for line in job["script"])]
    return [step["run"] for job in read["jobs"].values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", [GITHUB, GITEA, GITLAB, PRE_COMMIT])
def test_it_calls_only_what_there_is(path):
    calls = [words for script in scripts(path) for words in in_script(script)]
    assert calls
    for words in calls:
        try:
            parse(words)
        except click.UsageError as error:
            pytest.fail(f"jianbao {' '.join(words)}：{usage_message(error)}")


@pytest.mark.parametrize(("path", "form"), [(GITHUB, "github"), (GITEA, "github"), (GITLAB, "gitlab")])
def test_each_server_checks_builds_and_sums_up(path, form):
    calls = [words for script in scripts(path) for words in in_script(script)]
    assert ("check", "--format", form) in calls
    assert ("build",) in calls
    (summary,) = [words for words in calls if "--summary" in words]
    assert "--base" in summary


@pytest.mark.parametrize("path", [GITHUB, GITEA])
def test_published_pages_are_known_and_the_preview_is_attached(path):
    steps = sample(path)["jobs"]["archive"]["steps"]
    checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout"))
    assert checkout["with"] == {"fetch-depth": 0, "fetch-tags": True}
    upload = next(step for step in steps if step.get("uses", "").startswith("actions/upload-artifact"))
    assert upload["with"]["path"] == "site"
    # YAML 1.1 reads the key `on` as true.
    assert "pull_request" in sample(path)[True]


def test_gitlab_knows_published_pages_and_attaches_preview_and_findings():
    read = sample(GITLAB)
    assert read["variables"]["GIT_DEPTH"] == "0"
    assert any("git fetch --tags" in line for line in read["before_script"])
    report = read["check"]["artifacts"]["reports"]["codequality"]
    assert any(line.endswith(f"> {report}") for line in read["check"]["script"])
    assert read["preview"]["artifacts"]["paths"] == ["site/"]


@pytest.mark.parametrize("path", [GITHUB, GITEA])
def test_no_name_of_a_branch_becomes_shell(path):
    """What a stranger may choose comes in by the environment, not pasted into a script."""
    for script in scripts(path):
        assert "${{" not in script


def test_the_hooks_run_on_what_they_check():
    check, words = sample(PRE_COMMIT)["repos"][0]["hooks"]
    assert re.search(check["files"], "docs/issues/2017/020.md")
    assert not re.search(check["files"], "docs/index.md")
    assert re.search(words["files"], "docs/vocabulary.yml") and words["pass_filenames"] is False


def test_owners_are_examples_until_somebody_is_named():
    lines = (STARTER / "CODEOWNERS").read_text("utf-8").splitlines()
    assert all(line.startswith("#") or not line for line in lines)
    assert any("/docs/vocabulary.yml" in line and "@" in line for line in lines)
