// A token's postings, decoded: the documents that have it, how often in each field, and where in them.
window.jianbao = window.jianbao || {};

jianbao.postings = (function () {
  "use strict";

  const lists = new Map();
  const NOTHING = { fields: [], documents: new Uint32Array(0), counts: new Uint32Array(0), frequency: 0 };

  // → {fields: [{field, documents, repeats}], documents, counts, frequency}. `documents` (sorted) and `counts`
  // (how many places in each) are of all fields together; `frequency` is lunr's document frequency.
  function list(token) {
    if (!lists.has(token)) {
      const loaded = jianbao.shards.lookUp("lists", token).then(function (text) {
        return text === undefined ? NOTHING : decodedList(text);
      });
      loaded.catch(function () { lists.delete(token); });
      lists.set(token, loaded);
    }
    return lists.get(token);
  }

  function decodedList(text) {
    const fields = text.split(";").map(function (part) {
      const comma = part.indexOf(",");
      const documents = jianbao.vlq.decode(part, 1, comma < 0 ? part.length : comma);
      for (let place = 1; place < documents.length; place += 1) documents[place] += documents[place - 1] + 1;
      const repeats = comma < 0 ? null : jianbao.vlq.decode(part, comma + 1, part.length);
      if (repeats && repeats.length !== documents.length) throw new Error("damaged list");
      return { field: Number(part[0]), documents: documents, repeats: repeats };
    });
    return Object.assign(together(fields), {
      fields: fields,
      frequency: fields.reduce(function (sum, each) { return sum + each.documents.length; }, 0),
    });
  }

  // All fields' documents as one sorted list, each with the sum of its counts.
  function together(fields) {
    const size = fields.reduce(function (sum, each) { return sum + each.documents.length; }, 0);
    const documents = new Uint32Array(size);
    const counts = new Uint32Array(size);
    const at = fields.map(function () { return 0; });
    let length = 0;
    for (;;) {
      let next = Infinity;
      for (let each = 0; each < fields.length; each += 1) {
        if (at[each] < fields[each].documents.length) next = Math.min(next, fields[each].documents[at[each]]);
      }
      if (next === Infinity) break;
      documents[length] = next;
      for (let each = 0; each < fields.length; each += 1) {
        if (fields[each].documents[at[each]] === next) {
          counts[length] += 1 + (fields[each].repeats ? fields[each].repeats[at[each]] : 0);
          at[each] += 1;
        }
      }
      length += 1;
    }
    return { documents: documents.subarray(0, length), counts: counts.subarray(0, length) };
  }

  // The places of a token in those of its documents that `wanted` (sorted) names, in the same order: arrays.
  function places(token, wanted) {
    return Promise.all([list(token), jianbao.shards.lookUp("places", token)]).then(function (found) {
      return decodedPlaces(found[0], found[1] || "", wanted);
    });
  }

  function decodedPlaces(postings, text, wanted) {
    const reader = new jianbao.vlq.Reader(text);
    const result = [];
    let next = 0;
    for (let row = 0; row < postings.documents.length && next < wanted.length; row += 1) {
      while (next < wanted.length && wanted[next] < postings.documents[row]) {
        result.push([]);
        next += 1;
      }
      const isWanted = wanted[next] === postings.documents[row];
      const own = isWanted ? [] : null;
      let place = -1;
      for (let count = postings.counts[row]; count > 0; count -= 1) {
        place += reader.next() + 1;
        if (isWanted) own.push(place);
      }
      if (isWanted) {
        result.push(own);
        next += 1;
      }
    }
    while (result.length < wanted.length) result.push([]);
    return result;
  }

  return { list: list, places: places };
})();
