// Text → the form in which it is compared → stream → tokens. The same rules as scripts/jianbao/search/bigrams.py,
// which explains them; both are held to the table tests/cases/bigrams.yml.
window.jianbao = window.jianbao || {};

jianbao.bigrams = (function () {
  "use strict";

  const HAN = "\\u3005-\\u3007\\u3021-\\u3029\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const SEPARATORS =
    "\\x00-\\/:-@\\[-`{-\\u00bf\\u00d7\\u00f7" +
    "\\u2000-\\u2bff\\u2e00-\\u2e7f" +
    "\\u3000-\\u3004\\u3008-\\u3020\\u302a-\\u3030\\u3036-\\u303f\\u30fb" +
    "\\ue000-\\uf8ff\\ufe00-\\ufe6f\\uff00-\\uffff" +
    "\\u{1f000}-\\u{1faff}\\u{f0000}-\\u{10ffff}";
  const CLUSTER = /[^][\u0300-\u036f]*/gu;
  const DROPPED = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
  const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
  const NON_HAN_WORD = new RegExp("^[^" + SEPARATORS + HAN + "]", "u");
  const SEPARATOR = new RegExp("^[" + SEPARATORS + "]", "u");
  const HAN_CHARACTER = /[\u3400-\u4dbf\u4e00-\u9fff]/g;

  // Traditional → simplified, once a text has needed the table.
  let simplified = null;
  let gb2312 = null;

  // Whether `text` may have traditional characters: it has one that simplified Chinese (GB 2312) has not.
  function needsSimplifying(text) {
    gb2312 = gb2312 || charactersOfGb2312();
    return (text.match(HAN_CHARACTER) || []).some(function (character) { return !gb2312.has(character); });
  }

  function charactersOfGb2312() {
    const bytes = [];
    for (let row = 0xb0; row <= 0xf7; row += 1) {
      for (let cell = 0xa1; cell <= 0xfe; cell += 1) bytes.push(row, cell);
    }
    return new Set(new TextDecoder("gbk").decode(new Uint8Array(bytes)));
  }

  // `pairs`: each traditional character followed by its simplified one.
  function simplifyBy(pairs) {
    if (simplified) return;
    const characters = Array.from(pairs);
    simplified = new Map();
    for (let at = 0; at + 1 < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
  }

  // The normalised text, and for each of its characters (UTF-16 units) where in `text` it comes from.
  function mapped(text) {
    let written = "";
    const origins = [];
    let last = "";
    let spaceBefore = false;
    let match;
    CLUSTER.lastIndex = 0;
    while ((match = CLUSTER.exec(text)) !== null) {
      for (let character of match[0].normalize("NFKC").toLowerCase()) {
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
        for (let unit = 0; unit < character.length; unit += 1) origins.push(match.index);
        last = character;
        spaceBefore = false;
      }
    }
    return { text: written, origins: origins };
  }

  // The stream of a text, and for each of its characters where in `text` it comes from; one more origin at the
  // end, so that a character's last unit is known.
  function mappedStream(text) {
    const normalised = mapped(text);
    let written = "";
    const origins = [];
    let at = 0;
    for (const character of normalised.text) {
      if (!SEPARATOR.test(character)) {
        written += character;
        for (let unit = 0; unit < character.length; unit += 1) origins.push(normalised.origins[at + unit]);
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

  // The tokens by which a stream is found: its windows of two characters, in order; of one character, itself.
  function tokens(stream) {
    const characters = Array.from(stream);
    if (characters.length === 1) return characters;
    const found = [];
    for (let start = 0; start + 1 < characters.length; start += 1) {
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
