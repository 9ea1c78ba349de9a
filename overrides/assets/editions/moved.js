// On the page of an address that has moved (site/moved.py): leads on, to the same place on the new page.
(function () {
  "use strict";
  const link = document.querySelector("[data-moved-to]");
  if (link) location.replace(link.href + location.search + location.hash);
})();
