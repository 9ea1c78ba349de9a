// What a reader typed → what an article must have, must not have, and should have.
window.jianbao = window.jianbao || {};

jianbao.query = (function () {
  "use strict";

  // 工作组:武进  -主题:"爱心捐赠"  "四措并举"  -旅游  20万册
  const PART = /([-－−]?)(?:([^\s:："“”]{1,4})[:：](?=\S))?(?:["“”]([^"“”]*)(?:["“”]|$)|([^\s"“”]+))/g;
  const FACETS = {
    工作组: "group", 组: "group", group: "group",
    主题: "theme", theme: "theme",
    地点: "place", 地: "place", place: "place",
    年: "year", 年份: "year", year: "year",
    栏目: "kind", 类: "kind", kind: "kind",
  };
  const KINDS = { 要目: "feature", 长文: "feature", feature: "feature", 动态: "brief", 短讯: "brief", brief: "brief" };
  // A figure and the Han beside it may be one word, for printed bulletins set a space there (20 万册), or two
  // (2017 脱贫): articles that have them side by side go first, and those that have them apart are not left out.
  const ENDS_WITH_FIGURE = /[0-9０-９.%％]$/;
  const BEGINS_WITH_FIGURE = /^[0-9０-９]/;
  const HAN_AT_START = /^[\u3400-\u9fff]/;
  const HAN_AT_END = /[\u3400-\u9fff]$/;

  // → {terms: [{text, stream, isPhrase}], excluded: [the same], filters: [{facet, value, isExcluded}],
  //    together: [stream]}: each term must be in the article, none of the excluded may; `together` goes first.
  function parse(typed) {
    const parsed = { terms: [], excluded: [], filters: [], together: [] };
    let before = null;
    let match;
    PART.lastIndex = 0;
    while ((match = PART.exec(typed)) !== null) {
      if (!match[0]) {
        PART.lastIndex += 1;
        continue;
      }
      // A hyphen inside a word (2016-2019, T-恤) is no sign of exclusion.
      const isExcluded = Boolean(match[1]) && (match.index === 0 || /\s/.test(typed[match.index - 1]));
      const facet = match[2] && FACETS[match[2].toLowerCase()];
      let text = match[3] !== undefined ? match[3] : match[4];
      if (match[2] && !facet) text = match[2] + ":" + text;
      if (match[1] && !isExcluded) text = match[1] + text;
      if (facet) {
        parsed.filters.push({ facet: facet, value: text, isExcluded: isExcluded });
        before = null;
        continue;
      }
      const term = { text: text, stream: jianbao.bigrams.stream(text), isPhrase: match[3] !== undefined };
      if (!term.stream) continue;
      (isExcluded ? parsed.excluded : parsed.terms).push(term);
      if (before && !isExcluded && mayBeOne(before, term)) {
        parsed.together.push(jianbao.bigrams.stream(before.text + term.text));
      }
      before = isExcluded || term.isPhrase ? null : term;
    }
    parsed.terms = unique(parsed.terms);
    parsed.excluded = unique(parsed.excluded);
    return parsed;
  }

  function mayBeOne(before, term) {
    return !term.isPhrase && (
      (ENDS_WITH_FIGURE.test(before.text) && HAN_AT_START.test(term.text)) ||
      (HAN_AT_END.test(before.text) && BEGINS_WITH_FIGURE.test(term.text))
    );
  }

  function unique(terms) {
    return terms.filter(function (term, place) {
      return terms.findIndex(function (other) { return other.stream === term.stream; }) === place;
    });
  }

  return { KINDS: KINDS, parse: parse };
})();
