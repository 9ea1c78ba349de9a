// Copies an article's lasting address, or one form of its citation. Without this script the address is a link and
// the citation text that can be selected.
(function () {
  "use strict";

  const SAID_FOR = 2000;

  // navigator.clipboard is for secure contexts only: neither http:// on an intranet nor every file:// is one.
  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).catch(function () { return copyBySelection(text); });
    }
    return copyBySelection(text);
  }

  function copyBySelection(text) {
    const field = document.createElement("textarea");
    const focused = document.activeElement;
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "copy-field";
    document.body.appendChild(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (focused) focused.focus({ preventScroll: true });
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  // What is said on the control itself, for a while; aria-live reads it out.
  function say(element, message) {
    const usual = element.dataset.usual || element.textContent;
    element.dataset.usual = usual;
    element.textContent = message;
    clearTimeout(element.timer);
    element.timer = setTimeout(function () { element.textContent = usual; }, SAID_FOR);
  }

  function wire(element, text) {
    element.setAttribute("aria-live", "polite");
    element.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      copy(text()).then(
        function () { say(element, "已复制"); },
        function () { say(element, "没有复制成，请手工复制"); }
      );
    });
  }

  document.querySelectorAll("[data-copy-address]").forEach(function (link) {
    wire(link, function () {
      history.replaceState(null, "", link.getAttribute("href"));
      return link.href.replace(/[?][^#]*/, "");
    });
  });
  document.querySelectorAll("[data-copy-text]").forEach(function (block) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "citation__copy";
    button.textContent = "复制";
    block.parentNode.querySelector(".citation__name").appendChild(button);
    wire(button, function () { return block.textContent; });
  });
})();
