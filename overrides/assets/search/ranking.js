// Documents → their order, as lunr ranks them. A lunr.Index is made of the query's tokens and of those documents
// that can reach the page of results; it weighs them as an index of the whole archive would.
window.jianbao = window.jianbao || {};

jianbao.ranking = (function () {
  "use strict";

  // lunr's parameters (lunr.Builder). `b` is 0: how long an article is does not matter, so that no query needs
  // the lengths of all articles, and a new article changes no other one's weight.
  const K1 = 1.2;
  // Documents that lunr ranks at once: ten pages of results.
  const WINDOW = 200;
  // Scores have three decimals, document numbers less than 21 bits: both fit into one double, and sort as one.
  const DOCUMENTS = 2 ** 21;
  const DECIMALS = 1000;
  const HIGHEST_SCORE = 2 ** 22;

  // lunr.idf, for a posting of which only the number of its (document, field) pairs is known.
  function idf(frequency, documents) {
    return Math.log(1 + Math.abs((documents - frequency + 0.5) / (frequency + 0.5)));
  }

  // The weight that lunr.Builder.createFieldVectors gives a token that a field has `count` times.
  function weight(count, idfOfToken, boost) {
    return Math.round(((idfOfToken * (K1 + 1) * count) / (K1 + count)) * boost * DECIMALS) / DECIMALS;
  }

  // `documents` (sorted numbers) in order, best first; equal ones from the newest to the oldest.
  // `lists`: the query's tokens, {token, list}. `tiers`: a number for each document; higher ones go first,
  // whatever their score. `until`: how many must be in lunr's own order.
  function ranked(documents, lists, tiers, manifest, until) {
    const boosts = Object.values(manifest.boosts);
    const scores = sums(documents, lists, boosts, manifest.documents);
    const keys = new Float64Array(documents.length);
    for (let row = 0; row < documents.length; row += 1) {
      const tier = tiers ? tiers[row] : 0;
      keys[row] = (tier * HIGHEST_SCORE + Math.round(scores[row] * DECIMALS)) * DOCUMENTS + documents[row];
    }
    keys.sort();
    const order = Uint32Array.from(keys.reverse(), function (key) { return key % DOCUMENTS; });
    const window = order.subarray(0, Math.max(WINDOW, until));
    order.set(byLunr(window, documents, lists, tiers, manifest), 0);
    return order;
  }

  // The sum of each document's weights: what lunr's score is but for a factor, the same for all.
  function sums(documents, lists, boosts, total) {
    const scores = new Float64Array(documents.length);
    lists.forEach(function (each) {
      const idfOfToken = idf(each.list.frequency, total);
      each.list.fields.forEach(function (posting) {
        const once = weight(1, idfOfToken, boosts[posting.field]);
        jianbao.matching.forEachCommon(documents, posting.documents, function (row, at) {
          const repeats = posting.repeats ? posting.repeats[at] : 0;
          scores[row] += repeats ? weight(1 + repeats, idfOfToken, boosts[posting.field]) : once;
        });
      });
    });
    return scores;
  }

  function byLunr(window, documents, lists, tiers, manifest) {
    const wanted = Uint32Array.from(window).sort();
    const index = lunrIndex(wanted, lists, manifest);
    const score = new Map();
    index.query(function (query) {
      lists.forEach(function (each) { query.term(each.token, { usePipeline: false }); });
    }).forEach(function (result) { score.set(Number(result.ref), result.score); });
    const tier = new Map();
    if (tiers) jianbao.matching.forEachCommon(wanted, documents, function (at, row) { tier.set(wanted[at], tiers[row]); });
    return Array.from(window).sort(function (one, other) {
      return (
        (tier.get(other) || 0) - (tier.get(one) || 0) ||
        (score.get(other) || 0) - (score.get(one) || 0) ||
        other - one
      );
    });
  }

  // The part of the archive's lunr index that has these documents and tokens.
  function lunrIndex(documents, lists, manifest) {
    const fields = Object.keys(manifest.boosts);
    const invertedIndex = Object.create(null);
    const fieldVectors = Object.create(null);
    lists.forEach(function (each, number) {
      const posting = Object.assign(Object.create(null), { _index: number });
      fields.forEach(function (field) { posting[field] = Object.create(null); });
      const idfOfToken = idf(each.list.frequency, manifest.documents);
      each.list.fields.forEach(function (found) {
        const field = fields[found.field];
        jianbao.matching.forEachCommon(documents, found.documents, function (at, row) {
          const reference = field + "/" + documents[at];
          const count = 1 + (found.repeats ? found.repeats[row] : 0);
          fieldVectors[reference] = fieldVectors[reference] || new lunr.Vector();
          fieldVectors[reference].insert(number, weight(count, idfOfToken, manifest.boosts[field]));
          posting[field][documents[at]] = Object.create(null);
        });
      });
      invertedIndex[each.token] = posting;
    });
    return new lunr.Index({
      invertedIndex: invertedIndex,
      fieldVectors: fieldVectors,
      tokenSet: lunr.TokenSet.fromArray(Object.keys(invertedIndex).sort()),
      fields: fields,
      pipeline: new lunr.Pipeline(),
    });
  }

  return { ranked: ranked };
})();
