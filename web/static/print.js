// The button of the print page.
document.getElementById("print").addEventListener("click", function () { window.print(); });
