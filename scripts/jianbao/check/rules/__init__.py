"""All rules, by the first figure of their numbers; to import this package is to fill ``rule.RULES``."""

from jianbao.check.rules import articles, files, numbers, privacy, published, tags, text, waivers, writing

__all__ = ["articles", "files", "numbers", "privacy", "published", "tags", "text", "waivers", "writing"]
