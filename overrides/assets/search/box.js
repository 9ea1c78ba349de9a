// The search box in the bar of every page: what little of search a page carries. All else is loaded when a reader
// turns to the box.
window.jianbao = window.jianbao || {};

jianbao.box = (function () {
  "use strict";

  const SHOWN = 5;
  const root = document.querySelector("[data-search]");
  const base = root && root.dataset.root !== "." ? root.dataset.root.replace(/\/?$/, "/") : "";
  const source = sourceOf(window.jianbaoEdition);
  let loading = null;

  // Where what search loads is. Under latest/ that is the edition's own folder: its files stay as they are, while
  // those below latest/ are another edition's as soon as one is published, and two editions' do not go together.
  function sourceOf(edition) {
    const isNewest = /\/latest\/$/.test(new URL(base || ".", location.href).pathname);
    return edition && isNewest ? base + "../" + edition.name + "/" : base;
  }

  function script(address) {
    return new Promise(function (resolve, reject) {
      const element = document.createElement("script");
      element.src = source + address;
      // In the order in which they were asked for, though all are fetched at once.
      element.async = false;
      element.onload = resolve;
      element.onerror = function () {
        element.remove();
        reject(Object.assign(new Error(address), { path: address }));
      };
      document.head.appendChild(element);
    });
  }

  // The search program (program.py puts it together) and its manifest, once.
  function load() {
    loading = loading || Promise.all(
      ["assets/search/search.js", "search/manifest.js"].map(script)
    ).then(function () {
      jianbao.shards.from(source + "search/");
      return jianbao.shards.manifest();
    });
    // A failed load may be tried again: the disk or the network may be back.
    loading.catch(function () { loading = null; });
    return loading;
  }

  // What is said where a file of the index is missing or damaged; never "nothing found".
  function failure(error) {
    const file = error && error.path ? "（" + error.path + "）" : "";
    return "检索文件没有读到或已损坏" + file + "，这次没有检索；请确认网站文件完整，然后刷新页面再试";
  }

  function start() {
    const input = root.querySelector(".search__input");
    const panel = root.querySelector(".search__panel");
    const count = root.querySelector(".search__count");
    const status = root.querySelector(".search__status");
    const list = root.querySelector(".search__results");
    const all = root.querySelector(".search__all");
    let composing = false;
    let active = -1;

    function open(isOpen) {
      panel.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) activate(-1);
    }

    function say(message, isError) {
      count.textContent = message;
      status.textContent = message;
      count.classList.toggle("search__count--error", Boolean(isError));
    }

    function options() {
      return list.querySelectorAll("[role=option]");
    }

    function activate(position) {
      const found = options();
      if (found[active]) found[active].setAttribute("aria-selected", "false");
      active = found.length ? Math.max(-1, Math.min(position, found.length - 1)) : -1;
      if (active < 0) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      found[active].setAttribute("aria-selected", "true");
      found[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", found[active].id);
    }

    async function search() {
      const typed = input.value;
      if (!typed.trim()) {
        list.textContent = "";
        say("");
        open(false);
        return;
      }
      try {
        await load();
        const result = await jianbao.engine.search(typed, {});
        if (input.value !== typed) return;
        const shown = Array.from(result.documents.slice(0, SHOWN));
        const words = jianbao.results.words(result);
        let first = 0;
        const groups = await Promise.all(jianbao.results.grouped(shown).map(function (group) {
          first += group.length;
          return jianbao.results.options(group, words, base, first - group.length);
        }));
        if (input.value !== typed) return;
        list.textContent = "";
        activate(-1);
        groups.forEach(function (group) { list.appendChild(group); });
        all.href = base + "search.html?q=" + encodeURIComponent(typed.trim());
        all.hidden = result.documents.length <= shown.length;
        say(jianbao.results.summary(result, typed));
        open(!result.isEmpty);
      } catch (error) {
        list.textContent = "";
        all.hidden = true;
        say(failure(error), true);
        open(true);
      }
    }

    input.addEventListener("compositionstart", function () { composing = true; });
    input.addEventListener("compositionend", function () {
      composing = false;
      search();
    });
    input.addEventListener("input", function () { if (!composing) search(); });
    input.addEventListener("focus", function () {
      // Fetched while the reader types; a failure is told when there is something to search.
      load().catch(function () {});
      if (input.value) search();
    });
    input.addEventListener("keydown", function (event) {
      if (composing || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        activate(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && active >= 0 && !panel.hidden) {
        event.preventDefault();
        options()[active].click();
      } else if (event.key === "Escape") {
        open(false);
      }
    });
    list.addEventListener("click", function () { open(false); });
    document.addEventListener("click", function (event) {
      if (!root.contains(event.target)) open(false);
    });
  }

  // "/" turns to the search page's own field where there is one, else to the box.
  function onSlash(event) {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName || "") || event.target.isContentEditable;
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const field = document.querySelector("#search-query") || root.querySelector(".search__input");
    field.focus();
    field.select();
  }

  if (root) {
    start();
    document.addEventListener("keydown", onSlash);
  }
  // Come from a result: its words are marked in the article.
  if (/[?&]mark=/.test(location.search)) document.addEventListener("DOMContentLoaded", function () {
    script("assets/search/landing.js").catch(function () {});
  });
  return { base: base, failure: failure, load: load, script: script };
})();
