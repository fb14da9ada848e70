"use strict";
(function () {
  var most = 40;
  var form = document.getElementById("recherche");
  var field = document.getElementById("chercher");
  var list = document.getElementById("resultats");
  var told = document.getElementById("combien");
  if (!form || !window.@index@) { return; }

  function folded(text) {
    return text.toLowerCase().replace(/\u0153/g, "oe").replace(/\u00e6/g, "ae").normalize("NFKD")
      .replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  var entries = window.@index@.map(function (row) {
    var title = folded(row[1]);
    return { kind: row[0], title: row[1], where: row[2], internal: row[3], name: " " + title,
      all: " " + title + " " + row[4] };
  });

  function score(entry, words, phrase) {
    var value = 0;
    for (var i = 0; i < words.length; i += 1) {
      if (entry.name.indexOf(" " + words[i]) >= 0) { value += 4; }
      else if (entry.name.indexOf(words[i]) >= 0) { value += 3; }
      else if (entry.all.indexOf(" " + words[i]) >= 0) { value += 2; }
      else if (entry.all.indexOf(words[i]) >= 0) { value += 1; }
      else { return 0; }
    }
    return value + (entry.name.indexOf(" " + phrase) === 0 ? 3 : 0) + (entry.name === " " + phrase ? 3 : 0);
  }

  function found(text) {
    var phrase = folded(text);
    if (!phrase) { return []; }
    var words = phrase.split(" ");
    var scored = [];
    entries.forEach(function (entry, place) {
      var value = score(entry, words, phrase);
      if (value) { scored.push({ entry: entry, value: value / words.length, place: place }); }
    });
    scored.sort(function (a, b) { return b.value - a.value || a.place - b.place; });
    return scored.map(function (one) { return one.entry; });
  }

  function row(entry) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    var kind = document.createElement("span");
    link.href = entry.where;
    kind.className = "kind";
    kind.textContent = entry.kind + (entry.internal ? ", interne" : "");
    link.appendChild(document.createTextNode(entry.title + " "));
    link.appendChild(kind);
    item.appendChild(link);
    return item;
  }

  function show() {
    var results = found(field.value);
    var number = results.length;
    list.replaceChildren.apply(list, results.slice(0, most).map(row));
    list.hidden = number === 0;
    if (!folded(field.value)) { told.textContent = ""; return; }
    if (number === 0) { told.textContent = "Rien ne correspond. Essayez un mot plus court."; return; }
    told.textContent = number + (number > 1 ? " r\u00e9sultats" : " r\u00e9sultat") +
      (number > most ? ", dont voici les " + most + " premiers" : "") + ".";
  }

  function close() {
    field.value = "";
    show();
  }

  function step(by) {
    var links = Array.prototype.slice.call(list.querySelectorAll("a"));
    var next = links.indexOf(document.activeElement) + by;
    if (next < 0) { field.focus(); return; }
    if (links.length) { links[Math.min(next, links.length - 1)].focus(); }
  }

  form.hidden = false;
  field.addEventListener("input", show);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) { first.click(); }
  });
  list.addEventListener("click", function (event) {
    if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      window.setTimeout(close, 0);
    }
  });
  form.addEventListener("keydown", function (event) {
    var inList = document.activeElement !== field;
    if (event.key === "ArrowDown") { step(1); }
    else if (event.key === "ArrowUp" && inList) { step(-1); }
    else if (event.key === "Home" && inList) { list.querySelector("a").focus(); }
    else if (event.key === "End" && inList) { step(most); }
    else if (event.key === "Escape") { close(); field.focus(); }
    else { return; }
    event.preventDefault();
  });
  document.addEventListener("keydown", function (event) {
    var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    event.preventDefault();
    field.focus();
    field.select();
  });
  show();
}());
