"""Charts as inline SVG, made at build: they need no script and read without colour.

A chart has no colour of its own; ``lists.css`` gives it that of the page, light or dark. What it tells stands in
a table or list beside it, too. Bars are drawn as one path a series, so that many years stay few bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

# A chart with names is drawn for a phone's width and grows with the sheet up to twice that.
WIDTH, HEIGHT = 400, 110
HEAD, FOOT = 16, 18
MOST_FIGURES = 16
MOST_NAMES = 12
# A strip's height, and the step from one bar to the next.
STRIP_HEIGHT, STRIP_STEP = 24, 4


@dataclass(frozen=True)
class Column:
    """A column of a chart: its name on the axis, and its parts from the ground up."""

    name: str
    parts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.parts)


def columns(id: str, title: str, description: str, shown: Sequence[Column]) -> Markup:
    """Stacked columns beside each other, named below, with their sums above, or, where there is no room for all,
    the sum of the highest.

    The first part is filled, the second an outline, so that they are told apart without colour. ``id`` is the
    chart's own within its page.
    """
    top = max((column.total for column in shown), default=0) or 1
    highest = next((place for place, column in enumerate(shown) if column.total == top), None)
    step = WIDTH / max(len(shown), 1)
    names = _names([column.name for column in shown])
    texts = []
    for place, column in enumerate(shown):
        middle = round((place + 0.5) * step, 1)
        if column.total and (len(shown) <= MOST_FIGURES or place == highest):
            height = HEAD - 3 + HEIGHT - _height(column.total, top)
            texts.append(Markup('<text x="{}" y="{}">{}</text>').format(middle, height, column.total))
        if names[place]:
            texts.append(
                Markup('<text class="chart__name" x="{}" y="{}">{}</text>').format(
                    middle, HEAD + HEIGHT + FOOT - 4, names[place]
                )
            )
    series = range(max((len(column.parts) for column in shown), default=0))
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title"'
        ' aria-describedby="{id}-text"><title id="{id}-title">{title}</title>'
        '<desc id="{id}-text">{description}</desc>{bars}'
        '<path class="chart__ground" d="M0 {ground}h{width}"/>{texts}</svg>'
    ).format(
        id=id,
        title=title,
        description=description,
        width=WIDTH,
        height=HEAD + HEIGHT + FOOT,
        ground=HEAD + HEIGHT,
        bars=Markup("").join(_series(shown, number, top, step) for number in series),
        texts=Markup("").join(texts),
    )


def strip(values: Sequence[int], top: int) -> Markup:
    """A row of small bars as wide as its place, one a value; ``top`` is the value as high as the strip.

    It says nothing to a screen reader: the figures stand beside it.
    """
    bars = "".join(
        f"M{STRIP_STEP * place} {STRIP_HEIGHT}v-{height}h{STRIP_STEP - 1}v{height}z"
        for place, value in enumerate(values)
        if (height := _scaled(value, top, STRIP_HEIGHT))
    )
    return _flat("strip", STRIP_STEP * len(values), STRIP_HEIGHT, bars)


def bar(value: int, top: int) -> Markup:
    """One bar that lies, as long as ``value`` is of ``top``. It says nothing to a screen reader, either."""
    return _flat("bar", 100, 10, f"M0 0h{_scaled(value, top, 100)}v10H0z")


def _flat(name: str, width: int, height: int, path: str) -> Markup:
    return Markup(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>'
    ).format(name, width, height, path)


def _series(shown: Sequence[Column], number: int, top: int, step: float) -> Markup:
    """One part of every column, as a path."""
    width = round(min(step * 0.7, 28), 1)
    bars = []
    for place, column in enumerate(shown):
        foot = _height(sum(column.parts[:number]), top)
        height = round(_height(sum(column.parts[: number + 1]), top) - foot, 1)
        if height:
            left = round((place + 0.5) * step - width / 2, 1)
            bars.append(f"M{left} {round(HEAD + HEIGHT - foot, 1)}v-{height}h{width}v{height}z")
    return Markup('<path class="chart__part chart__part--{}" d="{}"/>').format(number + 1, "".join(bars))


def _height(value: int, top: int) -> float:
    return round(HEIGHT * value / top, 1)


def _scaled(value: int, top: int, whole: int) -> int:
    """The share of ``whole`` that ``value`` is of ``top``; what is not nothing is seen."""
    return max(1, round(whole * value / top)) if value else 0


def _names(names: Sequence[str]) -> list[str]:
    """The names that have room on the axis, "" for the others: all, or the years that end in 0 or 5."""
    if len(names) <= MOST_NAMES:
        return list(names)
    every = next((n for n in (2, 5, 10, 20, 50) if len(names) <= n * MOST_NAMES), 100)
    return [name if name.isdecimal() and int(name) % every == 0 else "" for name in names]
