"""What the home page shows of the archive: its figures drawn, and the ways into it.

Its size grows with the years and the vocabulary, never with the issues.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from jianbao.site import charts, corrections, lists, years
from jianbao.site.site import Site


def context(site: Site) -> Mapping[str, object]:
    """What the template of the home page finds beside what every page has."""
    found = years.of(site.shelf)
    tags = lists.of(site.shelf)
    return {
        "last_correction": next(iter(corrections.of(site.shelf)), None),
        "years": found,
        "chart": _chart(site) if found else None,
        "features_and_briefs": years.by_kind(site.shelf.entries),
        "lists": tags,
        "list_kinds": lists.KINDS,
        "has_matrix": {"groups", "themes"} <= {each.kind for each in tags},
    }


def _chart(site: Site) -> Markup:
    """The articles by year; of the only year, by month."""
    found = {year.number: year for year in years.of(site.shelf)}
    if len(found) == 1:
        return years.chart("archive", *found.values())
    columns = [
        charts.Column(str(number), years.by_kind(found[number].entries) if number in found else (0, 0))
        for number in years.axis(site.shelf)
    ]
    most = max(columns, key=lambda column: column.total)
    empty = [column.name for column in columns if not column.total]
    described = f"最多的是{most.name}年，{most.total}篇。" + (
        f"没有文章的年份：{'、'.join(empty)}。" if empty else ""
    )
    return charts.columns("archive", "各年的文章数", described, columns)
