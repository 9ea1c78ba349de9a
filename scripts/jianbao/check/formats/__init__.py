"""A report in the forms that people and programs read: ``FORMATS[name](report)`` is the text."""

from __future__ import annotations

from collections.abc import Callable

from jianbao.check.checker import Report
from jianbao.check.formats import for_programs, github, gitlab, people, sarif

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": people.render,
    "json": for_programs.render,
    "sarif": sarif.render,
    "github": github.render,
    "gitlab": gitlab.render,
}
