// The search page: what is typed and chosen ↔ the page's address ↔ the results.
(function () {
  "use strict";

  const page = document.querySelector("[data-search-page]");
  if (!page) return;

  const PAGE_SIZE = 10;
  // A copied or downloaded list holds no more than these, the first ones.
  const MOST_EXPORTED = 1000;
  const SORTS = { rank: "相关", newest: "由新到旧", oldest: "由旧到新" };
  const FACETS = { year: "年份", group: "工作组", theme: "主题", place: "地点", kind: "栏目" };
  const MOST_VALUES = 8;
  // Issues whose texts are fetched at once, and how far below the window results are made ready.
  const AT_ONCE = 3;
  const AHEAD = 200;

  const input = page.querySelector("#search-query");
  const status = page.querySelector(".search-page__count");
  const suggestion = page.querySelector(".search-page__suggestion");
  const columns = page.querySelector(".search-page__columns");
  const facets = page.querySelector(".search-page__facets");
  const sorting = page.querySelector(".search-page__sort");
  const list = page.querySelector(".results");
  const paging = page.querySelector(".search-page__paging");
  const base = jianbao.box.base;
  let composing = false;
  let shown = null;
  let waiting = [];
  let latest = 0;

  // The search that an address holds.
  function fromAddress() {
    const parameters = new URLSearchParams(location.search);
    const filters = [];
    Object.keys(FACETS).forEach(function (facet) {
      parameters.getAll(facet).forEach(function (value) { filters.push({ facet: facet, value: value }); });
    });
    return {
      q: parameters.get("q") || "",
      filters: filters,
      sort: SORTS[parameters.get("sort")] ? parameters.get("sort") : "rank",
      page: Math.max(1, parseInt(parameters.get("page"), 10) || 1),
    };
  }

  function toAddress(search) {
    const parameters = new URLSearchParams();
    if (search.q.trim()) parameters.append("q", search.q.trim());
    search.filters.forEach(function (filter) { parameters.append(filter.facet, filter.value); });
    if (search.sort !== "rank") parameters.append("sort", search.sort);
    if (search.page > 1) parameters.append("page", search.page);
    const text = parameters.toString();
    return location.pathname + (text ? "?" + text : "");
  }

  function changed(part) {
    return Object.assign({}, fromAddress(), { q: input.value, page: 1 }, part);
  }

  // What a reader chooses is a step that the back button takes back; what is being typed is not.
  function go(search, isTyping) {
    const address = toAddress(search);
    if (isTyping) history.replaceState(null, "", address);
    else if (address !== location.pathname + location.search) history.pushState(null, "", address);
    run();
  }

  function state(name) {
    document.documentElement.dataset.searchState = name;
    if (name === "done") document.dispatchEvent(new CustomEvent("jianbao:search-done"));
  }

  async function run() {
    const search = fromAddress();
    latest += 1;
    const mine = latest;
    if (input.value.trim() !== search.q) input.value = search.q;
    state("busy");
    try {
      await jianbao.box.load();
      const result = await jianbao.engine.search(search.q, {
        filters: search.filters, sort: search.sort, until: search.page * PAGE_SIZE,
      });
      if (mine !== latest) return;
      const last = Math.max(1, Math.ceil(result.documents.length / PAGE_SIZE));
      const number = Math.min(search.page, last);
      const documents = Array.from(result.documents.slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE));
      shown = { search: search, result: result, words: jianbao.results.words(result) };
      show(number, last);
      waiting = jianbao.results.grouped(documents);
      list.textContent = "";
      await fill();
      if (mine !== latest) return;
      state("done");
      if (!columns.hidden) count(mine).catch(function (error) { facets.textContent = jianbao.box.failure(error); });
    } catch (error) {
      if (mine !== latest) return;
      columns.hidden = true;
      suggestion.hidden = true;
      say(jianbao.box.failure(error), true);
      state("done");
    }
  }

  // The facets come after the results, which do not wait for them.
  async function count(mine) {
    const counts = await jianbao.engine.counts(shown.result);
    if (mine === latest) showFacets(counts, shown.search);
  }

  // Results come as far as the reader has scrolled: each issue's text is a file of its own.
  async function fill() {
    const mine = latest;
    while (waiting.length && list.getBoundingClientRect().bottom < window.innerHeight + AHEAD) {
      const items = await Promise.all(waiting.splice(0, AT_ONCE).map(function (group) {
        return jianbao.results.item(group, shown.words, base);
      }));
      if (mine !== latest) return;
      items.forEach(function (item) { list.appendChild(item); });
    }
  }

  function say(message, isError) {
    status.textContent = message;
    status.classList.toggle("search-page__count--error", Boolean(isError));
  }

  function show(number, last) {
    const search = shown.search;
    const result = shown.result;
    const place = last > 1 ? "，第 " + number + " / " + last + " 页" : "";
    say(jianbao.results.summary(result, search.q) + place);
    showSuggestion(result.suggestion);
    columns.hidden = result.isEmpty || (!result.documents.length && !search.filters.length);
    showSorting(search);
    showPaging(number, last);
  }

  function button(text, css, action) {
    const made = jianbao.results.element("button", css, text);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function showSuggestion(text) {
    suggestion.textContent = "";
    suggestion.hidden = !text;
    if (text) suggestion.appendChild(button("检索“" + text + "”", "search-page__instead", function () { go(changed({ q: text })); }));
  }

  function showSorting(search) {
    sorting.textContent = "";
    Object.keys(SORTS).forEach(function (sort) {
      const made = button(SORTS[sort], "search-page__choice", function () { go(changed({ sort: sort })); });
      made.setAttribute("aria-pressed", String(sort === search.sort));
      sorting.appendChild(made);
    });
  }

  function showFacets(counts, search) {
    facets.textContent = "";
    Object.keys(FACETS).forEach(function (facet) {
      const values = counts[facet];
      const chosen = search.filters.filter(function (filter) { return filter.facet === facet; });
      if (!values.length && !chosen.length) return;
      const group = jianbao.results.element("section", "facet");
      group.appendChild(jianbao.results.element("h2", "facet__name", FACETS[facet]));
      const choices = jianbao.results.element("ul", "facet__values");
      chosen.forEach(function (filter) { choices.appendChild(chosenValue(filter, search)); });
      values
        .filter(function (value) { return !isChosen(chosen, value[0]); })
        .forEach(function (value, place) { choices.appendChild(possibleValue(facet, value, place, search)); });
      group.appendChild(choices);
      if (choices.children.length > MOST_VALUES + chosen.length) group.appendChild(more(choices));
      facets.appendChild(group);
    });
  }

  function isChosen(chosen, value) {
    return chosen.some(function (filter) { return filter.value === value; });
  }

  function valueName(facet, value) {
    return facet === "kind" ? jianbao.citation.KIND_NAMES[value] : value;
  }

  function chosenValue(filter, search) {
    const item = jianbao.results.element("li", "facet__value");
    const name = valueName(filter.facet, filter.value);
    const made = button(name + " ✕", "facet__choice facet__choice--chosen", function () {
      go(changed({ filters: search.filters.filter(function (other) { return other !== filter; }) }));
    });
    made.setAttribute("aria-label", "取消筛选：" + name);
    item.appendChild(made);
    return item;
  }

  function possibleValue(facet, value, place, search) {
    const item = jianbao.results.element("li", "facet__value");
    const made = button(valueName(facet, value[0]), "facet__choice", function () {
      go(changed({ filters: search.filters.concat({ facet: facet, value: value[0] }) }));
    });
    made.appendChild(jianbao.results.element("span", "facet__count", String(value[1])));
    item.appendChild(made);
    item.hidden = place >= MOST_VALUES;
    return item;
  }

  function more(choices) {
    const made = button("全部", "facet__more", function () {
      Array.from(choices.children).forEach(function (item) { item.hidden = false; });
      made.remove();
    });
    return made;
  }

  function showPaging(number, last) {
    paging.textContent = "";
    if (last < 2) return;
    const numbers = [1, number - 2, number - 1, number, number + 1, number + 2, last].filter(function (each, place, all) {
      return each >= 1 && each <= last && all.indexOf(each) === place;
    });
    if (number > 1) paging.appendChild(turn("上一页", number - 1));
    numbers.forEach(function (each, place) {
      if (place && each - numbers[place - 1] > 1) paging.appendChild(jianbao.results.element("span", "", "…"));
      const made = turn(String(each), each);
      made.setAttribute("aria-label", "第 " + each + " 页");
      if (each === number) made.setAttribute("aria-current", "page");
      paging.appendChild(made);
    });
    if (number < last) paging.appendChild(turn("下一页", number + 1));
  }

  function turn(text, number) {
    return button(text, "search-page__choice", function () {
      go(changed({ page: number }));
      page.scrollIntoView();
    });
  }

  // The articles of the whole result (its first MOST_EXPORTED), with their texts' files loaded.
  async function exported() {
    const documents = Array.from(shown.result.documents.slice(0, MOST_EXPORTED));
    const found = [];
    for (const document of documents) {
      if (found.length % 50 === 0) say("正在读取 " + found.length + " / " + documents.length + " 篇……");
      found.push(await jianbao.texts.of(document));
    }
    const all = shown.result.documents.length;
    const rest = all > found.length ? "（全部 " + all + " 篇中的前 " + found.length + " 篇）" : "";
    return { found: found, rest: rest };
  }

  function fullAddress(found) {
    return new URL(jianbao.results.address(found, [], base), location.href).href;
  }

  async function copyCitations() {
    const today = new Date().toISOString().slice(0, 10);
    const isOnline = location.protocol !== "file:";
    const all = await exported();
    const text = all.found.map(function (found, place) {
      return "[" + (place + 1) + "] " + jianbao.citation.gbt7714(found, isOnline ? fullAddress(found) : "", today);
    }).join("\n");
    say((copy(text) ? "已复制 " + all.found.length + " 条引文" : "浏览器不允许复制") + all.rest);
  }

  // The clipboard's newer interface is missing on file:// and on plain http.
  function copy(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "search__label";
    document.body.appendChild(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    return isCopied;
  }

  async function downloadCsv() {
    const all = await exported();
    const text = jianbao.citation.csv(all.found, fullAddress);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    link.download = "检索结果.csv";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    say("已下载 " + all.found.length + " 篇的目录" + all.rest);
  }

  function reporting(action) {
    return function () {
      action().catch(function (error) { say(jianbao.box.failure(error), true); });
    };
  }

  // From the field down into the results and up again.
  function onArrow(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = Array.from(list.querySelectorAll(".result__link"));
    const at = links.indexOf(document.activeElement);
    if (at < 0 && document.activeElement !== input) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) input.focus();
    else if (links[next]) links[next].focus();
  }

  // On a narrow screen the facets are folded away until they are asked for.
  page.querySelector(".search-page__toggle").addEventListener("click", function (event) {
    const isOpen = facets.classList.toggle("search-page__facets--open");
    event.target.setAttribute("aria-expanded", String(isOpen));
  });
  page.querySelector(".search-page__form").addEventListener("submit", function (event) {
    event.preventDefault();
    go(changed({}));
  });
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () {
    composing = false;
    go(changed({}), true);
  });
  input.addEventListener("input", function () { if (!composing) go(changed({}), true); });
  page.addEventListener("keydown", onArrow);
  page.querySelector("[data-copy]").addEventListener("click", reporting(copyCitations));
  page.querySelector("[data-csv]").addEventListener("click", reporting(downloadCsv));
  window.addEventListener("popstate", run);
  window.addEventListener("scroll", function () { if (waiting.length) reporting(fill)(); });
  if (location.search) run();
  else input.focus();
})();
