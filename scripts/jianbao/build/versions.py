"""What a page depends on beside its content: the program, the templates, the configuration."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from jianbao.site import Site, feeds
from jianbao.site.site import key_of

# What the bytes of a site come from beside our own program.
_PACKAGES = (
    "mkdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown", "pymdown-extensions", "pyyaml", "pypinyin",
    "numpy", "lxml",
)  # fmt: skip
# Where a site is, where it comes from and how it is served makes no difference to it.
_PLACES = frozenset({"site_dir", "docs_dir", "config_file_path", "dev_addr", "watch", "theme"})


@cache
def program() -> str:
    """Stands for this program and the packages it uses, whatever is changed in it."""
    root = Path(__file__).parents[1]
    own = [path.read_bytes() for path in sorted(root.rglob("*")) if path.suffix in (".py", ".json")]
    return key_of(sys.version, [_version(name) for name in _PACKAGES], own)


def of_pages(config: MkDocsConfig, site: Site, policy: str, guide: str | None) -> str:
    """Stands for what all pages share: the configuration, our templates, the feeds, what a page may load, the guide."""
    custom = Path(config.theme.custom_dir) if config.theme.custom_dir else None
    templates = sorted(custom.rglob("*.html")) if custom else []
    return key_of(
        json.dumps({name: config[name] for name in config if name not in _PLACES}, default=_plain),
        json.dumps([config.theme.name, dict(config.theme)], default=_plain),
        [(path.relative_to(custom).as_posix(), path.read_bytes()) for path in templates],
        [Path(path).read_bytes() for path in config.hooks],
        [feed.path for feed in feeds.offered(site)],
        policy,
        guide,
    )


def _plain(value: object) -> object:
    """A value of the configuration as JSON can have it: settings as such, anything else by what it is."""
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "config"):
        return [type(value).__name__, dict(value.config)]
    return str(value) if isinstance(value, Path) else type(value).__name__


def name_of(folder: Path) -> str:
    """What the cache calls the state of a site's folder: several sites can be made from one archive."""
    return f"sites/{key_of(folder.absolute())}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
