"""After any change the site is what a build from nothing gives, and only what depends on the change is made."""

import random
import shutil
from dataclasses import replace

import pytest

from archives import files, new_archive
from bench import corpus
from jianbao import archive, page, site_builder
from jianbao.build import output, workers
from jianbao.issue import Correction

# Two years of the corpus: some of 2018, some of 2019.
ISSUES = tuple(corpus.issues(30))[:9]


def write(target, issue):
    path = target.docs / archive.page_path(issue)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.write(issue), "utf-8")


@pytest.fixture
def target(tmp_path, monkeypatch):
    monkeypatch.setenv(workers.VARIABLE, "1")
    target = new_archive(tmp_path / "archive")
    for issue in ISSUES[:-1]:
        write(target, issue)
    site_builder.build(target)
    return target


def from_nothing(target):
    """The site that a build without a cache makes in another folder."""
    other = target.root.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    shutil.rmtree(target.root / ".cache", ignore_errors=True)
    site_builder.build(target, site=other)
    shutil.rmtree(target.root / ".cache")
    return files(other)


def written(target, monkeypatch):
    """The files that a build writes."""
    paths = []
    replace_file = output.os.replace

    def record(old, new):
        replace_file(old, new)
        paths.append(new)

    monkeypatch.setattr(output.os, "replace", record)
    site_builder.build(target)
    monkeypatch.setattr(output.os, "replace", replace_file)
    return {path.relative_to(target.site).as_posix() for path in paths if target.site in path.parents}


def edit(rng, issue):
    """One of the changes that an editor makes to a page."""
    articles = list(issue.articles)
    place = rng.randrange(len(articles))
    article = articles[place]
    other = rng.choice(corpus.issue(rng.randint(1, 5000)).articles)
    match rng.randrange(7):
        case 0:
            articles[place] = replace(
                article, body=(article.body[0].replace("，", "、", 1), *article.body[1:])
            )
        case 1:
            articles[place] = replace(article, title=other.title, contents_title=other.title)
        case 2:
            articles[place] = replace(article, work_groups=other.work_groups, themes=other.themes)
        case 3:
            articles[place] = replace(article, places=other.places, body=other.body)
        case 4:
            articles.append(replace(other, id=f"a{len(articles) + 1:02d}"))
        case 5:
            articles.pop()
        case 6:
            return replace(issue, corrections=(Correction(issue.date, "更正一处文字", (article.id,)),))
    return replace(issue, articles=tuple(articles))


def test_random_changes_one_after_the_other(target):
    rng = random.Random(20170807)
    issues = {issue.slug + str(issue.year): issue for issue in ISSUES[:-1]}
    for turn in range(5):
        for _ in range(turn % 2 + 1):
            name = rng.choice(sorted(issues))
            issues[name] = edit(rng, issues[name])
            write(target, issues[name])
        if turn == 2:
            write(target, ISSUES[-1])
        if turn == 3:
            gone = issues.pop(rng.choice(sorted(issues)))
            (target.docs / archive.page_path(gone)).unlink()
        site_builder.build(target)
        saved = target.root.parent / "cache"
        shutil.rmtree(saved, ignore_errors=True)
        shutil.copytree(target.root / ".cache", saved)
        assert files(target.site) == from_nothing(target), f"turn {turn}"
        shutil.copytree(saved, target.root / ".cache")


def test_a_change_of_the_vocabulary_a_template_or_the_configuration(target):
    words = target.vocabulary
    words.write_text(words.read_text("utf-8").replace("常州市武进区", "常州市"), "utf-8")
    template = target.root / "overrides" / "issue.html"
    template.write_text(template.read_text("utf-8").replace("上一期", "前一期"), "utf-8")
    target.config.write_text(
        "site_url: https://example.invalid/a\n" + target.config.read_text("utf-8"), "utf-8"
    )
    site_builder.build(target)
    assert files(target.site) == from_nothing(target)


def test_nothing_changed_and_nothing_is_written(target, monkeypatch):
    assert written(target, monkeypatch) == set()


def test_what_is_missing_or_spoilt_is_made_again_and_what_is_foreign_goes(target):
    whole = files(target.site)
    issue = ISSUES[0]
    shutil.rmtree(target.site / "groups")
    (target.site / "issues" / str(issue.year) / f"{issue.slug}.html").write_text("坏", "utf-8")
    (target.site / "search" / "manifest.js").unlink()
    (target.site / "old").mkdir()
    (target.site / "old" / "page.html").write_text("旧", "utf-8")
    site_builder.build(target)
    assert files(target.site) == whole
    assert not (target.site / "old").exists()


def test_a_damaged_cache_is_as_none(target):
    whole = files(target.site)
    for path in (target.root / ".cache").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-20])
    site_builder.build(target)
    assert files(target.site) == whole


def test_an_interrupted_build_goes_on(target, monkeypatch):
    issue = ISSUES[3]
    article = issue.articles[0]
    write(target, replace(issue, articles=(replace(article, title="换一个标题"), *issue.articles[1:])))

    def interrupt(self):
        raise KeyboardInterrupt

    finish = output.Output.finish
    monkeypatch.setattr(output.Output, "finish", interrupt)
    with pytest.raises(KeyboardInterrupt):
        site_builder.build(target)
    monkeypatch.setattr(output.Output, "finish", finish)
    assert written(target, monkeypatch) == set(), "all was made before"
    assert files(target.site) == from_nothing(target)


def test_as_many_workers_as_one_likes(target, monkeypatch):
    one = files(target.site)
    monkeypatch.setenv(workers.VARIABLE, "3")
    assert from_nothing(target) == one


def test_a_changed_sentence_writes_the_issue_and_what_is_made_of_its_text(target, monkeypatch):
    issue = ISSUES[4]
    article = issue.articles[0]
    body = (*article.body[:-1], article.body[-1] + "特此说明。")
    write(target, replace(issue, articles=(replace(article, body=body), *issue.articles[1:])))
    paths = written(target, monkeypatch)
    postings = {path for path in paths if path.startswith(("search/lists/", "search/places/"))}
    assert 0 < len(postings) <= 30, "two files for each token of the sentence at most, of 130 and more"
    assert paths - postings == {
        f"issues/{issue.year}/{issue.slug}.html",
        f"data/text/{issue.year}/{issue.slug}.txt",
        f"data/issues/{issue.year}.json",
        f"data/articles/{issue.year}.jsonl",
        f"data/articles/{issue.year}.csv",
        "data/SHA256SUMS",
        "search/texts/4.js",
    }


def test_a_page_that_cannot_be_parsed_leaves_the_site_as_it_was(target):
    whole = files(target.site)
    broken = target.docs / archive.page_path(ISSUES[0])
    broken.write_text("没有开头\n", "utf-8")
    with pytest.raises(Exception, match="第1行"):
        site_builder.build(target)
    assert files(target.site) == whole
