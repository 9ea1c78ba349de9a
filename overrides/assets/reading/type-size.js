// The size of the type, remembered on this machine. Loaded in the head, so that the first picture has it.
(function () {
  "use strict";

  const KEY = "jianbao.type-size";
  // In steps of the style sheet: html[data-type-size="1"] and so on; 0 is the size as designed.
  const SMALLEST = -1;
  const LARGEST = 3;
  let size = remembered();

  // Storage may be switched off, or forbidden on file://; then the size lasts for this page.
  function remembered() {
    try {
      return within(parseInt(localStorage.getItem(KEY), 10) || 0);
    } catch (error) {
      return 0;
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, String(size));
    } catch (error) { /* as above */ }
  }

  function within(number) {
    return Math.max(SMALLEST, Math.min(LARGEST, number));
  }

  function apply() {
    document.documentElement.setAttribute("data-type-size", String(size));
  }

  function start() {
    const group = document.querySelector(".type-size");
    if (!group) return;
    const buttons = Array.from(group.querySelectorAll("[data-type-step]"));

    function update() {
      buttons.forEach(function (button) {
        button.disabled = within(size + Number(button.dataset.typeStep)) === size;
      });
    }

    buttons.forEach(function (button) {
      button.addEventListener("click", function () {
        size = within(size + Number(button.dataset.typeStep));
        apply();
        remember();
        update();
      });
    });
    group.hidden = false;
    update();
  }

  apply();
  document.addEventListener("DOMContentLoaded", start);
})();
