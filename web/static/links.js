/* A form that makes codes is sent once, however often its button is pressed. */
(function () {
  "use strict";
  var forms = document.querySelectorAll("form.gives-links");

  function setPressed(pressed) {
    forms.forEach(function (form) {
      form.querySelectorAll("button[type='submit']").forEach(function (button) { button.disabled = pressed; });
    });
  }

  forms.forEach(function (form) {
    form.addEventListener("submit", function () { setPressed(true); });
  });
  window.addEventListener("pageshow", function () { setPressed(false); });
})();
