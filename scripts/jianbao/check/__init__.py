"""``jianbao check``: numbered rules over the archive's pages.

finding.py      what a rule finds, and how bad it is
rule.py         a rule and the table of them all; rules/ are the rules, a module a subject
page_file.py    a page as the rules see it; markup.py and punctuation.py know what its text shows and should show
record.py       what is kept of a page to compare it with the others; holdings.py: the archive in records
checker.py      all rules → a report; cache.py: unchanged pages are not looked at twice
fixing.py       the safe changes
formats/        the report for people and for programs; guide.py: the rules for people
summary.py      what a branch changes, for a pull request
"""

from jianbao.check import rules
from jianbao.check.checker import Report
from jianbao.check.finding import Finding, Level
from jianbao.check.rule import GROUPS, RULES, Rule

__all__ = ["GROUPS", "RULES", "Finding", "Level", "Report", "Rule", "rules"]
