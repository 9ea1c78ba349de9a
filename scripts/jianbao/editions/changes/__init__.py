"""What an edition changed for its readers: issues added, corrected, moved, withdrawn.

``between`` tells it from the two editions' own data files; ``files`` shows it, beside the editions, as a page
(``changes.html``) and a feed (``changes.atom``). In between it is kept as JSON (``Changes.to_json``), so that neither
an old edition nor its data is read again.
"""

from jianbao.editions.changes.comparing import between
from jianbao.editions.changes.pages import files
from jianbao.editions.changes.values import (
    ArticleChange,
    Changes,
    CorrectedIssue,
    IssueName,
    Move,
    Outcome,
)

__all__ = ["ArticleChange", "Changes", "CorrectedIssue", "IssueName", "Move", "Outcome", "between", "files"]
