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
      var all = [article.title, article.tags.join(" "), article.text].join("\n");
      return Object.assign({ normalised: jianbao.bigrams.normalise(all) }, article);
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

  // Articles that contain every word, best first. The index finds candidates, the text itself decides.
  function find(words) {
    var terms = [];
    words.forEach(function (word) { terms = terms.concat(jianbao.bigrams.tokens(word)); });
    var candidates = terms.every(function (term) { return Array.from(term).length === 2; }) && terms.length
      ? ranked(terms)
      : articles.map(function (_, number) { return { number: number, score: 0 }; });
    return candidates
      .map(function (candidate) {
        return { article: articles[candidate.number], score: candidate.score, number: candidate.number };
      })
      .filter(function (result) {
        return words.every(function (word) { return result.article.normalised.indexOf(word) !== -1; });
      });
  }

  function ranked(terms) {
    if (!index) return [];
    var results = index.query(function (query) {
      terms.forEach(function (term) {
        query.term(term, { presence: lunr.Query.presence.REQUIRED, usePipeline: false });
      });
    });
    return results.map(function (result) { return { number: Number(result.ref), score: result.score }; });
  }

  return { load: load, receive: receive, find: find };
})();
