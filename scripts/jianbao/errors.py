"""The errors that a person can mend, each one a sentence in Chinese.

Every module raises these and none prints; ``cli.py`` alone catches them, prints the sentence and ends with
the exit status that the class carries.
"""


class JianbaoError(Exception):
    """A fault that the reader of the message can mend: which file, which line, what is wrong, what to do."""

    exit_status = 1


class SourceError(JianbaoError):
    """The source file cannot be read, or is no bulletin."""


class PageError(JianbaoError):
    """A Markdown page of the archive does not have the form that ``page.py`` writes: where, and what is wrong."""

    def __init__(self, path: str, line: int, reason: str) -> None:
        super().__init__(f"{path}：第{line}行：{reason}")
        self.line = line
        self.reason = reason


class VocabularyError(JianbaoError):
    """The vocabulary file is not what ``vocabulary.py`` describes."""


class ArchiveError(JianbaoError):
    """The archive's folder is missing something, or holds something that must not be overwritten."""


class HistoryError(JianbaoError):
    """The archive's git history cannot be read."""


class EditionError(JianbaoError):
    """An edition, a published folder or a bundle cannot be made or is not what its manifest says."""


class ReviewError(JianbaoError):
    """What was asked for in a review cannot be done: no such tag, no such article, a page that was changed meanwhile."""
