// A token's postings, decoded: the documents that have it, how often in each field, and where in them.
window.jianbao = window.jianbao || {};

jianbao.postings = (function () {
  "use strict";

  // Tokens whose postings are kept decoded: those of the last few queries. A long one takes some MB.
  const REMEMBERED = 60;
  const lists = new Map();
  const placesOf = new Map();
  const NOTHING = { fields: [], documents: new Uint32Array(0), counts: new Uint32Array(0), frequency: 0 };

  // → {fields: [{field, documents, repeats}], documents, counts, frequency}. `documents` (sorted) and `counts`
  // (how many places in each) are of all fields together; `frequency` is lunr's document frequency.
  function list(token) {
    return remembered(lists, token, function () {
      return jianbao.shards.lookUp("lists", token).then(function (text) {
        return text === undefined ? NOTHING : decodedList(text);
      });
    });
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

  // → {documents, ends, places}: the places in the document of row r end at `ends[r]`, where those of the next
  // one begin.
  function places(token) {
    return remembered(placesOf, token, function () {
      return Promise.all([list(token), jianbao.shards.lookUp("places", token)]).then(function (found) {
        return decodedPlaces(found[0], found[1] || "");
      });
    });
  }

  function decodedPlaces(postings, text) {
    const places = jianbao.vlq.decode(text);
    const ends = new Uint32Array(postings.documents.length);
    let at = 0;
    for (let row = 0; row < ends.length; row += 1) {
      ends[row] = at + postings.counts[row];
      for (at += 1; at < ends[row]; at += 1) places[at] += places[at - 1] + 1;
    }
    if (at !== places.length) throw new Error("damaged places");
    return { documents: postings.documents, ends: ends, places: places };
  }

  // What has been made for a token, or is being made now; of the tokens least recently asked for, nothing.
  function remembered(memory, token, make) {
    const made = memory.get(token) || make();
    memory.delete(token);
    memory.set(token, made);
    if (memory.size > REMEMBERED) memory.delete(memory.keys().next().value);
    made.catch(function () { memory.delete(token); });
    return made;
  }

  return { list: list, places: places };
})();
