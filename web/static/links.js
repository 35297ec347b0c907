// Saves the file of links that a form answers with, then shows the page with its new counts.
(function () {
  "use strict";
  var SAVED_AFTER = 800;

  function nameOf(reply) {
    var found = /filename\*=UTF-8''([^;]+)/.exec(reply.headers.get("content-disposition") || "");
    return found ? decodeURIComponent(found[1]) : null;
  }

  function save(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
  }

  function showAgain() {
    location.reload();
  }

  async function send(form) {
    var fields = new FormData(form);
    var body = form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields);
    var reply = await fetch(form.action, { method: "POST", body: body });
    var name = nameOf(reply);
    if (!reply.ok || !name) {
      if (reply.status === 422) {
        form.submit(); // refused, so nothing was made: the page comes back with what is wrong
        return;
      }
      throw new Error(String(reply.status));
    }
    save(await reply.blob(), name);
    form.reset();
    form.querySelectorAll("input, textarea").forEach(function (field) { field.value = ""; });
    setTimeout(showAgain, SAVED_AFTER);
  }

  document.querySelectorAll("form.gives-links").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      var button = form.querySelector("button[type='submit']");
      event.preventDefault();
      button.disabled = true;
      send(form).catch(showAgain);
    });
  });
})();
