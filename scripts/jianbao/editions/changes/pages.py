"""The changes of all editions as a page (``changes.html``) and a feed (``changes.atom``, RFC 4287).

Both stand beside the editions' folders; the page takes its style from the newest of them. The newest editions are
told in full, the others by how much they changed, so that a hundred editions of ten thousand issues make a page that
opens at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader

from jianbao.edition import Name
from jianbao.editions.changes.passages import GONE, NEW
from jianbao.editions.changes.values import Changes, Outcome
from jianbao.site import feed_xml

PAGE, FEED = "changes.html", "changes.atom"
# So many editions are told in full; of one, so many issues of each kind are named.
IN_FULL, NAMED = 20, 40
OUTCOMES = {Outcome.CHANGED: "改动", Outcome.ADDED: "新增", Outcome.REMOVED: "删去"}


def files(
    site_name: str, changes: Sequence[Changes], published: Collection[Name] | None = None
) -> Iterator[tuple[str, str]]:
    """(path beside the editions' folders, content) of the page and the feed; ``changes`` from the newest on.

    Links lead into the folders of ``published`` editions, those of others are left out; None means all.
    """
    shown = {each.edition for each in changes} if published is None else set(published)
    newest = next((each.edition for each in changes if each.edition in shown), None)
    context = {
        "site_name": site_name,
        "published": shown,
        "named": NAMED,
        "outcomes": OUTCOMES,
        "gone": GONE,
        "new": NEW,
    }
    page = _templates().get_template(PAGE)
    older = changes[IN_FULL:]
    yield (
        PAGE,
        page.render(**context, newest=newest, in_full=changes[:IN_FULL], older=older, summary=summary),
    )
    yield FEED, _atom(site_name, changes[:IN_FULL], context)


def summary(changes: Changes) -> str:
    """``新增 1 期，更正 2 期``; ``首次发布，共 10000 期`` of the first edition."""
    if changes.previous is None:
        return f"首次发布，共 {changes.issue_count} 期"
    counts = {
        "新增": len(changes.added),
        "更正": len(changes.corrected),
        "改了地址": len(changes.moved),
        "撤下": len(changes.withdrawn),
    }
    told = "，".join(f"{what} {count} 期" for what, count in counts.items() if count)
    return told or "各期的文字没有变化"


def _atom(site_name: str, changes: Sequence[Changes], context: dict[str, object]) -> str:
    feed = feed_xml.feed()
    feed_xml.add(feed, "title", f"{site_name}：各版的变化")
    feed_xml.add(feed, "id", feed_xml.identifier(f"{site_name}/changes"))
    # A feed has a moment even before the first edition is published.
    days = [each.date for each in changes]
    feed_xml.add(
        feed, "updated", feed_xml.moment(max(days)).isoformat() if days else "1970-01-01T00:00:00+08:00"
    )
    feed_xml.add(feed_xml.add(feed, "author"), "name", site_name)
    feed_xml.add(feed, "link", rel="self", type="application/atom+xml", href=FEED)
    feed_xml.add(feed, "link", rel="alternate", type="text/html", href=PAGE)
    content = _templates().get_template("entry.html")
    for each in changes:
        entry = feed_xml.add(feed, "entry")
        feed_xml.add(entry, "title", f"{each.edition} 版：{summary(each)}")
        feed_xml.add(entry, "id", feed_xml.identifier(f"{site_name}/changes/{each.edition}"))
        feed_xml.add(entry, "updated", feed_xml.moment(each.date).isoformat())
        feed_xml.add(entry, "link", rel="alternate", type="text/html", href=f"{PAGE}#v{each.edition}")
        text = content.render(**context, each=each).strip()
        feed_xml.add(entry, "content", text or f"<p>{summary(each)}。</p>", type="html")
    return feed_xml.document(feed)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("jianbao.editions.changes", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
