"""The invented corpus of the benchmark, imported as a folder of old files is."""

from archives import ROOT, files
from bench import corpus
from jianbao import importer, vocabulary


def test_the_corpus_is_the_same_each_time():
    assert corpus.issue(7) == corpus.issue(7)
    assert corpus.issue(7).articles != corpus.issue(8).articles


def test_a_smaller_corpus_is_the_newest_part_of_a_larger_one():
    larger, smaller = list(corpus.issues(30)), list(corpus.issues(3))
    assert larger[-3:] == smaller
    assert [issue.label for issue in smaller] == ["2019年第22期", "2019年第23期", "2019年第24期"]
    assert [issue.date for issue in larger] == sorted(issue.date for issue in larger)


def test_a_text_file_reads_as_the_issue_it_is_of(tmp_path):
    def text(issue):
        return [(a.kind, a.title, a.subtitle, a.contents_title, a.body) for a in issue.articles]

    words = vocabulary.load(ROOT / "docs" / "vocabulary.yml")
    file = tmp_path / "issue.txt"
    for issue in corpus.issues(5):
        file.write_text(corpus.text(issue), "utf-8")
        assert text(importer.read(file, words).issue) == text(issue)


def test_queries_are_in_the_text():
    issues = list(corpus.issues(20))
    texts = ["\n".join((a.title, *a.paragraphs)) for issue in issues for a in issue.articles]
    queries = corpus.queries(issues)
    assert len(queries) == 200
    assert corpus.queries(issues) == queries
    for query in queries:
        assert any(all(word in text for word in query.split()) for text in texts), query


def test_a_folder_is_imported_past_bad_files_and_again(jianbao, archive):
    folder = archive / "旧简报"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number}.txt").write_text(corpus.text(corpus.issue(number)), "utf-8")
    (folder / "坏.docx").write_bytes(b"junk")
    (folder / "~$1.docx").write_bytes(b"lock")
    (folder / "说明.xls").write_bytes(b"x")

    result = jianbao("import", "旧简报")
    assert result.returncode == 1
    assert result.stderr.startswith("错误：旧简报/坏.docx：不是完整的 .docx")
    assert "[6/6]" in result.stdout
    assert "共 6 个文件：5 个成功，1 个有错" in result.stdout
    pages = sorted(path.name for path in (archive / "docs/issues/1949").iterdir())
    assert pages == ["005.md", "006.md", "007.md", "008.md", "009.md"]

    (folder / "坏.docx").unlink()
    before = files(archive)
    again = jianbao("import", "旧简报")
    assert again.returncode == 0
    assert again.stdout.count("没有变化") == 5
    assert files(archive) == before


def test_an_empty_folder_is_said(jianbao, archive):
    (archive / "空").mkdir()
    result = jianbao("import", "空")
    assert result.returncode == 1
    assert "文件夹里没有可以导入的文件" in result.stderr
