// What a reader typed → the words that an article must contain, all of them.
window.jianbao = window.jianbao || {};

jianbao.query = (function () {
  "use strict";

  // Han words that a space parts are words of their own (武进 脱贫); a figure and the Han beside it are one
  // (20 万册), for printed bulletins set a space there. Quoted text is one word.
  var PART = /["“”]([^"“”]+)["“”]|([^\s"“”]+)/g;
  var ENDS_WITH_FIGURE = /[0-9０-９.%]$/;
  var BEGINS_WITH_FIGURE = /^[0-9０-９]/;
  var HAN_AT_START = /^[\u3400-\u9fff]/;
  var HAN_AT_END = /[\u3400-\u9fff]$/;

  function belongTogether(before, after) {
    return (
      (ENDS_WITH_FIGURE.test(before) && HAN_AT_START.test(after)) ||
      (HAN_AT_END.test(before) && BEGINS_WITH_FIGURE.test(after))
    );
  }

  // Normalised words, none empty, each once.
  function words(typed) {
    var parts = [];
    var match;
    PART.lastIndex = 0;
    while ((match = PART.exec(typed)) !== null) {
      var quoted = match[1] !== undefined;
      var last = parts[parts.length - 1];
      if (!quoted && last && !last.quoted && belongTogether(last.text, match[2])) {
        last.text += match[2];
      } else {
        parts.push({ text: quoted ? match[1] : match[2], quoted: quoted });
      }
    }
    var normalised = parts.map(function (part) {
      return jianbao.bigrams.normalise(part.text);
    });
    return normalised.filter(function (word, index) {
      return word && normalised.indexOf(word) === index;
    });
  }

  return { words: words };
})();
