// The part of a text around the first match, cut into plain and matching pieces.
window.jianbao = window.jianbao || {};

jianbao.excerpt = (function () {
  "use strict";

  var BEFORE = 24;
  var LENGTH = 96;

  // [start, end) of every occurrence of each word in the text as printed, in order, without overlaps.
  function matches(text, words) {
    var mapped = jianbao.bigrams.mapped(text);
    var found = [];
    words.forEach(function (word) {
      var at = mapped.text.indexOf(word);
      while (at !== -1) {
        var last = at + word.length - 1;
        var end = mapped.origins[last] + 1;
        // A character outside the BMP, or with marks, is longer than one unit.
        while (end < text.length && mapped.origins[last + 1] !== undefined && end < mapped.origins[last + 1] &&
               /[\udc00-\udfff\u0300-\u036f]/.test(text[end])) end += 1;
        found.push([mapped.origins[at], end]);
        at = mapped.text.indexOf(word, at + word.length);
      }
    });
    found.sort(function (one, other) { return one[0] - other[0] || other[1] - one[1]; });
    return found.filter(function (range, index) {
      return index === 0 || range[0] >= found[index - 1][1];
    });
  }

  // Pieces {text, match} of the whole text.
  function pieces(text, ranges) {
    var result = [];
    var at = 0;
    ranges.forEach(function (range) {
      if (range[0] < at) return;
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

  // Around the first match, or the beginning of the text where there is none.
  function around(text, words) {
    var ranges = matches(text, words);
    var first = ranges.length ? ranges[0][0] : 0;
    var start = Math.max(0, first - BEFORE);
    var end = Math.min(text.length, Math.max(start + LENGTH, ranges.length ? ranges[0][1] : 0));
    var inside = ranges.filter(function (range) { return range[0] >= start && range[1] <= end; });
    var shifted = inside.map(function (range) { return [range[0] - start, range[1] - start]; });
    var result = pieces(text.slice(start, end), shifted);
    if (start > 0) result.unshift({ text: "……", match: false });
    if (end < text.length) result.push({ text: "……", match: false });
    return result;
  }

  return { whole: whole, around: around };
})();
