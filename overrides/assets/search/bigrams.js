// Text → the form in which it is compared → stream → tokens. The same rules as scripts/jianbao/search/bigrams.py,
// which explains them; both are held to the table tests/cases/bigrams.yml.
window.jianbao = window.jianbao || {};

jianbao.bigrams = (function () {
  "use strict";

  var HAN = "\\u3005-\\u3007\\u3021-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  var SEPARATORS =
    "\\x00-\\/:-@\\[-`{-\\u00bf\\u00d7\\u00f7" +
    "\\u2000-\\u2bff\\u2e00-\\u2e7f" +
    "\\u3000-\\u3004\\u3008-\\u3020\\u302a-\\u3030\\u3036-\\u303f\\u30fb" +
    "\\ue000-\\uf8ff\\ufe00-\\ufe6f\\uff00-\\uffff" +
    "\\u{1f000}-\\u{1faff}\\u{f0000}-\\u{10ffff}";
  var CLUSTER = /[^][\u0300-\u036f]*/gu;
  var DROPPED = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
  var SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  var NON_HAN_WORD = new RegExp("^[^" + SEPARATORS + HAN + "]", "u");
  var SEPARATOR = new RegExp("^[" + SEPARATORS + "]", "u");
  var HAN_CHARACTER = /[\u3400-\u4dbf\u4e00-\u9fff]/g;

  // Traditional → simplified, once a text has needed the table.
  var simplified = null;
  var gb2312 = null;

  // Whether the table is needed for `text`: it has a character that simplified Chinese (GB 2312) has not.
  function needsSimplifying(text) {
    if (simplified) return false;
    gb2312 = gb2312 || charactersOfGb2312();
    return (text.match(HAN_CHARACTER) || []).some(function (character) { return !gb2312.has(character); });
  }

  function charactersOfGb2312() {
    var bytes = [];
    for (var row = 0xb0; row <= 0xf7; row += 1) {
      for (var cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell);
    }
    return new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
  }

  // `pairs`: each traditional character followed by its simplified one.
  function simplifyBy(pairs) {
    var characters = Array.from(pairs);
    simplified = new Map();
    for (var at = 0; at + 1 < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
  }

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
        character = (simplified && simplified.get(character)) || character;
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

  // The stream of a text, and for each of its characters where in `text` it comes from; one more origin at the
  // end, so that a character's last unit is known.
  function mappedStream(text) {
    var normalised = mapped(text);
    var written = "";
    var origins = [];
    var at = 0;
    for (var character of normalised.text) {
      if (!SEPARATOR.test(character)) {
        written += character;
        for (var unit = 0; unit < character.length; unit += 1) origins.push(normalised.origins[at + unit]);
      } else if (written && written[written.length - 1] !== " ") {
        written += " ";
        origins.push(normalised.origins[at]);
      }
      at += character.length;
    }
    return { text: written.replace(/ $/, ""), origins: origins };
  }

  function normalise(text) {
    return mapped(text).text;
  }

  function stream(text) {
    return mappedStream(text).text;
  }

  // The windows of two characters of a stream, in order; the token of a stream of one character is itself.
  function tokens(stream) {
    var characters = Array.from(stream);
    if (characters.length === 1) return characters;
    var found = [];
    for (var start = 0; start + 1 < characters.length; start += 1) {
      found.push(characters[start] + characters[start + 1]);
    }
    return found;
  }

  return {
    mappedStream: mappedStream,
    needsSimplifying: needsSimplifying,
    normalise: normalise,
    simplifyBy: simplifyBy,
    stream: stream,
    tokens: tokens,
  };
})();
