"""A new archive for a bulletin of its own: a folder that needs nothing of this repository any more.

It gets what ``starter/`` holds, this repository's templates (``overrides/``), configuration and guide, and the
versions of everything that is installed now. In an installed package all of these are in ``jianbao/starter/``.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from jianbao.archive import Archive
from jianbao.errors import ArchiveError

_INSTALLED = Path(__file__).parent / "starter"
_CHECKOUT = Path(__file__).resolve().parents[2]
# The description of a merge request: one text, where each server looks for it.
_TEMPLATE = "pull_request_template.md"
_TEMPLATE_PLACES = (
    f".github/{_TEMPLATE}",
    ".gitlab/merge_request_templates/Default.md",
    f".gitea/{_TEMPLATE}",
)
_REQUIREMENTS_HEAD = """\
# jianbao 和它用到的程序，版本与新建档案时的相同。安装：pip install -r requirements.txt
# 不能上互联网时，安装包先到 wheels 文件夹里找，见 wheels/README.md。
--find-links wheels
"""


def create(folder: Path, name: str | None = None) -> Archive:
    """A new archive in ``folder``, for the bulletin ``name`` (as the folder, where it is None).

    Raises ArchiveError where the folder holds anything, the name cannot be one, or it cannot be written; then
    nothing is left behind.
    """
    name = (name or folder.absolute().name).strip()
    if not name or not name.isprintable():
        raise ArchiveError(f"“{name}”不能作刊名；请用 --name 写上，如 --name 河长制工作简报")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(f"{folder}：已经存在，而且不是空文件夹；请换一个新的文件夹")
    new = _missing(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fill(folder, name)
    except OSError as error:
        for made in [new] if new else folder.iterdir():
            if made.is_dir():
                shutil.rmtree(made, ignore_errors=True)
            else:
                made.unlink(missing_ok=True)
        raise ArchiveError(
            f"{error.filename or folder}：写不进去（{error.strerror or '复制没有完成'}）；请检查磁盘空间和权限"
        ) from None
    return Archive(folder.absolute())


def requirements() -> Iterator[str]:
    """``name==version`` of jianbao and all that it needs, as installed now."""
    yield f"jianbao=={metadata.version('jianbao')}"
    found: dict[str, str] = {}
    waiting = [("jianbao", frozenset())]
    done = set()
    while waiting:
        asked = waiting.pop()
        if asked in done:
            continue
        done.add(asked)
        distribution, extras = asked
        for line in metadata.requires(distribution) or ():
            needed = Requirement(line)
            if needed.marker and not any(needed.marker.evaluate({"extra": each}) for each in extras or {""}):
                continue
            name = canonicalize_name(needed.name)
            found[name] = f"{name}=={metadata.version(name)}"
            waiting.append((name, frozenset(needed.extras)))
    yield from sorted(found.values())


def _fill(folder: Path, name: str) -> None:
    starter, shared = (_INSTALLED, _INSTALLED) if _INSTALLED.is_dir() else (_CHECKOUT / "starter", _CHECKOUT)
    shutil.copytree(starter, folder, dirs_exist_ok=True)
    shutil.copytree(shared / "overrides", folder / "overrides", dirs_exist_ok=True)
    guide = shared / "docs" / "guide"
    if any(guide.glob("*.md")):
        shutil.copytree(guide, folder / "docs" / "guide", dirs_exist_ok=True)
    (folder / "mkdocs.yml").write_text(_named((shared / "mkdocs.yml").read_text("utf-8"), name), "utf-8")
    readme = folder / "README.md"
    readme.write_text(readme.read_text("utf-8").replace("{name}", name), "utf-8")
    template = (folder / _TEMPLATE).read_bytes()
    (folder / _TEMPLATE).unlink()
    for place in _TEMPLATE_PLACES:
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_bytes(template)
    pinned = "".join(f"{line}\n" for line in requirements())
    (folder / "requirements.txt").write_text(_REQUIREMENTS_HEAD + pinned, "utf-8")


def _named(config: str, name: str) -> str:
    """MkDocs' configuration with this bulletin's name and without another's address."""
    values = {
        "site_name": name,
        "site_description": f"《{name}》档案：按期、工作组、地点和主题检索，离线可用",
    }
    for key, value in values.items():
        line = yaml.safe_dump({key: value}, allow_unicode=True, width=float("inf")).rstrip()
        config = re.sub(rf"^{key}:.*$", lambda _, line=line: line, config, count=1, flags=re.MULTILINE)
    return re.sub(r"^(?:site_url|repo_url|edit_uri):.*\n", "", config, flags=re.MULTILINE)


def _missing(folder: Path) -> Path | None:
    """The uppermost folder that must be made for ``folder``; None where it is there."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    return missing[-1] if missing else None
