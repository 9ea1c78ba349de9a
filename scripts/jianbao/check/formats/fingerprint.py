"""A fingerprint for each finding: the same in every run, wherever its line has moved to."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from jianbao.check.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with its fingerprint (hex): of rule, file and message, and of how many alike come before it."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = (finding.rule, finding.path, finding.message)
        text = "\0".join((*key, str(seen[key])))
        seen[key] += 1
        yield finding, hashlib.sha256(text.encode()).hexdigest()
