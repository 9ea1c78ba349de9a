// The review page: marks the words that gave a tag, changes tags, ticks off what was looked at.
(function () {
  "use strict";

  var SPACE = "[ \\u3000]*";
  var SHOWN_WORDS = 6;
  var MOST_OFFERED = 30;

  var dataElement = document.getElementById("review-data");
  var data = dataElement ? JSON.parse(dataElement.textContent) : null;

  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      if (attributes[key] !== null && attributes[key] !== undefined) element.setAttribute(key, attributes[key]);
    });
    [].concat(children || []).forEach(function (child) {
      element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return element;
  }

  function all(selector, within) {
    return Array.prototype.slice.call((within || document).querySelectorAll(selector));
  }

  // The words of a tag, marked in its article.

  var marked = null;

  function unmark() {
    if (!marked) return;
    marked.forEach(function (mark) {
      var parent = mark.parentNode;
      while (mark.firstChild) parent.insertBefore(mark.firstChild, mark);
      parent.removeChild(mark);
      parent.normalize();
    });
    marked = null;
  }

  function mark(button) {
    unmark();
    var words = JSON.parse(button.getAttribute("data-words") || "[]");
    if (!words.length) return;
    var id = button.closest("[data-tags]").getAttribute("data-tags");
    // Words were looked for in the text without its spaces; the longest first, as they were found.
    var sources = words.slice().sort(function (a, b) { return b.length - a.length; }).map(function (word) {
      return Array.from(word).map(function (char) { return char.replace(/[\\^$.*+?()[\]{}|]/, "\\$&"); }).join(SPACE);
    });
    var pattern = new RegExp(sources.join("|"), "g");
    marked = [];
    all("[data-article='" + id + "']").forEach(function (element) { markIn(element, pattern); });
  }

  function markIn(element, pattern) {
    var walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    var texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    // A word may run over the edge of a mark: it is looked for in the whole, and each piece is marked.
    var whole = texts.map(function (node) { return node.nodeValue; }).join("");
    var match;
    var spans = [];
    pattern.lastIndex = 0;
    while ((match = pattern.exec(whole))) {
      spans.push([match.index, match.index + match[0].length]);
      if (!match[0]) pattern.lastIndex += 1;
    }
    var start = whole.length;
    texts.reverse().forEach(function (node) {
      start -= node.nodeValue.length;
      spans.slice().reverse().forEach(function (span) {
        var from = Math.max(span[0] - start, 0);
        var to = Math.min(span[1] - start, node.nodeValue.length);
        if (from >= to) return;
        var piece = node.splitText(from);
        piece.splitText(to - from);
        var found = make("mark", { "class": "found" });
        piece.parentNode.replaceChild(found, piece);
        found.appendChild(piece);
        marked.push(found);
      });
    });
  }

  ["mouseover", "focusin"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var tag = event.target.closest ? event.target.closest(".tag") : null;
      if (tag) mark(tag);
    });
  });
  ["mouseout", "focusout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (event.target.closest && event.target.closest(".tag")) unmark();
    });
  });

  if (!data) return;

  // Messages and requests.

  var message = document.getElementById("message");

  function say(text, isWrong) {
    message.className = "message" + (isWrong ? " message--wrong" : "");
    message.textContent = text;
  }

  function post(path, body) {
    return fetch(path, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Jianbao-Token": data.token },
      body: JSON.stringify(body),
    }).then(function (response) {
      return response.json().then(function (answer) {
        if (!response.ok) throw new Error(answer.error);
        return answer;
      });
    }, function () {
      throw new Error("连不上 jianbao review：命令行窗口可能已经关了；请重新运行 jianbao review");
    });
  }

  // Ticks and progress.

  var progress = document.getElementById("progress");

  function ticks() { return all("input[data-key]"); }

  function showProgress() {
    var boxes = ticks();
    var done = boxes.filter(function (box) { return box.checked; }).length;
    progress.textContent = "";
    progress.appendChild(document.createTextNode("已核对 "));
    progress.appendChild(make("b", {}, String(done)));
    progress.appendChild(document.createTextNode(" / " + boxes.length + " 处"));
    document.getElementById("next").textContent = done === boxes.length ? "下一步" : "下一处";
  }

  document.addEventListener("change", function (event) {
    var key = event.target.getAttribute("data-key");
    if (!key) return;
    showProgress();
    post("tick", { key: key, done: event.target.checked }).catch(function (error) {
      event.target.checked = !event.target.checked;
      showProgress();
      say(error.message, true);
    });
  });

  function goTo(element) {
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  }

  // The next one that is open, after the one that was last gone to.
  var last = null;

  function next() {
    var boxes = ticks();
    var open = boxes.filter(function (box) { return !box.checked; });
    if (!open.length) {
      document.querySelector(".finish").scrollIntoView();
      return;
    }
    var from = boxes.indexOf(last);
    if (last) frame(last).classList.remove("here");
    last = open.filter(function (box) { return boxes.indexOf(box) > from; })[0] || open[0];
    frame(last).classList.add("here");
    goTo(last);
  }

  function frame(box) { return box.closest(".note") || box.closest(".tags"); }

  // Tags: what is on the page, what is chosen but not yet saved.

  var saved = {};
  var chosen = {};
  var reasons = {};
  data.articles.forEach(function (article) {
    saved[article.id] = {};
    Object.keys(article.kinds).forEach(function (kind) {
      saved[article.id][kind] = article.kinds[kind].map(function (tag) { return tag.name; });
    });
    chosen[article.id] = copy(saved[article.id]);
    reasons[article.id] = article.reasons;
  });

  function copy(value) { return JSON.parse(JSON.stringify(value)); }

  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }

  // For each article with changes, the lists that differ.
  function changes() {
    var found = {};
    Object.keys(chosen).forEach(function (id) {
      Object.keys(chosen[id]).forEach(function (kind) {
        if (same(chosen[id][kind], saved[id][kind])) return;
        found[id] = found[id] || {};
        found[id][kind] = chosen[id][kind];
      });
    });
    return found;
  }

  function kindOf(name) {
    var entry = data.vocabulary.filter(function (each) { return each.name === name; })[0];
    return entry ? entry.kind : null;
  }

  function why(id, name) {
    var reason = reasons[id][name];
    if (!reason || !reason.words.length) return "人工所加";
    var words = reason.words.slice(0, SHOWN_WORDS).map(function (word) { return "“" + word + "”"; }).join("");
    return words + (reason.words.length > SHOWN_WORDS ? "等" : "") + (reason.by ? "，据“" + reason.by + "”判断" : "");
  }

  function tagButton(id, name, className, label) {
    var reason = reasons[id][name];
    return make("button", {
      type: "button",
      "class": "tag " + className,
      "data-words": JSON.stringify(reason ? reason.words : []),
      "aria-label": label || null,
    }, className === "offer" ? "＋ " + name : name);
  }

  function tool(sign, label, disabled, act) {
    var button = make("button", { type: "button", "class": "tool", "aria-label": label, title: label }, sign);
    button.disabled = disabled;
    button.addEventListener("click", act);
    return button;
  }

  function panel(id) { return document.querySelector("[data-tags='" + id + "']"); }

  // Shows the article's lists anew and puts the focus on what has the label, so that a keyboard can go on.
  function show(id, label) {
    unmark();
    if (label) say("");
    var lists = panel(id).querySelector(".tags__lists");
    lists.textContent = "";
    Object.keys(chosen[id]).forEach(function (kind) { lists.appendChild(listOf(id, kind)); });
    var offered = offers(id);
    if (offered.length) {
      lists.appendChild(make("div", { "class": "tags__kind" }, [
        make("h3", {}, "另有依据"),
        make("ul", {}, offered.map(function (name) {
          var button = tagButton(id, name, "offer", "添上“" + name + "”");
          button.addEventListener("click", function () { add(id, name); });
          return make("li", {}, [button, make("span", { "class": "tag__why" }, why(id, name))]);
        })),
      ]));
    }
    panel(id).classList.toggle("tags--changed", Boolean(changes()[id]));
    var count = Object.keys(changes()).length;
    var button = document.getElementById("save");
    button.disabled = !count;
    button.textContent = count ? "保存标签（" + count + " 篇）" : "保存标签";
    var target = label && all("button", lists).filter(function (each) {
      return !each.disabled && each.getAttribute("aria-label") === label;
    })[0];
    if (target) target.focus();
    else if (label) panel(id).querySelector(".adding input").focus();
  }

  function listOf(id, kind) {
    var names = chosen[id][kind];
    var rows = names.map(function (name, place) {
      return make("li", {}, [
        tagButton(id, name, kind === "主题" && place === 0 ? "tag--main" : ""),
        make("span", { "class": "tag__why" }, (kind === "主题" && place === 0 && names.length > 1 ? "主要；" : "") + why(id, name)),
        make("span", { "class": "tag__tools" }, [
          tool("↑", "“" + name + "”提前", place === 0, function () { move(id, kind, place, -1); }),
          tool("↓", "“" + name + "”移后", place === names.length - 1, function () { move(id, kind, place, 1); }),
          tool("×", "去掉“" + name + "”", false, function () { remove(id, kind, place); }),
        ]),
      ]);
    });
    return make("div", { "class": "tags__kind" }, [
      make("h3", {}, kind),
      rows.length ? make("ul", {}, rows) : make("p", { "class": "tag__why" }, "（无）"),
    ]);
  }

  // Tags that the text would give and the page has not.
  function offers(id) {
    return Object.keys(reasons[id]).filter(function (name) {
      var kind = kindOf(name);
      return kind && chosen[id][kind].indexOf(name) < 0;
    });
  }

  function move(id, kind, place, by) {
    var names = chosen[id][kind];
    var name = names.splice(place, 1)[0];
    names.splice(place + by, 0, name);
    var atEnd = place + by === 0 || place + by === names.length - 1;
    show(id, "“" + name + "”" + ((by < 0) !== atEnd ? "提前" : "移后"));
  }

  function remove(id, kind, place) {
    var name = chosen[id][kind].splice(place, 1)[0];
    show(id, kindOf(name) && reasons[id][name] ? "添上“" + name + "”" : "-");
  }

  function add(id, name) {
    chosen[id][kindOf(name)].push(name);
    show(id, "去掉“" + name + "”");
  }

  function save() {
    var wanted = changes();
    if (!Object.keys(wanted).length) return;
    var sent = copy(chosen);
    post("tags", { digest: data.digest, changes: wanted }).then(function (answer) {
      data.digest = answer.digest;
      saved = sent;
      Object.keys(chosen).forEach(function (id) { show(id); });
      say("已存入 " + data.path + "（" + Object.keys(wanted).length + " 篇的标签）");
    }).catch(function (error) { say(error.message, true); });
  }

  // Adding: a box that finds tags by their characters, their pinyin or its initials.

  function adding(id) {
    var listId = "found-" + id;
    var list = make("ul", { id: listId, role: "listbox", "aria-label": "词表中的标签" });
    list.hidden = true;
    var input = make("input", {
      type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list",
      "aria-label": "添加标签：汉字、拼音或首字母", placeholder: "添加标签：汉字、拼音或首字母", autocomplete: "off",
    });
    var found = [];
    var at = 0;

    function close() {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function find() {
      var wanted = input.value.trim().toLowerCase().replace(/\s+/g, "");
      found = data.vocabulary.filter(function (entry) {
        return chosen[id][entry.kind].indexOf(entry.name) < 0 && entry.keys.split(" ").some(function (key) {
          return key.indexOf(wanted) >= 0;
        });
      }).sort(function (one, other) { return rank(one, wanted) - rank(other, wanted); }).slice(0, MOST_OFFERED);
      at = 0;
      draw();
    }

    // Those that begin so come before those that merely hold it.
    function rank(entry, wanted) {
      return entry.keys.split(" ").some(function (key) { return key.indexOf(wanted) === 0; }) ? 0 : 1;
    }

    function draw() {
      list.textContent = "";
      found.forEach(function (entry, place) {
        var item = make("li", { role: "option", id: listId + "-" + place, "aria-selected": String(place === at) },
          [entry.name, make("span", {}, entry.kind)]);
        item.addEventListener("mousedown", function (event) {
          event.preventDefault();
          take(entry);
        });
        list.appendChild(item);
      });
      if (!found.length) list.appendChild(make("li", { "class": "adding__none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, "词表里没有"));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      if (!found.length) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", listId + "-" + at);
        list.children[at].scrollIntoView({ block: "nearest" });
      }
    }

    function take(entry) {
      input.value = "";
      close();
      add(id, entry.name);
    }

    input.addEventListener("input", find);
    input.addEventListener("click", find);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) find();
        else if (found.length) {
          at = (at + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
          draw();
        }
      } else if (event.key === "Enter" && !list.hidden && found.length) {
        event.preventDefault();
        take(found[at]);
      } else if (event.key === "Escape") {
        close();
      }
    });
    return make("div", { "class": "adding" }, [input, list]);
  }

  // Begin.

  data.articles.forEach(function (article) {
    var lists = panel(article.id).querySelector(".tags__lists");
    lists.parentNode.insertBefore(adding(article.id), lists.nextSibling);
    show(article.id);
  });
  document.querySelector(".bar__buttons").hidden = false;
  document.getElementById("next").addEventListener("click", next);
  document.getElementById("save").addEventListener("click", save);
  document.getElementById("stop").addEventListener("click", function () {
    if (Object.keys(changes()).length && !window.confirm("标签有改动还没有保存，仍要结束吗？")) return;
    post("stop", {}).then(function () {
      chosen = copy(saved);
      all("button, input").forEach(function (each) { each.disabled = true; });
      say("已经结束，可以关上这一页了。");
    }).catch(function (error) { say(error.message, true); });
  });
  document.addEventListener("keydown", function (event) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });
  window.addEventListener("beforeunload", function (event) {
    if (!Object.keys(changes()).length) return;
    event.preventDefault();
    event.returnValue = "";
  });
  showProgress();
})();
