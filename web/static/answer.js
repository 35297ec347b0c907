// The respondent's page: written into the page itself, ES5, and never required.
// It keeps what is ticked on the phone for a day, sends again after a lost network, opens comments
// after low answers, and takes secrets out of the address.
(function () {
  var doc = document, hist = window.history, day = 864e5;
  var form = doc.querySelector("form[data-key]"), end = doc.querySelector("[data-sent]");
  var path = location.pathname, here = path + location.search;
  var look = here.match(/[?&](lang|size)=[^&]*/g) || [];
  var plain = look.length ? "?" + look.map(function (one) { return one.slice(1); }).join("&") : "";

  function get(area, name) {
    try { return JSON.parse(window[area].getItem(name)); } catch (e) { return null; }
  }
  function put(area, name, value) {
    try {
      if (value === null) window[area].removeItem(name);
      else window[area].setItem(name, JSON.stringify(value));
    } catch (e) { /* private mode: nothing is kept */ }
  }
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function clear(key) {
    put("localStorage", key, null);
    for (var n = 0; n < 99; n++) put("localStorage", key + ":" + n, null);
  }
  function hash(text) {
    for (var h = 2166136261, i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
    return (h >>> 0).toString(36);
  }
  function strip(to) { if (to !== here) hist.replaceState({ go: here }, "", to); }
  function cameBack() {
    var entry = performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    return entry ? entry.type === "back_forward" : performance.navigation.type === 2;
  }

  if (path === "/a/return" && hist.state && hist.state.go) return location.replace(hist.state.go);
  if (end) {
    var code = path.replace(/\/thanks$/, ""), last = get("sessionStorage", "minyi.key");
    if (last) clear(last);
    if (code !== path) put("sessionStorage", "minyi.sent:" + code, here);
    if (end.hasAttribute("data-secret")) strip("/a/return" + plain);
    if (end.hasAttribute("data-next")) setTimeout(function () { location.replace(end.getAttribute("data-next")); }, 1e4);
  }
  if (!form) return;

  var kiosk = form.hasAttribute("data-kiosk"), secret = form.hasAttribute("data-secret");
  var sentMark = "minyi.sent:" + path, field = form.elements;
  var waiting = doc.getElementById("waiting"), restored = doc.getElementById("restored");
  var page = field["@page"] ? field["@page"].value : "0", drafted = /[?&]draft=/.test(here);
  var key = "minyi:" + form.getAttribute("data-key") + ":" + hash(path), mine = key + ":" + page;
  var sent = get("sessionStorage", sentMark);

  if (sent && cameBack()) return location.replace(sent);
  put("sessionStorage", sentMark, null);

  function isOpen(one) { return one.name && one.name.charAt(0) !== "@" && /^(radio|text|textarea)$/.test(one.type); }
  function ticks() {
    var found = {};
    each(field, function (one) {
      if (isOpen(one) && (one.type === "radio" ? one.checked : one.value)) found[one.name] = one.value;
    });
    return found;
  }
  function fill(values) {
    each(field, function (one) {
      if (!isOpen(one) || values[one.name] === undefined) return;
      if (one.type === "radio") one.checked = one.value === values[one.name];
      else one.value = values[one.name];
    });
  }
  function openComments() {
    each(doc.querySelectorAll("[data-after]"), function (item) {
      var words = item.querySelector("textarea").value;
      item.hidden = !words && !item.classList.contains("missed") && !item.getAttribute("data-after").split(" ").some(function (pair) {
        var cut = pair.lastIndexOf("="), name = pair.slice(0, cut), value = pair.slice(cut + 1);
        return Array.prototype.some.call(field, function (one) { return one.name === name && one.checked && one.value === value; });
      });
    });
  }
  function seed(id) { return parseInt(id.slice(-2), 16) % 64; }

  // What the phone kept: the pointer leads to the page, the record of the page holds its ticks.
  var changed = false, now = Date.now();
  function save(step) {
    if (kiosk) return;
    put("localStorage", mine, { t: Date.now(), s: field["@sheet"].value, v: field["@served"].value, f: ticks(), p: step || "" });
    put("localStorage", key, { t: Date.now(), q: location.search.indexOf("draft=") < 0 && drafted ? here.slice(path.length) : location.search });
    changed = false;
  }
  function bringBack() {
    var pointer = get("localStorage", key), record = get("localStorage", mine);
    if (pointer && now - pointer.t > day) { clear(key); return false; }
    if (!secret && !drafted) {
      var to = hist.state && hist.state.go || pointer && /[?&]draft=/.test(pointer.q) && path + pointer.q;
      if (to && to !== here) { location.replace(to); return true; }
    }
    if (!record || now - record.t > day || doc.querySelector(".problems")) return false;
    if (record.s !== field["@sheet"].value) {
      if (Object.keys(ticks()).length) return false;
      if (form.hasAttribute("data-shuffled") && seed(record.s) !== seed(field["@sheet"].value) && here.indexOf("order=") < 0) {
        location.replace(here + (location.search ? "&" : "?") + "order=" + seed(record.s));
        return true;
      }
      field["@sheet"].value = record.s;
      field["@served"].value = record.v;
    }
    if (Object.keys(record.f).length) { fill(record.f); restored.hidden = false; }
    if (record.p) setTimeout(function () { send(record.p); }, 0);
    return false;
  }
  if (!kiosk && bringBack()) return;
  if (!kiosk) put("sessionStorage", "minyi.key", key);

  // Links and the form keep the whole address, then it is shown without its secret.
  form.action = form.action;
  each(doc.querySelectorAll("a[href^='?']"), function (link) { link.href = link.href; });
  if (secret) strip("/a/return" + plain);
  else if (drafted || here.indexOf("order=") > 0) strip(path + plain);

  openComments();
  form.addEventListener("change", function () { if (!sending) save(); openComments(); });
  form.addEventListener("input", function () { changed = true; });
  setInterval(function () { if (changed && !sending) save(); }, 5e3);
  window.addEventListener("pagehide", function () { if (changed && !sending) save(); });
  restored.querySelector("button").addEventListener("click", function () {
    clear(key);
    changed = false;
    location.replace(secret ? here : path + plain);
  });

  var pressed = "", sending = false, body = "", pause = 2e3, timer;
  form.addEventListener("click", function (event) {
    if (event.target.tagName === "BUTTON") pressed = event.target.value;
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (!sending) send(pressed || "send");
  });
  window.addEventListener("online", function () { if (sending && !waiting.hidden) { clearTimeout(timer); post(); } });

  function lock(isLocked) {
    each(doc.querySelectorAll("fieldset, form button"), function (one) { one.disabled = isLocked; });
    sending = isLocked;
  }
  function send(step) {
    pressed = step;
    save(step);
    body = "";
    each(field, function (one) {
      if (!one.name || one.type === "submit" || one.type === "radio" && !one.checked) return;
      body += "&" + encodeURIComponent(one.name) + "=" + encodeURIComponent(one.value);
    });
    if (field["@page"]) body += "&@go=" + step;
    body = body.slice(1);
    lock(true);
    post();
  }
  function post() {
    var call = new XMLHttpRequest();
    call.open("POST", form.action.split("#")[0]);
    call.timeout = 2e4;
    call.setRequestHeader("content-type", "application/x-www-form-urlencoded");
    call.setRequestHeader("x-from-script", "1");
    call.onload = function () {
      if (call.status === 204) go(call.getResponseHeader("x-go"));
      else if (call.status === 503) again();
      else submitPlainly();
    };
    call.onerror = call.ontimeout = again;
    call.send(body);
  }
  function again() {
    waiting.hidden = false;
    if (pause === 2e3) waiting.scrollIntoView({ block: "center" });
    timer = setTimeout(post, pause);
    pause = Math.min(pause * 2, 3e4);
  }
  function go(to) {
    if (/\/thanks(\?|$)/.test(to)) {
      clear(key);
      if (!kiosk) put("sessionStorage", sentMark, to);
      return location.replace(to);
    }
    put("localStorage", mine, null);
    put("localStorage", key, { t: Date.now(), q: to.slice(path.length) });
    if (!secret && !drafted) hist.replaceState({ go: to.replace(/&page=\d+/, "") }, "", path + plain);
    location.assign(to);
  }
  function submitPlainly() {
    lock(false);
    save();
    if (field["@page"]) {
      var step = doc.createElement("input");
      step.type = "hidden";
      step.name = "@go";
      step.value = pressed;
      form.appendChild(step);
    }
    form.submit();
  }

  // A page from the browser's memory: sent already, or to be worked on further.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    var to = get("sessionStorage", sentMark);
    if (to) location.replace(to);
    else if (kiosk) location.reload();
    else if (!secret && !drafted && page !== "0") { if (!bringBack()) lock(false); }
    else lock(false);
  });

  // A shared tablet forgets who walked away.
  if (kiosk) {
    var idle;
    var wake = function () {
      clearTimeout(idle);
      idle = setTimeout(function () { location.replace(here); }, 18e4);
    };
    ["change", "input", "touchstart", "keydown", "scroll"].forEach(function (name) { window.addEventListener(name, wake, { passive: true }); });
  }
})();
