(function () {
  var form = document.getElementById("prove"), box = document.getElementById("state"), subtle = window.crypto && crypto.subtle;
  if (!subtle || !window.TextEncoder || !window.Promise) return;
  var asked = JSON.parse(form.getAttribute("data-challenge")), p = asked.parameters;
  function bytes(hex) {
    var out = new Uint8Array(hex.length / 2);
    for (var i = 0; i < out.length; i++) out[i] = parseInt(hex.substr(2 * i, 2), 16);
    return out;
  }
  function hex(buffer) {
    return Array.prototype.map.call(new Uint8Array(buffer), function (b) { return (b < 16 ? "0" : "") + b.toString(16); }).join("");
  }
  var nonce = bytes(p.nonce), salt = bytes(p.salt);
  function attempt(counter) {
    var password = new Uint8Array(nonce.length + 4);
    password.set(nonce);
    new DataView(password.buffer).setUint32(nonce.length, counter);
    return subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]).then(function (key) {
      return subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: salt, iterations: p.cost }, key, 8 * p.keyLength);
    }).then(function (bits) {
      var derived = hex(bits);
      return derived.indexOf(p.keyPrefix) ? attempt(counter + 1) : { counter: counter, derivedKey: derived };
    });
  }
  box.hidden = false;
  form.classList.add("working");
  setTimeout(function () { form.classList.remove("working"); }, 1e4);
  attempt(0).then(function (solution) {
    document.getElementById("proof").value = btoa(JSON.stringify({ challenge: asked, solution: solution }));
    form.submit();
  }, function () { box.hidden = true; form.classList.remove("working"); });
  window.addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
})();
