// Paper entry: a number that is complete moves on to the next item; Enter moves on too.
(function () {
  var form = document.getElementById("entry");
  if (!form) { return; }
  var fields = Array.prototype.slice.call(form.querySelectorAll("input.key, textarea, button"));
  var isSent = false;
  function plain(text) {
    return text.replace(/[０-９]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 65248); })
      .replace(/[－−–—‐]/g, "-").trim();
  }
  function next(field) {
    var after = fields[fields.indexOf(field) + 1];
    if (after) { after.focus(); if (after.select) { after.select(); } }
  }
  function judge(field) {
    var keys = field.getAttribute("data-keys").split(" "), typed = plain(field.value);
    var isKey = keys.indexOf(typed) >= 0;
    var mayGrow = keys.some(function (key) { return key !== typed && key.indexOf(typed) === 0; });
    field.setAttribute("aria-invalid", String(typed !== "" && !isKey && !mayGrow));
    return isKey && !mayGrow;
  }
  form.addEventListener("input", function (event) {
    var field = event.target;
    if (field.className.indexOf("key") < 0 || event.isComposing) { return; }
    if (field.hasAttribute("data-keys") && judge(field)) { next(field); }
  });
  form.addEventListener("keydown", function (event) {
    var field = event.target;
    if (event.key === "Enter" && field.hasAttribute("data-keys")) { event.preventDefault(); next(field); }
    if (event.key === "ArrowUp" && field.hasAttribute("data-keys")) {
      var before = fields[fields.indexOf(field) - 1];
      if (before) { event.preventDefault(); before.focus(); if (before.select) { before.select(); } }
    }
  });
  form.addEventListener("submit", function (event) {
    if (isSent) { event.preventDefault(); }
    isSent = true;
  });
  window.addEventListener("pageshow", function () { isSent = false; });
  var first = form.querySelector(".is-wrong input, .is-wrong textarea") || fields[0];
  window.addEventListener("load", function () { first.focus({ preventScroll: true }); form.scrollIntoView(); });
})();
