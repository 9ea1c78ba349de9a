// A query that finds nothing → what was probably meant: one character wrong, missing or too many, two words
// written as one, or a tag that sounds or looks like it.
window.jianbao = window.jianbao || {};

jianbao.suggestion = (function () {
  "use strict";

  // Each slip that is tried costs a few files; a longer word is more likely a sentence from elsewhere.
  const LONGEST = 12;

  // A query that finds something, or null.
  async function instead(parsed, manifest) {
    for (const term of parsed.terms) {
      if (await isFound(term.stream)) continue;
      const text =
        similarTag(term.stream, manifest.tags) ||
        (await splitWords(term.stream)) ||
        (await withOneSlip(term.stream));
      if (!text) return null;
      return parsed.terms
        .map(function (each) { return each === term ? text : each.isPhrase ? '"' + each.text + '"' : each.text; })
        .join(" ");
    }
    return null;
  }

  async function isFound(stream) {
    return (await wholes(stream)).length > 0;
  }

  async function wholes(stream) {
    const candidate = await jianbao.matching.candidates(stream);
    return jianbao.matching.inOnePiece(candidate, candidate.documents);
  }

  // 武近工作组 → 武进工作组: a tag at most one slip away, or two in a long one.
  function similarTag(stream, tags) {
    const most = stream.length > 5 ? 2 : 1;
    let best = null;
    tags.forEach(function (tag) {
      const distance = editDistance(stream, jianbao.bigrams.stream(tag), most);
      if (distance <= most && (!best || distance < best.distance)) best = { tag: tag, distance: distance };
    });
    return stream.length > 1 && best ? best.tag : null;
  }

  // Levenshtein's distance with transpositions, or more than `most`.
  function editDistance(one, other, most) {
    const a = Array.from(one);
    const b = Array.from(other);
    if (Math.abs(a.length - b.length) > most) return most + 1;
    const rows = [b.map(function (_, at) { return at; }).concat(b.length)];
    for (let i = 1; i <= a.length; i += 1) {
      rows.push([i]);
      for (let j = 1; j <= b.length; j += 1) {
        let distance = Math.min(
          rows[i - 1][j] + 1,
          rows[i][j - 1] + 1,
          rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
        );
        const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (isSwapped) distance = Math.min(distance, rows[i - 2][j - 2] + 1);
        rows[i].push(distance);
      }
    }
    return rows[a.length][b.length];
  }

  // 武进工作组医疗队 → 武进工作组 医疗队: where no article has the window between the two, they are two words.
  async function splitWords(stream) {
    const characters = Array.from(stream);
    if (characters.length < 4) return null;
    for (let at = 2; at <= characters.length - 2; at += 1) {
      const between = await jianbao.postings.list(characters[at - 1] + characters[at]);
      if (between.documents.length) continue;
      const halves = [characters.slice(0, at).join(""), characters.slice(at).join("")];
      const found = await Promise.all(halves.map(wholes));
      if (jianbao.matching.intersection(found).length) return halves.join(" ");
    }
    return null;
  }

  // 麦西来卜 → 麦西来普: the longest part before or after the wrong character that an article has, and what
  // that article really has in the place of the rest.
  async function withOneSlip(stream) {
    const characters = Array.from(stream);
    if (characters.length < 3 || characters.length > LONGEST) return null;
    for (let at = characters.length - 1; at >= 0; at -= 1) {
      const before = characters.slice(0, at).join("");
      const after = characters.slice(at + 1).join("");
      const part = before.length >= after.length ? before : after;
      if (Array.from(part).length < 2) continue;
      const documents = await wholes(part);
      for (const document of Array.from(documents.slice(-5))) {
        const meant = likeWithSlip(await jianbao.texts.streamOf(document), before, after);
        if (meant) return meant;
      }
    }
    return null;
  }

  // In `text`: `before`, then one character, none or two, then `after`.
  function likeWithSlip(text, before, after) {
    for (let start = text.indexOf(before); start !== -1; start = text.indexOf(before, start + 1)) {
      const end = start + before.length;
      for (const length of [1, 0, 2]) {
        const between = text.slice(end, end + length);
        if (between.length === length && between.indexOf(" ") === -1 && text.startsWith(after, end + length)) {
          return before + between + after;
        }
      }
      if (!before) break;
    }
    if (before || !after) return null;
    const place = text.indexOf(after);
    return place > 0 && text[place - 1] !== " " ? text[place - 1] + after : null;
  }

  return { instead: instead };
})();
