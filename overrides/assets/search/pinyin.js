// What a reader types in Latin letters → the characters by which the index writes pinyin (pinyin.py).
window.jianbao = window.jianbao || {};

jianbao.pinyin = (function () {
  "use strict";

  const SYLLABLE_BASE = 0xf0000;
  const INITIAL_BASE = 0xf1000;
  // xian is one syllable or two; more readings than these would only cost time.
  const MOST_READINGS = 6;
  const LONGEST_SYLLABLE = 6;
  const LETTERS = /^[a-zü' ]+$/;

  // Whether `text` may be pinyin at all, so that the table of syllables is worth loading.
  function isLikely(text) {
    return text.length > 1 && LETTERS.test(text);
  }

  // The streams that `text` may stand for: as syllables (wujin), as initials (wjgzz).
  function streams(text, syllables) {
    const codes = new Map();
    syllables.split(" ").forEach(function (syllable, place) { codes.set(syllable, SYLLABLE_BASE + place); });
    const letters = text.replace(/ü/g, "v").replace(/([ln])ue/g, "$1ve");
    const found = readings(letters.split(/[' ]+/).filter(Boolean), codes);
    const initials = letters.replace(/[' ]/g, "");
    if (initials.length > 1) {
      found.push(Array.from(initials, function (letter) {
        return String.fromCodePoint(INITIAL_BASE + letter.charCodeAt(0));
      }).join(""));
    }
    return found;
  }

  function readings(parts, codes) {
    return parts.reduce(function (before, part) {
      const after = cut(part, codes);
      const both = [];
      before.forEach(function (one) {
        after.forEach(function (other) { if (both.length < MOST_READINGS) both.push(one + other); });
      });
      return both;
    }, [""]).filter(Boolean);
  }

  // Every way to cut letters into syllables, longer ones first.
  function cut(letters, codes) {
    if (!letters) return [""];
    const found = [];
    for (let length = Math.min(LONGEST_SYLLABLE, letters.length); length > 0; length -= 1) {
      const code = codes.get(letters.slice(0, length));
      if (code === undefined) continue;
      cut(letters.slice(length), codes).forEach(function (rest) {
        if (found.length < MOST_READINGS) found.push(String.fromCodePoint(code) + rest);
      });
      if (found.length >= MOST_READINGS) break;
    }
    return found;
  }

  return { isLikely: isLikely, streams: streams };
})();
