// The scheme that the reader chose last, dark or light, before the page is drawn. Material's script, which comes at
// the end of the page, sets the button; it keeps the choice as attributes of the body.
(function () {
  "use strict";

  const chosen = window.__md_get("__palette");
  const attributes = chosen && typeof chosen.color === "object" && chosen.color;
  Object.keys(attributes || {}).forEach(function (name) {
    document.body.setAttribute("data-md-color-" + name, attributes[name]);
  });
})();
