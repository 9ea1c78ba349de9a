// Results as a reader sees them: articles under their issue, with the words marked where they stand.
window.jianbao = window.jianbao || {};

jianbao.results = (function () {
  "use strict";

  // The streams to mark: the words of the query, and where figures and Han stand together, both as one.
  function words(result) {
    return result.parsed.together.concat(
      result.parsed.terms.map(function (term) { return term.stream; })
    );
  }

  // One sentence: how many articles there are, or what might have been meant.
  function summary(result, typed) {
    const number = result.documents.length;
    const query = "“" + typed.trim() + "”";
    if (result.isEmpty) return "";
    const meant = result.suggestion ? "是不是要找“" + result.suggestion + "”？" : "";
    if (result.isScattered) {
      return "没有文章连着写有" + query + "；" + meant + "以下 " + number + " 篇含有其中的全部字词";
    }
    if (number) return "找到 " + number + " 篇文章";
    return "没有找到" + query + "；" + (meant || "可以减少字词，或换一种说法");
  }

  function element(name, css, text) {
    const made = document.createElement(name);
    if (css) made.className = css;
    if (text) made.textContent = text;
    return made;
  }

  function marked(css, pieces) {
    const made = element("span", css);
    pieces.forEach(function (piece) {
      made.appendChild(piece.match ? element("mark", "", piece.text) : document.createTextNode(piece.text));
    });
    return made;
  }

  // Document numbers by their issue, that of the best article first: [[document, …], …].
  function grouped(documents) {
    const groups = new Map();
    documents.forEach(function (document) {
      const issue = jianbao.texts.issueOf(document);
      if (!groups.has(issue)) groups.set(issue, []);
      groups.get(issue).push(document);
    });
    return Array.from(groups.values());
  }

  // An article's lasting address, with what is to be marked there.
  function address(found, words, base) {
    const marks = words.length ? "?mark=" + encodeURIComponent(words.join("\n")) : "";
    return base + found.issue.url + marks + "#" + found.article.id;
  }

  function link(found, words, base) {
    const article = found.article;
    const made = element("a", "result__link");
    made.href = address(found, words, base);
    made.appendChild(marked("result__title", jianbao.excerpt.whole(article.titles[0], words)));
    // The headline of the contents list, where it says something else and the words are in it.
    article.titles.slice(1).forEach(function (title) {
      const pieces = jianbao.excerpt.whole(title, words);
      if (pieces.some(function (piece) { return piece.match; })) {
        pieces.unshift({ text: "要目作：", match: false });
        made.appendChild(marked("result__excerpt", pieces));
      }
    });
    made.appendChild(marked("result__excerpt", jianbao.excerpt.around(article.text, words)));
    const tags = article.groups.concat(article.themes, article.places);
    if (tags.length) made.appendChild(marked("result__tags", jianbao.excerpt.whole(tags.join("　"), words)));
    return made;
  }

  // For the search page: an issue as an item of the list, its articles in a list of its own.
  async function item(group, words, base) {
    const found = await Promise.all(group.map(jianbao.texts.of));
    const issue = found[0].issue;
    const made = element("li", "results__issue");
    const heading = element("h2", "results__label");
    const toIssue = element("a", "", issue.label);
    toIssue.href = base + issue.url;
    heading.appendChild(toIssue);
    if (issue.date) heading.appendChild(element("time", "results__date", issue.date));
    made.appendChild(heading);
    const list = element("ol", "results__articles");
    found.forEach(function (each) {
      const result = element("li", "result result--" + each.article.kind);
      result.appendChild(link(each, words, base));
      list.appendChild(result);
    });
    made.appendChild(list);
    return made;
  }

  // For the box: an issue as a group of options, numbered from `first`, as a listbox has them.
  async function options(group, words, base, first) {
    const found = await Promise.all(group.map(jianbao.texts.of));
    const label = found[0].issue.label;
    const made = element("div", "search__group");
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", label);
    const heading = element("p", "search__issue", label);
    heading.setAttribute("aria-hidden", "true");
    made.appendChild(heading);
    found.forEach(function (each, place) {
      const option = link(each, words, base);
      option.id = "jianbao-result-" + (first + place);
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.tabIndex = -1;
      made.appendChild(option);
    });
    return made;
  }

  return { address: address, element: element, grouped: grouped, item: item, options: options, summary: summary, words: words };
})();
