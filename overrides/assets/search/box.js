// The search box: typing, keys, and the list of results under it.
(function () {
  "use strict";

  var LIMIT = 50;
  var root = document.querySelector("[data-search]");
  if (!root) return;
  var input = root.querySelector(".search__input");
  var panel = root.querySelector(".search__panel");
  var count = root.querySelector(".search__count");
  var list = root.querySelector(".search__results");
  var base = root.dataset.root === "." ? "" : root.dataset.root.replace(/\/?$/, "/");
  var composing = false;
  var active = -1;

  function element(name, css, text) {
    var made = document.createElement(name);
    if (css) made.className = css;
    if (text) made.textContent = text;
    return made;
  }

  function marked(name, css, pieces) {
    var made = element(name, css);
    pieces.forEach(function (piece) {
      made.appendChild(piece.match ? element("mark", "", piece.text) : document.createTextNode(piece.text));
    });
    return made;
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) activate(-1);
  }

  function say(message, isError) {
    count.textContent = message;
    count.classList.toggle("search__count--error", Boolean(isError));
  }

  function options() {
    return list.querySelectorAll("[role=option]");
  }

  function activate(position) {
    var all = options();
    if (all[active]) all[active].setAttribute("aria-selected", "false");
    active = all.length ? Math.max(-1, Math.min(position, all.length - 1)) : -1;
    if (active < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    all[active].setAttribute("aria-selected", "true");
    all[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[active].id);
  }

  // Results under the issue in which they stand; the issue of the best result comes first.
  function show(results) {
    list.textContent = "";
    active = -1;
    input.removeAttribute("aria-activedescendant");
    var groups = new Map();
    results.slice(0, LIMIT).forEach(function (result) {
      var issue = result.article.issue;
      if (!groups.has(issue)) groups.set(issue, []);
      groups.get(issue).push(result);
    });
    var number = 0;
    groups.forEach(function (members, issue) {
      var group = element("div", "search__group");
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", issue);
      var heading = element("p", "search__issue", issue);
      heading.setAttribute("aria-hidden", "true");
      group.appendChild(heading);
      members.forEach(function (result) {
        var words = result.words;
        var link = element("a", "search__result");
        link.href = base + result.article.address;
        link.id = "jianbao-result-" + number;
        link.setAttribute("role", "option");
        link.setAttribute("aria-selected", "false");
        link.tabIndex = -1;
        link.appendChild(marked("span", "search__title", jianbao.excerpt.whole(result.article.titles[0], words)));
        // The headline of the contents list, where it says something else and the words are in it.
        result.article.titles.slice(1).forEach(function (title) {
          var pieces = jianbao.excerpt.whole(title, words);
          if (pieces.some(function (piece) { return piece.match; })) {
            pieces.unshift({ text: "要目作：", match: false });
            link.appendChild(marked("span", "search__excerpt", pieces));
          }
        });
        link.appendChild(marked("span", "search__excerpt", jianbao.excerpt.around(result.article.text, words)));
        if (result.article.tags.length) {
          link.appendChild(marked("span", "search__tags", jianbao.excerpt.whole(result.article.tags.join("　"), words)));
        }
        group.appendChild(link);
        number += 1;
      });
      list.appendChild(group);
    });
  }

  function search() {
    var typed = input.value;
    var terms = jianbao.query.terms(typed);
    if (!terms.length) {
      list.textContent = "";
      say("");
      open(false);
      return;
    }
    open(true);
    jianbao.archive.load(root.dataset.lunr, root.dataset.index).then(
      function () {
        if (input.value !== typed) return;
        var results = jianbao.archive.find(terms);
        show(results);
        if (!results.length) say("没有找到含有“" + typed.trim() + "”的文章");
        else if (results.length > LIMIT) say("找到 " + results.length + " 篇文章，显示前 " + LIMIT + " 篇");
        else say("找到 " + results.length + " 篇文章");
      },
      function () {
        list.textContent = "";
        say("检索文件没有读到，无法检索：请确认 assets/search 文件夹完整，然后刷新页面再试", true);
      }
    );
  }

  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () {
    composing = false;
    search();
  });
  input.addEventListener("input", function () { if (!composing) search(); });
  input.addEventListener("focus", function () {
    // Fetched while the reader types; a failure is told when there is something to search.
    jianbao.archive.load(root.dataset.lunr, root.dataset.index).catch(function () {});
    if (input.value) search();
  });
  input.addEventListener("keydown", function (event) {
    if (composing || event.isComposing) return;
    var all = options();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      event.preventDefault();
      var chosen = all[Math.max(active, 0)];
      if (chosen && !panel.hidden) chosen.click();
    } else if (event.key === "Escape") {
      open(false);
    }
  });
  list.addEventListener("click", function () { open(false); });
  document.addEventListener("click", function (event) {
    if (!root.contains(event.target)) open(false);
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName || "") || event.target.isContentEditable;
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
})();
