"""The search index of a corpus, made in a process of its own: ``python -m bench.index ISSUES FOLDER``.

Prints how long the index took, without the making of the corpus, as JSON.
"""

import json
import sys
import time
from pathlib import Path

from bench import corpus
from jianbao.search import index
from jianbao.shelf import Shelf


def main(count: int, folder: Path) -> None:
    shelf = Shelf.of(corpus.entries(count))
    start = time.perf_counter()
    # What the MkDocs plugin does at the end of a build.
    for path, text in index.files(shelf):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    print(json.dumps({"seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
