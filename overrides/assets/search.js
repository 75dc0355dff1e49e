// The theme asks for the index of its search on every page at once, and the index is larger than the page. Here
// that one request waits until a reader reaches for the search: by mouse, finger, focus or shortcut.
"use strict";

const { open, send } = XMLHttpRequest.prototype;
const waiting = [];
let wanted = false;

XMLHttpRequest.prototype.open = function (method, address, ...rest) {
  this.isIndex = /\/search(\/search_index)?\.json$/.test(address);
  return open.call(this, method, address, ...rest);
};

XMLHttpRequest.prototype.send = function (...body) {
  if (this.isIndex && !wanted) waiting.push(() => send.apply(this, body));
  else send.apply(this, body);
};

function release() {
  wanted = true;
  waiting.splice(0).forEach((ask) => ask());
}

if (new URLSearchParams(location.search).has("q")) release(); // a link to what a search finds
for (const sign of ["pointerover", "pointerdown", "focusin", "change"])
  document.addEventListener(sign, (event) => {
    if (event.target.closest?.(".md-search, [for='__search'], #__search")) release();
  });
