"""The invented corpus of the benchmark, imported as a folder of old files is."""

from archives import files
from bench import corpus


def test_the_corpus_is_the_same_each_time():
    assert corpus.issue(7) == corpus.issue(7)
    assert corpus.issue(7) != corpus.issue(8)


def test_a_folder_is_imported_past_bad_files_and_again(jianbao, archive):
    folder = archive / "旧简报"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"{number}.txt").write_text(corpus.issue(number), "utf-8")
    (folder / "坏.docx").write_bytes(b"junk")
    (folder / "~$1.docx").write_bytes(b"lock")
    (folder / "说明.xls").write_bytes(b"x")

    result = jianbao("import", "旧简报")
    assert result.returncode == 1
    assert result.stderr.startswith("错误：旧简报/坏.docx：不是完整的 .docx")
    assert "[6/6]" in result.stdout
    assert "共 6 个文件：5 个成功，1 个有错" in result.stdout
    pages = sorted(path.name for path in (archive / "docs/issues/2001").iterdir())
    assert pages == ["001.md", "002.md", "003.md", "004.md", "005.md"]

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
