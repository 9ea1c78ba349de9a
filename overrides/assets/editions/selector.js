// The bar under the head of every page: which edition this is, whether there is a newer one, and the way to the same
// page in the others. edition.js, loaded before, says which edition this is; its neighbours are in ../versions.js,
// which is asked for in an edition only: a preview has none, and no bar.
(function () {
  "use strict";

  const PLACE = "assets/editions/selector.js";
  // As far down as the head and the notice may reach, in pixels.
  const COVERED = 240;
  const script = document.currentScript;
  const bar = document.querySelector("[data-edition-bar]");
  const edition = window.jianbaoEdition;
  if (!script || !bar || !edition) return;
  const root = script.src.slice(0, -PLACE.length);
  const onServer = /^https?:$/.test(location.protocol);

  function load(address) {
    return new Promise(function (resolve, reject) {
      const element = document.createElement("script");
      element.src = address;
      element.onload = resolve;
      element.onerror = reject;
      document.head.appendChild(element);
    });
  }

  function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function link(href, text, className) {
    const element = make("a", className, text);
    element.href = href;
    return element;
  }

  // 2017-08-08 → 2017年8月8日; nothing where the day is not known.
  function day(date) {
    const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date || "");
    return parts ? Number(parts[1]) + "年" + Number(parts[2]) + "月" + Number(parts[3]) + "日" : "";
  }

  // 2017.20.1 → [2017, 20, 1]; names sort as edition.py sorts them.
  function isBefore(one, other) {
    const a = one.split(".").map(Number);
    const b = other.split(".").map(Number);
    for (let place = 0; place < 3; place += 1) {
      if ((a[place] || 0) !== (b[place] || 0)) return (a[place] || 0) < (b[place] || 0);
    }
    return false;
  }

  // This page's address from the edition's root, and what stands behind it: search words, the place on the page.
  function address() {
    const here = location.href.replace(/[?#].*$/, "");
    return (here.indexOf(root) === 0 && here.slice(root.length)) || "index.html";
  }

  function behind() {
    return location.search + location.hash;
  }

  // Where an edition may be. Of a server's newest first the address without a name, which stays the newest's; a bundle
  // on a server has none.
  function folders(version) {
    const isLatest = onServer && (version.aliases || []).indexOf("latest") >= 0;
    return (isLatest ? ["latest", version.version] : [version.version]).map(function (name) {
      return new URL("../" + name + "/", root).href;
    });
  }

  function has(addresses, page) {
    const parts = /^(?:(.*)\/)?(.*?)(?:\.html)?$/.exec(page);
    const names = own(addresses.pages, parts[1] || "");
    return Boolean(names) && names.split(" ").indexOf(parts[2]) >= 0;
  }

  function own(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key) ? object[key] : undefined;
  }

  // Folder → the promise of its addresses: read once, when a reader turns to a link into it.
  const books = {};
  function book(at) {
    books[at] = books[at] || load(at + "addresses.js").then(function () { return window.jianbaoAddresses; });
    return books[at];
  }

  // This page in an edition: where it is there, else where it has moved to, else the home page.
  function counterpart(places) {
    return book(places[0]).then(function (addresses) {
      const page = address();
      const found = has(addresses, page) ? page : own(addresses.moved, page);
      return { isFound: Boolean(found), href: places[0] + (found || "index.html") };
    }).catch(function () {
      return places.length > 1 ? counterpart(places.slice(1)) : { isFound: false, href: places[0] + "index.html" };
    });
  }

  // A link to this page in another edition; `onLost` is told where there is no such page and it leads to the home page.
  function linkInto(version, text, className, onLost) {
    const places = folders(version);
    const element = link(places[0] + "index.html", text, className);
    let target = null;

    function update() {
      if (target) element.href = target.href + (target.isFound ? behind() : "");
    }

    function prepare() {
      return counterpart(places).then(function (found) {
        target = found;
        update();
        if (!found.isFound && onLost) onLost(element);
      });
    }

    ["mouseenter", "focus", "touchstart"].forEach(function (turned) {
      element.addEventListener(turned, prepare, { passive: true });
    });
    element.addEventListener("click", function (event) {
      update();
      if (target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      prepare().then(function () { location.href = element.href; });
    });
    window.addEventListener("hashchange", update);
    return { element: element, prepare: prepare };
  }

  // What an edition that is not the newest says of itself.
  function notice(versions) {
    const newest = versions.versions.filter(function (each) { return each.version === versions.latest; })[0];
    if (!newest || edition.name === newest.version) return;
    const isWithdrawn = isBefore(newest.version, edition.name);
    const said = make("p", "edition-bar__notice");
    const when = day(edition.date);
    said.appendChild(make("strong", "", isWithdrawn ? "这一版已撤下" : "这不是最新的一版"));
    said.appendChild(document.createTextNode("（" + edition.name + (when ? "，" + when : "") + "）。"));
    said.appendChild(make("span", "edition-bar__explained",
      isWithdrawn ? "请以现行的 " + newest.version + " 版为准。" : "以后的增补和更正在最新的 " + newest.version + " 版里。"));
    const onward = linkInto(newest, "看最新版的这一页", "edition-bar__onward", function (element) {
      element.textContent = "最新版没有这一页，去首页";
    });
    bar.appendChild(said);
    bar.appendChild(onward.element);
    bar.classList.add("edition-bar--other");
    onward.prepare();
    onceRead(uncover);
  }

  // The notice came after the page: what a link led to must not end up below it.
  function uncover() {
    const target = document.querySelector(":target");
    const top = target ? target.getBoundingClientRect().top : -1;
    if (top >= 0 && top < COVERED) target.scrollIntoView();
  }

  function onceRead(then) {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", then);
    else then();
  }

  function item(version, versions) {
    const row = make("li", "edition-bar__version");
    const isThis = version.version === edition.name;
    const element = isThis ? make("span", "edition-bar__this") : linkInto(version, "", "").element;
    if (isThis) element.setAttribute("aria-current", "true");
    element.appendChild(make("span", "edition-bar__name", version.title || version.version));
    const told = [
      version.version === versions.latest ? "最新" : isBefore(versions.latest, version.version) ? "已撤下" : "",
      isThis ? "正在看" : "",
      version.date || "",
    ].filter(Boolean).join(" · ");
    if (told) element.appendChild(make("span", "edition-bar__told", told));
    row.appendChild(element);
    return row;
  }

  // A button that opens the list of editions.
  function choice(versions) {
    const group = make("div", "edition-bar__choice");
    const button = make("button", "edition-bar__button", "版本 " + edition.name);
    const panel = make("div", "edition-bar__panel");
    const list = make("ol", "edition-bar__versions");
    const more = make("p", "edition-bar__more");
    button.type = "button";
    panel.id = "edition-list";
    panel.hidden = true;
    list.setAttribute("aria-label", "各版");
    button.setAttribute("aria-controls", panel.id);

    function open(isOpen) {
      // The list is made when it is first asked for: it may be long.
      if (isOpen && !list.firstChild) {
        versions.versions.forEach(function (each) { list.appendChild(item(each, versions)); });
      }
      panel.hidden = !isOpen;
      button.setAttribute("aria-expanded", String(isOpen));
    }

    more.appendChild(link(root + "edition.html", "关于本版"));
    more.appendChild(link(new URL("../changes.html", root).href, "各版的变化"));
    panel.appendChild(list);
    panel.appendChild(more);
    group.appendChild(button);
    group.appendChild(panel);
    button.addEventListener("click", function () { open(panel.hidden); });
    group.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || panel.hidden) return;
      open(false);
      button.focus();
    });
    document.addEventListener("click", function (event) { if (!group.contains(event.target)) open(false); });
    group.addEventListener("focusout", function (event) {
      if (event.relatedTarget && !group.contains(event.relatedTarget)) open(false);
    });
    open(false);
    return group;
  }

  // An edition copied out of its folder has no neighbours: it tells its name, and nothing leads to what is not there.
  function alone() {
    bar.appendChild(link(root + "edition.html", "版本 " + edition.name, "edition-bar__button"));
    onceRead(function () {
      document.querySelectorAll("[data-beside-editions]").forEach(function (element) {
        element.removeAttribute("href");
      });
    });
  }

  function onPaper() {
    const when = day(edition.date);
    document.querySelectorAll("[data-edition-paper]").forEach(function (line) {
      line.textContent = "印自 " + edition.name + " 版" + (when ? "（" + when + "）" : "");
      line.hidden = false;
    });
  }

  bar.hidden = false;
  load(new URL("../versions.js", root).href).then(function () {
    notice(window.jianbaoVersions);
    bar.appendChild(choice(window.jianbaoVersions));
  }, alone);
  onceRead(onPaper);
})();
