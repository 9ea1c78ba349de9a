// Text → the form in which it is compared → tokens. The same rules as scripts/jianbao/search/bigrams.py, which
// explains them; both are held to the table tests/cases/bigrams.yml.
window.jianbao = window.jianbao || {};

jianbao.bigrams = (function () {
  "use strict";

  var HAN = "\\u3005-\\u3007\\u3021-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var SEPARATORS =
    "\\x00-\\/:-@\\[-`{-\\u00bf\\u00d7\\u00f7" +
    "\\u2000-\\u2bff\\u2e00-\\u2e7f" +
    "\\u3000-\\u3004\\u3008-\\u3020\\u302a-\\u3030\\u3036-\\u303f\\u30fb" +
    "\\ue000-\\uf8ff\\ufe00-\\ufe6f\\uff00-\\uffff" +
    "\\u{1f000}-\\u{1faff}";
  var CLUSTER = /[^][\u0300-\u036f]*/gu;
  var DROPPED = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
  var SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  var NON_HAN_WORD = new RegExp("^[^" + SEPARATORS + HAN + "]", "u");
  var WORD = new RegExp("[^" + SEPARATORS + "]+", "gu");

  // The normalised text, and for each of its characters (UTF-16 units) where in `text` it comes from.
  function mapped(text) {
    var written = "";
    var origins = [];
    var last = "";
    var spaceBefore = false;
    var match;
    CLUSTER.lastIndex = 0;
    while ((match = CLUSTER.exec(text)) !== null) {
      for (var character of match[0].normalize("NFKC").toLowerCase()) {
        if (DROPPED.test(character)) continue;
        if (SPACE.test(character)) {
          spaceBefore = true;
          continue;
        }
        if (spaceBefore && NON_HAN_WORD.test(last) && NON_HAN_WORD.test(character)) {
          written += " ";
          origins.push(match.index);
        }
        written += character;
        for (var unit = 0; unit < character.length; unit += 1) origins.push(match.index);
        last = character;
        spaceBefore = false;
      }
    }
    return { text: written, origins: origins };
  }

  function normalise(text) {
    return mapped(text).text;
  }

  function tokens(normalised) {
    var found = [];
    (normalised.match(WORD) || []).forEach(function (run) {
      var characters = Array.from(run);
      if (characters.length === 1) found.push(run);
      for (var start = 0; start + 1 < characters.length; start += 1) {
        found.push(characters[start] + characters[start + 1]);
      }
    });
    return found;
  }

  return { mapped: mapped, normalise: normalise, tokens: tokens };
})();
