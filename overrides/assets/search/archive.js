// The archive's articles and their index: loaded once, when a reader first turns to the search box.
window.jianbao = window.jianbao || {};

jianbao.archive = (function () {
  "use strict";

  var loading = null;
  var index = null;
  var articles = null;

  // A script tag loads on http and file:// alike; fetch does not.
  function script(address) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = function () {
        element.remove();
        reject(new Error(address));
      };
      document.head.appendChild(element);
    });
  }

  // Called by the index's script itself.
  function receive(data) {
    index = data.lunr && lunr.Index.load(data.lunr);
    articles = data.articles.map(function (article) {
      // Each text by itself: no word runs from one tag or paragraph into the next.
      var texts = article.titles.concat(article.tags, article.text.split("\n"));
      return Object.assign({ normalised: texts.map(jianbao.bigrams.normalise).join("\n") }, article);
    });
  }

  function load(lunrAddress, indexAddress) {
    if (!loading) {
      loading = script(lunrAddress)
        .then(function () { return script(indexAddress); })
        .then(function () { if (!articles) throw new Error(indexAddress); });
      // A failed load may be tried again: the disk or the network may be back.
      loading.catch(function () { loading = null; });
    }
    return loading;
  }

  // Articles that contain every term, best first, each with the words to mark in it. The index finds
  // candidates, the text itself decides; the sides of a term together go before the sides apart.
  function find(terms) {
    var words = [];
    terms.forEach(function (term) { words = words.concat(term.words); });
    var pairs = [];
    words.forEach(function (word) { pairs = pairs.concat(jianbao.bigrams.tokens(word)); });
    // A single character is a token only where it stands alone, so that it can rule nothing out.
    pairs = pairs.filter(function (token) { return Array.from(token).length === 2; });
    var candidates = pairs.length
      ? ranked(pairs)
      : articles.map(function (_, number) { return { number: number, score: 0 }; });
    return candidates
      .map(function (candidate) { return result(candidate, terms); })
      .filter(function (found) {
        return words.every(function (word) { return found.article.normalised.indexOf(word) !== -1; });
      })
      .sort(function (one, other) {
        return other.together - one.together || other.score - one.score || one.number - other.number;
      });
  }

  function result(candidate, terms) {
    var article = articles[candidate.number];
    var found = { article: article, number: candidate.number, score: candidate.score, together: 0, words: [] };
    terms.forEach(function (term) {
      var together = article.normalised.indexOf(term.whole) !== -1;
      if (together) found.together += 1;
      found.words = found.words.concat(together ? [term.whole] : term.words);
    });
    return found;
  }

  function ranked(tokens) {
    if (!index) return [];
    var results = index.query(function (query) {
      tokens.forEach(function (token) {
        query.term(token, { presence: lunr.Query.presence.REQUIRED, usePipeline: false });
      });
    });
    return results.map(function (result) { return { number: Number(result.ref), score: result.score }; });
  }

  return { load: load, receive: receive, find: find };
})();
