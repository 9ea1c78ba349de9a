// A query → its articles: which they are, in what order, and how they are spread over the facets.
window.jianbao = window.jianbao || {};

jianbao.engine = (function () {
  "use strict";

  // → {parsed, documents, isScattered, counts, suggestion, isEmpty}: `documents` best first (or by date);
  // `isScattered` where no article has the words in one piece and those are shown that have all their parts.
  // `options`: {sort: "rank" | "newest" | "oldest", filters: [{facet, value}], wantsCounts, until}.
  async function search(typed, options) {
    const manifest = await jianbao.shards.manifest();
    jianbao.texts.use(manifest);
    await jianbao.texts.simplify(typed);
    const parsed = jianbao.query.parse(typed);
    const filters = parsed.filters.concat(
      (options.filters || []).map(function (filter) { return Object.assign({ isExact: true }, filter); })
    );
    const result = { parsed: parsed, documents: new Uint32Array(0), isScattered: false, counts: null, suggestion: null };
    if (!parsed.terms.length && !filters.length) return Object.assign(result, { isEmpty: true });

    const columns = filters.length || options.wantsCounts ? jianbao.facets.columns(manifest) : null;
    if (columns) columns.catch(function () {});
    const terms = await Promise.all(parsed.terms.map(understood));
    const found = await matches(terms, parsed, manifest);
    let documents = found.documents;
    if (filters.length) documents = jianbao.facets.filtered(documents, filters, await columns);
    result.isScattered = found.isScattered;
    if (!documents.length && parsed.terms.length && !filters.length) {
      result.suggestion = await jianbao.suggestion.instead(parsed, manifest);
    }
    if (options.wantsCounts) result.counts = jianbao.facets.counted(documents, await columns);
    result.documents = await ordered(documents, terms, parsed, manifest, options);
    result.lists = await queryLists(terms);
    return result;
  }

  // A term with its alternatives: the word itself and, for Latin letters, what it may be as pinyin.
  async function understood(term) {
    let streams = [term.stream];
    if (!term.isPhrase && jianbao.pinyin.isLikely(term.stream)) {
      streams = streams.concat(jianbao.pinyin.streams(term.stream, await jianbao.shards.load("pinyin")));
    }
    return { isPhrase: term.isPhrase, alternatives: await Promise.all(streams.map(jianbao.matching.candidates)) };
  }

  // Articles that have every term in one piece; where there are none, those that have all parts of each.
  async function matches(terms, parsed, manifest) {
    const possible = terms.length
      ? jianbao.matching.intersection(terms.map(function (term) {
          return jianbao.matching.either(term.alternatives.map(function (each) { return each.documents; }));
        }))
      : Uint32Array.from({ length: manifest.documents }, function (_, number) { return number; });
    const excluded = await Promise.all(parsed.excluded.map(async function (term) {
      const candidate = await jianbao.matching.candidates(term.stream);
      return inOnePiece(candidate, jianbao.matching.both(candidate.documents, possible));
    }));
    const allowed = jianbao.matching.without(possible, jianbao.matching.either(excluded));
    const whole = await Promise.all(terms.map(function (term) { return wholeTerm(term, allowed); }));
    const documents = terms.length ? jianbao.matching.intersection(whole) : allowed;
    const isScattered = !documents.length && allowed.length > 0 &&
      terms.every(function (term) { return !term.isPhrase; });
    return { documents: isScattered ? allowed : documents, isScattered: isScattered };
  }

  async function wholeTerm(term, allowed) {
    return jianbao.matching.either(await Promise.all(term.alternatives.map(function (candidate) {
      return inOnePiece(candidate, jianbao.matching.both(candidate.documents, allowed));
    })));
  }

  async function inOnePiece(candidate, documents) {
    return jianbao.matching.where(documents, await jianbao.matching.inOnePiece(candidate, documents));
  }

  async function ordered(documents, terms, parsed, manifest, options) {
    if (options.sort === "oldest") return documents;
    if (options.sort === "newest" || !terms.length) return documents.slice().reverse();
    const tiers = parsed.together.length ? await togetherFirst(documents, parsed.together) : null;
    return jianbao.ranking.ranked(documents, await queryLists(terms), tiers, manifest, options.until || 0);
  }

  // How many of the phrases each document has: 20万册 goes before 20 and 万册 apart.
  async function togetherFirst(documents, phrases) {
    const tiers = new Uint8Array(documents.length);
    for (const phrase of phrases) {
      const candidate = await jianbao.matching.candidates(phrase);
      const flagged = new Set(await inOnePiece(candidate, jianbao.matching.both(candidate.documents, documents)));
      documents.forEach(function (document, row) { if (flagged.has(document)) tiers[row] += 1; });
    }
    return tiers;
  }

  // The tokens by which lunr ranks: those whose lists were read, each once.
  async function queryLists(terms) {
    const tokens = new Set();
    terms.forEach(function (term) {
      term.alternatives.forEach(function (each) { each.tokens.forEach(function (token) { tokens.add(token); }); });
    });
    return Promise.all(Array.from(tokens, async function (token) {
      return { token: token, list: await jianbao.postings.list(token) };
    }));
  }

  return { search: search };
})();
