// The button of the print page.
(function () {
  var button = document.getElementById("print");
  button.hidden = false;
  button.addEventListener("click", function () { window.print(); });
})();
