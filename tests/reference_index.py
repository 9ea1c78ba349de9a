"""What the search index must equal: the archive in one lunr index, and a plain look through every text."""

from lunr.builder import Builder

from jianbao.search.documents import BOOSTS, FIELDS, document


def documents(shelf):
    """The documents of all articles, numbered from the oldest."""
    articles = (article for entry in reversed(shelf.entries) for article in entry.issue.articles)
    return [document(number, article) for number, article in enumerate(articles)]


def tokens(stream):
    """The tokens of a stream, spelled out: each window of two but two spaces, each word character by itself."""
    windows = [stream[start : start + 2] for start in range(len(stream) - 1)]
    return [window for window in windows if window != "  "] + [c for c in stream if c != " "]


def lunr_builder(found):
    """lunr.py's builder with every document in it, weighing as the browser does: length does not matter."""
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.b(0)
    builder.ref("number")
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for each in found:
        # Two spaces at the end: what begins or ends a field is beside nothing.
        fields = {
            field: tokens(stream + "  ") if stream else []
            for field, stream in zip(FIELDS, each.streams, strict=True)
        }
        builder.add({"number": str(each.number), **fields})
    return builder


def containing(found, stream):
    """The numbers of the documents in which ``stream`` stands, by looking through all of them."""
    return [each.number for each in found if any(stream in text for text in each.streams)]
