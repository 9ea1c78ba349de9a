// Facets: the kind, year, work groups, themes and places of documents, to filter by and to count.
window.jianbao = window.jianbao || {};

jianbao.facets = (function () {
  "use strict";

  const NAMES = ["year", "group", "theme", "place", "kind"];
  let loading = null;

  // The columns of all documents: {group: {values: [[tag, …], …], codes}, …}, a code for each document.
  function columns(manifest) {
    loading = loading || Promise.all(
      manifest.blocks.map(function (_, number) { return jianbao.shards.load("facets/" + number); })
    ).then(function (blocks) { return decoded(blocks, manifest); });
    loading.catch(function () { loading = null; });
    return loading;
  }

  function decoded(blocks, manifest) {
    const result = {};
    NAMES.forEach(function (name) {
      if (name !== "year") result[name] = { values: [], codes: new Uint32Array(manifest.documents) };
    });
    let start = 0;
    blocks.forEach(function (block, number) {
      Object.keys(block).forEach(function (name) {
        const column = result[name];
        const offset = column.values.length;
        const codes = jianbao.vlq.decode(block[name].codes);
        if (codes.length !== manifest.blocks[number]) throw new jianbao.shards.MissingShard("facets/" + number);
        column.values = column.values.concat(block[name].values);
        for (let row = 0; row < codes.length; row += 1) column.codes[start + row] = codes[row] + offset;
      });
      start += manifest.blocks[number];
    });
    result.year = yearColumn(manifest);
    return result;
  }

  // Issues stand in the order of their years, so that a few runs of issues say it all.
  function yearColumn(manifest) {
    const sizes = jianbao.vlq.decode(manifest.sizes);
    const codes = new Uint32Array(manifest.documents);
    let issue = 0;
    let document = 0;
    const values = manifest.years.map(function (run, code) {
      for (const end = issue + run[1]; issue < end; issue += 1) {
        codes.fill(code, document, document + sizes[issue]);
        document += sizes[issue];
      }
      return [String(run[0])];
    });
    return { values: values, codes: codes };
  }

  // Those of `documents` that every filter {facet, value, isExcluded} lets through. A value need not be whole:
  // 武进 is 武进工作组; a year may be a span, 2016-2018.
  function filtered(documents, filters, columns) {
    const tests = filters.map(function (filter) {
      const column = columns[filter.facet];
      const matches = column.values.map(function (tags) { return tags.some(matcher(filter)) !== filter.isExcluded; });
      return { codes: column.codes, matches: matches };
    });
    return documents.filter(function (document) {
      return tests.every(function (test) { return test.matches[test.codes[document]]; });
    });
  }

  function matcher(filter) {
    const value = jianbao.bigrams.normalise(filter.value);
    if (filter.facet === "year") {
      const span = value.replace(/年/g, "").split(/[-–—~至]+/).map(Number);
      return function (year) { return span[0] <= Number(year) && Number(year) <= span[span.length - 1]; };
    }
    if (filter.facet === "kind") {
      const kind = jianbao.query.KINDS[value];
      return function (name) { return name === kind; };
    }
    if (filter.isExact) return function (tag) { return tag === filter.value; };
    return function (tag) { return jianbao.bigrams.normalise(tag).indexOf(value) !== -1; };
  }

  // {group: [[tag, how many of the documents], …], …}: the most frequent first, years from the newest.
  function counted(documents, columns) {
    const result = {};
    NAMES.forEach(function (name) {
      const column = columns[name];
      const ofCode = new Uint32Array(column.values.length);
      for (let row = 0; row < documents.length; row += 1) ofCode[column.codes[documents[row]]] += 1;
      const ofTag = new Map();
      column.values.forEach(function (tags, code) {
        if (ofCode[code]) tags.forEach(function (tag) { ofTag.set(tag, (ofTag.get(tag) || 0) + ofCode[code]); });
      });
      result[name] = Array.from(ofTag).sort(function (one, other) {
        if (name === "year") return other[0] - one[0];
        return other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
      });
    });
    return result;
  }

  return { NAMES: NAMES, columns: columns, counted: counted, filtered: filtered };
})();
