// The part of a text around the first match, cut into plain and matching pieces.
window.jianbao = window.jianbao || {};

jianbao.excerpt = (function () {
  "use strict";

  const BEFORE = 24;
  const LENGTH = 96;
  const CONTINUES = /[\udc00-\udfff\u0300-\u036f]/;

  // [start, end) of every occurrence of each word (a stream) in the text as printed, in order, without overlaps.
  function matches(text, words) {
    const mapped = jianbao.bigrams.mappedStream(text);
    const found = [];
    words.forEach(function (word) {
      for (let at = mapped.text.indexOf(word); at !== -1; at = mapped.text.indexOf(word, at + word.length)) {
        let end = mapped.origins[at + word.length - 1] + 1;
        // A character outside the BMP, or with marks, is longer than one unit.
        while (end < text.length && CONTINUES.test(text[end])) end += 1;
        found.push([mapped.origins[at], end]);
      }
    });
    found.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    let until = 0;
    return found.filter(function (range) {
      if (range[0] < until) return false;
      until = range[1];
      return true;
    });
  }

  // Pieces {text, match} of the whole text.
  function pieces(text, ranges) {
    const result = [];
    let at = 0;
    ranges.forEach(function (range) {
      if (range[0] > at) result.push({ text: text.slice(at, range[0]), match: false });
      result.push({ text: text.slice(range[0], range[1]), match: true });
      at = range[1];
    });
    if (at < text.length) result.push({ text: text.slice(at), match: false });
    return result;
  }

  // The title, whole, with its matches.
  function whole(text, words) {
    return pieces(text, matches(text, words));
  }

  // Around the first match of the first word that has one, or the beginning of the text.
  function around(text, words) {
    const ranges = matches(text, words);
    const leading = words.map(function (word) { return matches(text, [word])[0]; }).find(Boolean) || [0, 0];
    const start = Math.max(0, leading[0] - BEFORE);
    const end = Math.min(text.length, Math.max(start + LENGTH, leading[1]));
    const inside = ranges.filter(function (range) { return range[0] >= start && range[1] <= end; });
    const shifted = inside.map(function (range) { return [range[0] - start, range[1] - start]; });
    const result = pieces(text.slice(start, end), shifted);
    if (start > 0) result.unshift({ text: "……", match: false });
    if (end < text.length) result.push({ text: "……", match: false });
    return result;
  }

  return { around: around, matches: matches, whole: whole };
})();
