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
    if (result.isScattered) {
      return "没有文章连着写有" + query + "；以下 " + number + " 篇含有其中的全部字词";
    }
    if (number) return "找到 " + number + " 篇文章";
    return "没有找到" + query + (result.suggestion ? "，是不是要找“" + result.suggestion + "”？" : "；可以减少字词，或换一种说法");
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

  // [{issue, members: [{document, issue, article}]}]: the issue of the best article first.
  async function grouped(documents) {
    const found = await Promise.all(documents.map(async function (document) {
      return Object.assign(await jianbao.texts.of(document), { document: document });
    }));
    const groups = new Map();
    found.forEach(function (each) {
      if (!groups.has(each.issue)) groups.set(each.issue, []);
      groups.get(each.issue).push(each);
    });
    return Array.from(groups, function (group) { return { issue: group[0], members: group[1] }; });
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

  // For the search page: each issue an item of the list with its articles in a list of its own.
  async function items(documents, words, base) {
    return (await grouped(documents)).map(function (group) {
      const item = element("li", "results__issue");
      const heading = element("h2", "results__label");
      const toIssue = element("a", "", group.issue.label);
      toIssue.href = base + group.issue.url;
      heading.appendChild(toIssue);
      if (group.issue.date) heading.appendChild(element("time", "results__date", group.issue.date));
      item.appendChild(heading);
      const list = element("ol", "results__articles");
      group.members.forEach(function (found) {
        const result = element("li", "result result--" + found.article.kind);
        result.appendChild(link(found, words, base));
        list.appendChild(result);
      });
      item.appendChild(list);
      return item;
    });
  }

  // For the box: groups of options, as a listbox has them.
  async function options(documents, words, base) {
    let number = 0;
    return (await grouped(documents)).map(function (group) {
      const made = element("div", "search__group");
      made.setAttribute("role", "group");
      made.setAttribute("aria-label", group.issue.label);
      const heading = element("p", "search__issue", group.issue.label);
      heading.setAttribute("aria-hidden", "true");
      made.appendChild(heading);
      group.members.forEach(function (found) {
        const option = link(found, words, base);
        option.classList.add("search__result");
        option.id = "jianbao-result-" + number;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.tabIndex = -1;
        made.appendChild(option);
        number += 1;
      });
      return made;
    });
  }

  return { address: address, element: element, items: items, options: options, summary: summary, words: words };
})();
