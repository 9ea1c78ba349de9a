// Facets: the kind, year, work groups, themes and places of documents, to filter by and to count.
window.jianbao = window.jianbao || {};

jianbao.facets = (function () {
  "use strict";

  const NAMES = ["year", "group", "theme", "place", "kind"];
  let loading = null;

  // The columns of all documents: {group: {tags, codes, ends}, …}. The tags of a document are those that
  // `codes` names from where the tags of the document before end to `ends[document]`.
  function columns(manifest) {
    loading = loading || Promise.all(
      manifest.blocks.map(function (_, number) { return jianbao.shards.load("facets/" + number); })
    ).then(function (blocks) { return decoded(blocks, manifest); });
    loading.catch(function () { loading = null; });
    return loading;
  }

  function decoded(blocks, manifest) {
    const result = { year: yearColumn(manifest) };
    NAMES.forEach(function (name) {
      if (name === "year") return;
      const column = { tags: [], codes: [], ends: new Uint32Array(manifest.documents) };
      let document = 0;
      blocks.forEach(function (block, number) {
        const last = document + manifest.blocks[number];
        append(column, block[name], document, last, "facets/" + number);
        document = last;
      });
      result[name] = column;
    });
    return result;
  }

  // A block's part of a column, for the documents from `document` to `last`; each block has tags of its own.
  function append(column, part, document, last, path) {
    const counts = jianbao.vlq.decode(part.counts);
    const codes = jianbao.vlq.decode(part.codes);
    const known = part.tags.map(function (tag) {
      const code = column.tags.indexOf(tag);
      return code < 0 ? column.tags.push(tag) - 1 : code;
    });
    if (counts.length !== last - document) throw new jianbao.shards.MissingShard(path);
    codes.forEach(function (code) { column.codes.push(known[code]); });
    let end = column.codes.length - codes.length;
    counts.forEach(function (count, row) {
      end += count;
      column.ends[document + row] = end;
    });
    if (end !== column.codes.length) throw new jianbao.shards.MissingShard(path);
  }

  // Issues stand in the order of their years, so that a few runs of issues say it all.
  function yearColumn(manifest) {
    const sizes = jianbao.vlq.decode(manifest.sizes);
    const column = { tags: [], codes: new Uint32Array(manifest.documents), ends: new Uint32Array(manifest.documents) };
    let issue = 0;
    let document = 0;
    manifest.years.forEach(function (run, code) {
      column.tags.push(String(run[0]));
      for (const end = issue + run[1]; issue < end; issue += 1) {
        column.codes.fill(code, document, document + sizes[issue]);
        document += sizes[issue];
      }
    });
    column.ends.forEach(function (_, number) { column.ends[number] = number + 1; });
    return column;
  }

  // Those of `documents` that every filter {facet, value, isExcluded} lets through. A value need not be whole:
  // 武进 is 武进工作组; a year may be a span, 2016-2018.
  function filtered(documents, filters, columns) {
    const tests = filters.map(function (filter) {
      const column = columns[filter.facet];
      return { column: column, matches: column.tags.map(matcher(filter)), isExcluded: Boolean(filter.isExcluded) };
    });
    return documents.filter(function (document) {
      return tests.every(function (test) {
        return codesOf(test.column, document).some(function (code) { return test.matches[code]; }) !== test.isExcluded;
      });
    });
  }

  // A name that a tag had before, or goes by, stands for the tag: 镇江前指 is 镇江工作组, old links lead there, too.
  function current(filter, names) {
    const known = names[filter.facet] || {};
    if (!Object.prototype.hasOwnProperty.call(known, filter.value)) return filter;
    return Object.assign({}, filter, { value: known[filter.value], isExact: true });
  }

  function codesOf(column, document) {
    return column.codes.slice(document ? column.ends[document - 1] : 0, column.ends[document]);
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
      const counts = new Uint32Array(column.tags.length);
      for (let row = 0; row < documents.length; row += 1) {
        const document = documents[row];
        for (let at = document ? column.ends[document - 1] : 0; at < column.ends[document]; at += 1) {
          counts[column.codes[at]] += 1;
        }
      }
      const found = column.tags.map(function (tag, code) { return [tag, counts[code]]; });
      result[name] = found.filter(function (each) { return each[1]; }).sort(function (one, other) {
        if (name === "year") return other[0] - one[0];
        return other[1] - one[1] || (one[0] < other[0] ? -1 : 1);
      });
    });
    return result;
  }

  return { columns: columns, counted: counted, current: current, filtered: filtered };
})();
