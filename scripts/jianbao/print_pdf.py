"""An issue as a PDF for the printer, made by the system's Chromium from the issue's own page.

The page is built for itself, without the rest of the archive, so that it takes seconds at any size and shows
what ``docs/`` holds now; how it looks on paper is in ``styles/print.css``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

from jianbao import site_builder
from jianbao.archive import Archive
from jianbao.errors import ArchiveError
from jianbao.issue import slug

# By these names Chromium and its kin are found; the variable names another one.
VARIABLE = "JIANBAO_CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SECONDS = 120

_ISSUE = re.compile(
    r"(?P<year>\d{4})\s*(?:年|[-/])\s*(?P<supplement>增刊|s(?=\d))?\s*第?\s*"
    r"(?P<numbers>\d{1,4}(?:\s*[、，,-]\s*\d{1,4})*)\s*期?(?:合刊)?"
)


def make(archive: Archive, name: str, output: Path | None = None) -> Path:
    """Print the issue called ``name`` and give the PDF's path: ``output``, else ``2017-020.pdf`` where one is.

    ``name`` is ``2017-20``, ``2017年第20期``, ``2018年第5、6期合刊``, ``2018年增刊第1期``, or its page's path.
    Raises ArchiveError where there is no such issue or no Chromium, or the PDF cannot be made.
    """
    page = page_of(archive, name)
    chromium = executable()
    target = (output or Path(f"{page.parent.name}-{page.stem}.pdf")).absolute()
    if not target.parent.is_dir():
        raise ArchiveError(f"{target.parent}：没有这个文件夹；请先建立，或用 --output 另指一处")
    with tempfile.TemporaryDirectory(prefix="jianbao-pdf-") as folder:
        shown = _build(archive, page, Path(folder))
        made = Path(folder, "issue.pdf")
        _print(chromium, shown, made, Path(folder, "profile"))
        try:
            shutil.copyfile(made, target)
        except OSError as error:
            raise ArchiveError(f"{target}：写不进去（{error.strerror}）") from None
    return target


def page_of(archive: Archive, name: str) -> Path:
    """The page of the issue called ``name``. Raises ArchiveError, with the issues of that year, where there is none."""
    folder = archive.docs / "issues"
    given = Path(name)
    if given.suffix == ".md":
        if given.is_file() and given.resolve().is_relative_to(folder.resolve()):
            return given.resolve()
        raise ArchiveError(f"{name}：档案中没有这一页；各期的页面在 {folder}")
    match = _ISSUE.fullmatch(name.strip())
    if not match:
        raise ArchiveError(f"“{name}”不像期号；请写成 2017-20、2017年第20期或 2018年增刊第1期的样子")
    numbers = tuple(int(number) for number in re.findall(r"\d+", match["numbers"]))
    page = folder / match["year"] / f"{slug(numbers, bool(match['supplement']))}.md"
    if page.is_file():
        return page
    others = sorted(path.stem for path in page.parent.glob("*.md"))
    known = f"{match['year']}年有：{'、'.join(others)}" if others else f"档案中没有{match['year']}年的简报"
    raise ArchiveError(f"档案中没有“{name}”这一期（{page.relative_to(archive.root)}）；{known}")


def executable() -> str:
    """The Chromium to print with. Raises ArchiveError where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        found = shutil.which(named)
        if not found:
            raise ArchiveError(f"{named}：环境变量 {VARIABLE} 指的不是一个能运行的程序")
        return found
    found = next((path for each in (*NAMES, *PLACES) if (path := shutil.which(each))), None)
    if not found:
        raise ArchiveError(
            "没有找到 Chromium（Chrome、Edge 也可以），不能生成 PDF；"
            f"请安装 Chromium，或用环境变量 {VARIABLE} 指明程序的位置；也可以在浏览器中打开这一期再打印"
        )
    return found


def _build(archive: Archive, page: Path, folder: Path) -> Path:
    """A site in ``folder`` with this one issue, and the address of its page in it."""
    docs, site = folder / "docs", folder / "site"
    beside = page.relative_to(archive.docs)
    (docs / beside).parent.mkdir(parents=True)
    for path in (archive.vocabulary, archive.docs / "index.md"):
        shutil.copy(path, docs)
    shutil.copy(page, docs / beside)
    pictures = page.with_suffix("")
    if pictures.is_dir():
        shutil.copytree(pictures, (docs / beside).with_suffix(""))
    site_builder.build(archive, docs, site)
    return site / PurePosixPath(beside.as_posix()).with_suffix(".html")


def _print(chromium: str, shown: Path, target: Path, profile: Path) -> None:
    command = [
        chromium,
        "--headless",
        "--disable-gpu",
        "--disable-extensions",
        "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={profile}",
        # The same wish in the words of newer and of older versions: no date and address at the edge.
        "--no-pdf-header-footer",
        "--print-to-pdf-no-header",
        f"--print-to-pdf={target}",
        shown.as_uri(),
    ]
    # As root Chromium's sandbox does not start; what is shown is our own page, from this disk, without network.
    if sys.platform != "win32" and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise ArchiveError(f"{chromium}：{SECONDS} 秒内没有打印完；请再试一次") from None
    except OSError as error:
        raise ArchiveError(f"{chromium}：不能运行（{error.strerror}）") from None
    if not target.is_file() or target.read_bytes()[:5] != b"%PDF-":
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise ArchiveError(f"{chromium}：没有做成 PDF（{said[-1] if said else f'返回 {done.returncode}'}）")
