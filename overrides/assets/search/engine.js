// A query → its articles: which they are, in what order, and how they are spread over the facets.
window.jianbao = window.jianbao || {};

jianbao.engine = (function () {
  "use strict";

  // → {parsed, documents, tokens, isScattered, suggestion, isEmpty}: `documents` best first (or by date);
  // `tokens` are those by which lunr ranked; `isScattered` where no article has the words in one piece and those
  // are shown that have all their parts.
  // `options`: {sort: "rank" | "newest" | "oldest", filters: [{facet, value}], until}, each may be left out.
  async function search(typed, options) {
    const manifest = await jianbao.shards.manifest();
    jianbao.texts.use(manifest);
    if (jianbao.bigrams.needsSimplifying(typed)) await jianbao.texts.simplify();
    const parsed = jianbao.query.parse(typed);
    const filters = parsed.filters.concat(
      (options.filters || []).map(function (filter) { return Object.assign({ isExact: true }, filter); })
    ).map(function (filter) { return jianbao.facets.current(filter, manifest.names); });
    if (!parsed.terms.length && !parsed.excluded.length && !filters.length) {
      return { parsed: parsed, documents: new Uint32Array(0), tokens: [], isScattered: false, suggestion: null, isEmpty: true };
    }
    const terms = await Promise.all(parsed.terms.map(understood));
    const found = await matches(terms, parsed, manifest);
    const documents = filters.length
      ? jianbao.facets.filtered(found.documents, filters, await jianbao.facets.columns(manifest))
      : found.documents;
    // Also where scattered parts were found: the slip is likelier.
    const isDoubtful = (found.isScattered || !documents.length) && !filters.length;
    const lists = await queryLists(terms);
    return {
      parsed: parsed,
      documents: await ordered(documents, lists, parsed, manifest, options),
      tokens: lists.map(function (each) { return each.token; }),
      isScattered: found.isScattered,
      suggestion: isDoubtful ? await jianbao.suggestion.instead(parsed, manifest) : null,
      isEmpty: false,
    };
  }

  // How the documents of a result are spread: {group: [[tag, number], …], …}.
  async function counts(result) {
    return jianbao.facets.counted(result.documents, await jianbao.facets.columns(await jianbao.shards.manifest()));
  }

  // A term with its alternatives: the word itself and, for Latin letters, what it may be as pinyin.
  async function understood(term) {
    let streams = [term.stream];
    if (!term.isPhrase && jianbao.pinyin.isLikely(term.stream)) {
      streams = streams.concat(jianbao.pinyin.streams(term.stream, await jianbao.shards.load("pinyin")));
    }
    return { alternatives: await Promise.all(streams.map(jianbao.matching.candidates)) };
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
      return jianbao.matching.inOnePiece(candidate, jianbao.matching.both(candidate.documents, possible));
    }));
    const allowed = jianbao.matching.without(possible, jianbao.matching.either(excluded));
    const whole = await Promise.all(terms.map(function (term) { return wholeTerm(term, allowed); }));
    const documents = terms.length ? jianbao.matching.intersection(whole) : allowed;
    const isScattered = !documents.length && allowed.length > 0 && parsed.terms.every(mayBeScattered);
    return { documents: isScattered ? allowed : documents, isScattered: isScattered };
  }

  // The parts of a phrase, or of a figure (36 and 64 for 364), say nothing by themselves.
  function mayBeScattered(term) {
    return !term.isPhrase && !/[0-9]/.test(term.stream);
  }

  async function wholeTerm(term, allowed) {
    return jianbao.matching.either(await Promise.all(term.alternatives.map(function (candidate) {
      return jianbao.matching.inOnePiece(candidate, jianbao.matching.both(candidate.documents, allowed));
    })));
  }

  async function ordered(documents, lists, parsed, manifest, options) {
    if (options.sort === "oldest") return documents;
    if (options.sort === "newest" || !lists.length) return documents.slice().reverse();
    const tiers = parsed.together.length ? await togetherFirst(documents, parsed.together) : null;
    return jianbao.ranking.ranked(documents, lists, tiers, manifest, options.until || 0);
  }

  // How many of the phrases each document has: 20万册 goes before 20 and 万册 apart.
  async function togetherFirst(documents, phrases) {
    const tiers = new Uint8Array(documents.length);
    for (const phrase of phrases) {
      const candidate = await jianbao.matching.candidates(phrase);
      const flagged = new Set(await jianbao.matching.inOnePiece(candidate, jianbao.matching.both(candidate.documents, documents)));
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

  return { counts: counts, search: search };
})();
