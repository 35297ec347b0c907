/* Renews the screen's code. Where the network fails the page stays and tries again; a code too old
   to let anybody in is faded out. Without this script the page renews itself whole. */
(function () {
  "use strict";
  var body = document.body;
  var pause = Number(body.dataset.seconds) * 1000;
  var lasts = Number(body.dataset.minutes) * 60000;
  var offline = document.querySelector(".offline");
  var renewedAt = Date.now();

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!fresh) { throw new Error("no code in the page"); }
    document.querySelector("main").replaceWith(fresh);
    renewedAt = Date.now();
    offline.hidden = true;
    body.classList.remove("stale");
  }

  function renew() {
    fetch(location.href, { cache: "no-store" })
      .then(function (reply) { if (!reply.ok) { throw new Error(reply.status); } return reply.text(); })
      .then(show)
      .catch(function () { offline.hidden = false; })
      .then(function () {
        if (Date.now() - renewedAt > lasts) { body.classList.add("stale"); }
        setTimeout(renew, offline.hidden ? pause : 5000);
      });
  }

  setTimeout(renew, pause);
})();
