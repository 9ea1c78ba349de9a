// Text → numbers: the Base64 VLQ that scripts/jianbao/search/vlq.py writes.
window.jianbao = window.jianbao || {};

jianbao.vlq = (function () {
  "use strict";

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const VALUES = new Uint8Array(128).fill(255);
  for (let place = 0; place < ALPHABET.length; place += 1) VALUES[ALPHABET.charCodeAt(place)] = place;

  // A reader of `text` from `start` to `end`: next() gives one number after the other; done() says when to stop.
  function Reader(text, start, end) {
    this.text = text;
    this.at = start || 0;
    this.end = end === undefined ? text.length : end;
  }

  Reader.prototype.done = function () {
    return this.at >= this.end;
  };

  Reader.prototype.next = function () {
    let value = 0;
    let factor = 1;
    for (;;) {
      const digit = this.at < this.end ? VALUES[this.text.charCodeAt(this.at)] : 255;
      if (digit === 255) throw new Error("damaged numbers");
      this.at += 1;
      value += (digit & 31) * factor;
      if (digit < 32) return value;
      factor *= 32;
    }
  };

  // How many numbers the text holds: each ends with a digit that says that none follows.
  function count(text, start, end) {
    let numbers = 0;
    for (let at = start; at < end; at += 1) if (VALUES[text.charCodeAt(at)] < 32) numbers += 1;
    return numbers;
  }

  function decode(text, start, end) {
    const reader = new Reader(text, start, end);
    const numbers = new Uint32Array(count(text, reader.at, reader.end));
    for (let place = 0; place < numbers.length; place += 1) numbers[place] = reader.next();
    if (!reader.done()) throw new Error("damaged numbers");
    return numbers;
  }

  return { Reader: Reader, decode: decode };
})();
