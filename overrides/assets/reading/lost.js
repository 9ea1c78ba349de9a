// The page for an address that leads nowhere (404.html): finds the archive's root from where this script is, and puts
// the words of the address into the search box.
(function () {
  "use strict";

  const PLACE = "assets/reading/lost.js";
  const script = document.currentScript;
  const page = document.documentElement;
  // One of several addresses at which the page looks for this script; the first that is there does it all.
  if (!script || page.hasAttribute("data-root-found")) return;
  const root = script.src.slice(0, -PLACE.length);
  page.setAttribute("data-root-found", "");

  document.querySelectorAll("[data-from-root]").forEach(function (element) {
    element.setAttribute(element.tagName === "FORM" ? "action" : "href", root + element.dataset.fromRoot);
  });

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
  }

  // issues/2017/999.html → 年:2017; groups/wujingongzuozu.html → wujingongzuozu; 武进/旅游 → 武进 旅游.
  function words(path) {
    const issue = /^issues\/(\d{4})(\/|$)/.exec(path);
    if (issue) return "年:" + issue[1];
    return decoded(path)
      .replace(/\.[a-z]{2,5}$/i, "")
      .replace(/^(groups|themes|places)\//, "")
      .replace(/[\s/_\-+.,:"“”]+/g, " ")
      .trim();
  }

  const here = location.href.replace(/[?#].*$/, "");
  const path = here.indexOf(root) === 0 ? here.slice(root.length) : "";
  if (path && path !== "404.html") document.getElementById("lost-query").value = words(path);
})();
