// The texts of the issues: what results show, and where a few candidates are looked through.
window.jianbao = window.jianbao || {};

jianbao.texts = (function () {
  "use strict";

  // firsts[issue] is the number of the issue's first document; one more at the end.
  let firsts = null;

  function use(manifest) {
    if (firsts) return;
    const sizes = jianbao.vlq.decode(manifest.sizes);
    firsts = new Uint32Array(sizes.length + 1);
    for (let issue = 0; issue < sizes.length; issue += 1) firsts[issue + 1] = firsts[issue] + sizes[issue];
  }

  // The number of the issue that a document is in.
  function issueOf(document) {
    let low = 0;
    let high = firsts.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= document) low = middle;
      else high = middle;
    }
    return low;
  }

  function issuesOf(documents) {
    const issues = new Set();
    let until = 0;
    for (let row = 0; row < documents.length; row += 1) {
      if (documents[row] < until) continue;
      const issue = issueOf(documents[row]);
      issues.add(issue);
      until = firsts[issue + 1];
    }
    return issues;
  }

  // → {issue, article}: an issue as its file tells it, and the article that the document is.
  async function of(document) {
    const number = issueOf(document);
    const issue = await jianbao.shards.load("texts/" + number);
    // The index has the text in simplified characters; where it is printed in others, it is compared likewise.
    if (issue.isTraditional) await simplify();
    return { issue: issue, article: issue.articles[document - firsts[number]] };
  }

  // Have the table of traditional characters ready: it is too large to load for nothing.
  async function simplify() {
    jianbao.bigrams.simplifyBy(await jianbao.shards.load("simplified"));
  }

  // A document's stream as the index has it (documents.py), but for its pinyin.
  async function streamOf(document) {
    const article = (await of(document)).article;
    const parts = [article.titles, article.groups, article.themes, article.places].map(function (texts) {
      return texts.map(jianbao.bigrams.stream).join("  ");
    });
    parts.push(article.text.split("\n").map(jianbao.bigrams.stream).filter(Boolean).join(" "));
    return parts.join("  ");
  }

  return { issueOf: issueOf, issuesOf: issuesOf, of: of, simplify: simplify, streamOf: streamOf, use: use };
})();
