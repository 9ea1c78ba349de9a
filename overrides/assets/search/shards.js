// The files of the index, each loaded once by a script tag: that works on a server and from file:// alike.
window.jianbao = window.jianbao || {};

jianbao.shards = (function () {
  "use strict";

  let folder = "search/";
  const received = {};
  const loading = {};
  let long = null;

  // A file of the index that did not come, or came damaged. The reader is told; it is never "nothing found".
  function MissingShard(path) {
    this.name = "MissingShard";
    this.path = folder + path + ".js";
    this.message = this.path;
  }
  MissingShard.prototype = Object.create(Error.prototype);

  function from(address) {
    folder = address;
  }

  // Called by each file itself.
  function receive(path, data) {
    received[path] = data;
  }

  function load(path) {
    if (path in received) return Promise.resolve(received[path]);
    if (loading[path]) return loading[path];
    loading[path] = new Promise(function (resolve, reject) {
      const element = document.createElement("script");
      element.src = folder + path + ".js";
      element.onload = function () {
        element.remove();
        if (path in received) resolve(received[path]);
        else reject(new MissingShard(path));
      };
      element.onerror = function () {
        element.remove();
        reject(new MissingShard(path));
      };
      document.head.appendChild(element);
    });
    // A failed load may be tried again: the disk or the network may be back.
    loading[path].catch(function () { delete loading[path]; });
    return loading[path];
  }

  function manifest() {
    return load("manifest").then(function (data) {
      long = long || new Set(data.long);
      return data;
    });
  }

  // Whether a token's postings are so long that it has files of its own. Known once the manifest is there.
  function isLong(token) {
    return long.has(token);
  }

  // The file of a token, as shards.py names it.
  function nameOf(token) {
    const first = token.codePointAt(0);
    const second = token.codePointAt(first > 0xffff ? 2 : 1) || 0;
    if (isLong(token)) return first.toString(16) + "-" + (second ? second.toString(16) : "");
    return ((first * 40503 + second * 30011) % received.manifest.shards).toString(16);
  }

  // What the file of `kind` ("lists" or "places") says of a token; undefined where no document has it.
  function lookUp(kind, token) {
    return load(kind + "/" + nameOf(token)).then(function (data) {
      return Object.prototype.hasOwnProperty.call(data, token) ? data[token] : undefined;
    });
  }

  return {
    MissingShard: MissingShard,
    from: from,
    isLong: isLong,
    load: load,
    lookUp: lookUp,
    manifest: manifest,
    receive: receive,
  };
})();
