// Terms → the documents that have them. The lists of a term's tokens give candidates; where the tokens stand, or
// the text itself where few candidates are left, tells which of them have the term in one piece.
window.jianbao = window.jianbao || {};

jianbao.matching = (function () {
  "use strict";

  // A pasted sentence needs no more lists than these to come down to a handful of documents.
  const MOST_LISTS = 6;
  // So few issues' texts are read at once instead of lists of places: they are shown as results anyway.
  const FEW_ISSUES = 6;
  // A long token's files weigh about as much as this many shared ones.
  const LONG_COST = 6;

  // The windows of a stream that together cover it: [{token, offset}], those with short postings preferred.
  // Every second window is enough: 援疆干部 is 援疆 and, two places on, 干部.
  function cover(stream) {
    const tokens = jianbao.bigrams.tokens(stream);
    const cost = tokens.map(function (token) { return jianbao.shards.isLong(token) ? LONG_COST : 1; });
    const best = [];
    for (let at = tokens.length - 1; at >= 0; at -= 1) {
      if (at === tokens.length - 1) {
        best[at] = { cost: cost[at], next: -1 };
        continue;
      }
      const next = at + 2 < tokens.length && best[at + 2].cost <= best[at + 1].cost ? at + 2 : at + 1;
      best[at] = { cost: cost[at] + best[next].cost, next: next };
    }
    const covering = [];
    for (let at = 0; at !== -1; at = best[at].next) covering.push({ token: tokens[at], offset: at });
    return covering;
  }

  // The windows whose lists are read first: all that cover the stream, or of a long stream those that say most.
  function probes(covering) {
    if (covering.length <= MOST_LISTS) return covering;
    const short = covering.filter(function (window) { return !jianbao.shards.isLong(window.token); });
    const chosen = short.length >= MOST_LISTS ? short : covering;
    const step = chosen.length / MOST_LISTS;
    return Array.from({ length: MOST_LISTS }, function (_, place) { return chosen[Math.floor(place * step)]; });
  }

  // → {stream, covering, tokens, documents}: the documents that have every probed token of one stream.
  async function candidates(stream) {
    const covering = cover(stream);
    const tokens = unique(probes(covering).map(function (window) { return window.token; }));
    const lists = await Promise.all(tokens.map(jianbao.postings.list));
    return {
      stream: stream,
      covering: covering,
      tokens: tokens,
      documents: intersection(lists.map(function (list) { return list.documents; })),
    };
  }

  // Those of `documents` that have the candidate's stream in one piece.
  async function inOnePiece(candidate, documents) {
    if (candidate.covering.length === 1 || !documents.length) return documents;
    if (jianbao.texts.issuesOf(documents).size <= FEW_ISSUES && !isPinyin(candidate.stream)) {
      return byText(candidate.stream, documents);
    }
    return byPlaces(candidate.covering, documents);
  }

  // Pinyin is in the index and in no text.
  function isPinyin(stream) {
    return stream.codePointAt(0) >= 0xf0000;
  }

  async function byText(stream, documents) {
    const texts = await Promise.all(Array.from(documents, jianbao.texts.streamOf));
    return documents.filter(function (_, row) { return texts[row].indexOf(stream) !== -1; });
  }

  async function byPlaces(covering, documents) {
    const windows = await Promise.all(covering.map(function (window) { return jianbao.postings.places(window.token); }));
    const offsets = covering.map(function (window) { return window.offset - covering[0].offset; });
    const rows = new Uint32Array(windows.length);
    return documents.filter(function (document) {
      windows.forEach(function (window, at) {
        while (window.documents[rows[at]] < document) rows[at] += 1;
      });
      return standTogether(windows, rows, offsets);
    });
  }

  // Whether, in one document, every window stands at its offset from a place of the first one.
  function standTogether(windows, rows, offsets) {
    const first = windows[0];
    for (let at = start(first, rows[0]); at < first.ends[rows[0]]; at += 1) {
      let together = 1;
      while (together < windows.length && has(windows[together], rows[together], first.places[at] + offsets[together])) {
        together += 1;
      }
      if (together === windows.length) return true;
    }
    return false;
  }

  function start(window, row) {
    return row ? window.ends[row - 1] : 0;
  }

  // A document has a window a few times: to look at each place is quickest.
  function has(window, row, place) {
    for (let at = start(window, row); at < window.ends[row]; at += 1) {
      if (window.places[at] >= place) return window.places[at] === place;
    }
    return false;
  }

  function unique(values) {
    return Array.from(new Set(values));
  }

  // Sorted arrays of document numbers: those in all of them, the shortest one leading.
  function intersection(arrays) {
    if (!arrays.length) return new Uint32Array(0);
    const sorted = arrays.slice().sort(function (one, other) { return one.length - other.length; });
    return sorted.slice(1).reduce(both, sorted[0]);
  }

  function both(one, other) {
    const found = new Uint32Array(Math.min(one.length, other.length));
    let length = 0;
    forEachCommon(one, other, function (row) {
      found[length] = one[row];
      length += 1;
    });
    return found.subarray(0, length);
  }

  // Calls with the rows at which two sorted arrays have the same number.
  function forEachCommon(one, other, call) {
    for (let left = 0, right = 0; left < one.length && right < other.length;) {
      if (one[left] === other[right]) {
        call(left, right);
        left += 1;
        right += 1;
      } else if (one[left] < other[right]) left += 1;
      else right += 1;
    }
  }

  function either(arrays) {
    const all = arrays.reduce(function (sum, each) { return sum + each.length; }, 0);
    const merged = new Uint32Array(all);
    let at = 0;
    arrays.forEach(function (each) {
      merged.set(each, at);
      at += each.length;
    });
    merged.sort();
    return merged.filter(function (document, place) { return place === 0 || document !== merged[place - 1]; });
  }

  function without(one, other) {
    const left = new Set(other);
    return one.filter(function (document) { return !left.has(document); });
  }

  return {
    both: both,
    candidates: candidates,
    either: either,
    forEachCommon: forEachCommon,
    inOnePiece: inOnePiece,
    intersection: intersection,
    without: without,
  };
})();
