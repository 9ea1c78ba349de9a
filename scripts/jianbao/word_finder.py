"""Finding the words of a list in a text, the longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


class WordFinder:
    """Finds words in a text; a longer word takes the place of the shorter ones that it contains.

    With 伊宁 and 伊宁市 in the list, ``伊宁市`` is only 伊宁市; with 创新源 in it, ``创新源头`` is not 新源.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(set(words), key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append(word)
        # Most characters of a text begin no word: a pattern passes over them faster than a loop does.
        firsts = "".join(map(re.escape, self._by_first))
        self._firsts = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def find(self, text: str) -> Iterator[str]:
        """The words in the order of the text, each as often as it stands there. One pass over the text."""
        end = 0
        for match in self._firsts.finditer(text):
            start = match.start()
            for word in self._by_first[match[0]]:
                if text.startswith(word, start):
                    if start + len(word) > end:
                        end = start + len(word)
                        yield word
                    break
