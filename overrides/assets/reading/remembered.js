// What Material's script keeps on this machine (the scheme, dark or light), under the names that it calls. Unlike
// Material's own, for the whole archive: what a reader chose holds in every edition.
(function () {
  "use strict";

  const PREFIX = "jianbao.";

  // Storage may be switched off, or forbidden on file://; then nothing is remembered.
  window.__md_get = function (name, storage) {
    try {
      return JSON.parse((storage || localStorage).getItem(PREFIX + name));
    } catch (error) {
      return null;
    }
  };
  window.__md_set = function (name, value, storage) {
    try {
      (storage || localStorage).setItem(PREFIX + name, JSON.stringify(value));
    } catch (error) { /* as above */ }
  };
})();
