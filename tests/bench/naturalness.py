"""How natural the invented text is: ``python -m bench.naturalness [issues]`` counts its Han bigrams."""

import math
import re
import sys
from collections import Counter

from bench import corpus

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


def main(count: int) -> None:
    pairs: Counter[str] = Counter()
    for issue in corpus.issues(count):
        for article in issue.articles:
            for run in _HAN_RUN.findall("\n".join((article.title, *article.paragraphs))):
                pairs.update(map(str.__add__, run, run[1:]))
    total = pairs.total()
    common = "、".join(f"{pair} {n / total:.2%}" for pair, n in pairs.most_common(10))
    entropy = -sum(n / total * math.log2(n / total) for n in pairs.values())
    print(f"{count} issues: {total} positions, {len(pairs)} distinct, entropy {entropy:.2f} bits; {common}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else corpus.SIZES["M"])
