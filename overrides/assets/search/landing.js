// A reader who comes from a result finds the words marked in the article that it led to.
(function () {
  "use strict";

  const words = (new URLSearchParams(location.search).get("mark") || "").split("\n").filter(Boolean);
  const heading = words.length && document.getElementById(location.hash.slice(1));
  if (!heading) return;

  function mark(node) {
    const ranges = jianbao.excerpt.matches(node.data, words);
    // From the last to the first, so that the places of the others stay right.
    ranges.reverse().forEach(function (range) {
      const match = node.splitText(range[0]);
      match.splitText(range[1] - range[0]);
      const made = document.createElement("mark");
      match.parentNode.replaceChild(made, match);
      made.appendChild(match);
    });
  }

  function markArticle() {
    const walker = document.createTreeWalker(heading.closest("article") || heading, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.forEach(mark);
  }

  // Marks are a convenience: where the program does not come, the article is there all the same.
  jianbao.box.script("assets/search/search.js").then(markArticle, function () {});
})();
