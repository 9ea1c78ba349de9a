"""The search program in one file: its parts in ``overrides/assets/search/``, one after the other.

A reader's first search would else fetch fifteen scripts, half of them comments. A part on its own is what one
reads and changes; only the built site has them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PATH = "assets/search/search.js"
# In the order in which they use each other; paths below the site's root.
PARTS = (
    "assets/vendor/lunr-2.3.9.min.js",
    *(
        f"assets/search/{name}.js"
        for name in (
            "bigrams", "vlq", "shards", "postings", "pinyin", "query", "texts", "matching", "ranking", "facets",
            "suggestion", "engine", "excerpt", "results",
        )
    ),
)  # fmt: skip
# A line that is a comment and nothing else; the parts have no text over several lines that could hold one.
_COMMENT_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def joined(parts: Iterable[str]) -> str:
    """One script of the texts of all parts, without the lines that are comments."""
    return "".join(_COMMENT_LINE.sub("", part.rstrip("\n") + "\n") for part in parts)
