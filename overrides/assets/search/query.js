// What a reader typed → the terms that an article must contain, all of them.
window.jianbao = window.jianbao || {};

jianbao.query = (function () {
  "use strict";

  // Words that a space parts are words of their own (武进 脱贫). A figure and the Han beside it may be one, for
  // printed bulletins set a space there (20 万册), or two (2017 脱贫): an article that has them side by side
  // goes before one that has them apart, and neither is left out. Quoted text is one word.
  var PART = /["“”]([^"“”]+)["“”]|([^\s"“”]+)/g;
  var ENDS_WITH_FIGURE = /[0-9０-９.%]$/;
  var BEGINS_WITH_FIGURE = /^[0-9０-９]/;
  var HAN_AT_START = /^[\u3400-\u9fff]/;
  var HAN_AT_END = /[\u3400-\u9fff]$/;

  function mayBeOne(before, after) {
    return (
      (ENDS_WITH_FIGURE.test(before) && HAN_AT_START.test(after)) ||
      (HAN_AT_END.test(before) && BEGINS_WITH_FIGURE.test(after))
    );
  }

  // Terms {whole, words}, normalised, each once: `words` must be in the article, `whole` is them side by side.
  function terms(typed) {
    var parts = [];
    var match;
    PART.lastIndex = 0;
    while ((match = PART.exec(typed)) !== null) {
      var quoted = match[1] !== undefined;
      var text = quoted ? match[1] : match[2];
      var last = parts[parts.length - 1];
      if (!quoted && last && !last.quoted && mayBeOne(last.texts[last.texts.length - 1], text)) {
        last.texts.push(text);
      } else {
        parts.push({ texts: [text], quoted: quoted });
      }
    }
    var known = {};
    return parts
      .map(function (part) {
        var words = part.texts.map(jianbao.bigrams.normalise).filter(Boolean);
        return { whole: words.join(""), words: words };
      })
      .filter(function (term) {
        var first = term.whole && known["=" + term.words.join(" ")] !== true;
        known["=" + term.words.join(" ")] = true;
        return first;
      });
  }

  return { terms: terms };
})();
