"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const cards = all(".finding");
  const groups = all(".group");
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const narrow = matchMedia("(max-width: 52rem)");
  const sheet = one(".sheet");
  let current = null;
  root.classList.add("js");

  const shown = () => cards.filter((card) => !card.hidden);

  function show(tab) {
    root.dataset.tab = tab;
    for (const link of all(".tabs a")) link.setAttribute("aria-current", String(link.dataset.tab === tab));
  }

  function filter() {
    const severity = one('.tally [aria-pressed="true"]').dataset.severity;
    const family = one("#family").value;
    const sought = one("#search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards) {
      card.hidden = Boolean((severity && card.dataset.severity !== severity) || (family && card.dataset.family !== family))
        || !sought.every((word) => words.get(card).includes(word));
    }
    for (const group of groups) group.hidden = all(".finding", group).every((card) => card.hidden);
    const count = shown().length;
    one(".shown").textContent = count === cards.length ? String(count) : `${count} / ${cards.length}`;
    one(".none").hidden = count > 0 || cards.length === 0;
    for (const mark of all("mark")) {
      const links = all("a", mark).map((link) => document.getElementById(link.hash.slice(1)));
      mark.classList.toggle("off", links.every((card) => !card || card.hidden));
    }
  }

  function light(element) {
    for (const other of all(".here")) if (!other.matches(".finding")) other.classList.remove("here");
    const target = element.closest("mark, .other") || element;
    target.classList.add("here");
    target.scrollIntoView({ block: "center", inline: "center" });
    // Tables out of sight have only an estimated height until they are drawn: place it once more.
    requestAnimationFrame(() => target.scrollIntoView({ block: "center", inline: "center" }));
  }

  function select(card) {
    if (current) current.classList.remove("here");
    current = card;
    card.classList.add("here");
    const list = shown();
    one(".card", sheet).replaceChildren(...[...card.cloneNode(true).childNodes]);
    one(".card", sheet).className = `card finding ${card.dataset.severity}`;
    one(".at", sheet).textContent = `${list.indexOf(card) + 1} / ${list.length}`;
    sheet.hidden = false;
  }

  function toText(card) {
    select(card);
    const mark = card.dataset.mark && document.getElementById(card.dataset.mark);
    if (!mark) return;
    show("report");
    light(mark);
  }

  function toCard(card) {
    if (card.hidden) {
      one("#search").value = "";
      one("#family").value = "";
      press(one(".tally .all"));
    }
    select(card);
    if (!narrow.matches) card.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const list = shown();
    if (!list.length) return;
    const next = list[(list.indexOf(current) + by + list.length) % list.length] || list[0];
    if (!narrow.matches) next.scrollIntoView({ block: "nearest" });
    toText(next);
  }

  function press(button) {
    for (const other of all(".tally button")) other.setAttribute("aria-pressed", String(other === button));
    filter();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const card = event.target.closest(".list .finding");
    if (link && link.dataset.tab) {
      event.preventDefault();
      show(link.dataset.tab);
    } else if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      if (target.matches(".finding")) {
        event.preventDefault();
        toCard(target);
        if (!narrow.matches) light(link.closest("mark"));
      } else if (target.matches("mark, .anchor")) {
        event.preventDefault();
        if (card) select(card);
        show("report");
        light(target);
      }
    } else if (card && !String(getSelection())) {
      toText(card);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "/") {
      event.preventDefault();
      one("#search").focus();
    }
  });
  for (const button of all(".tally button")) button.addEventListener("click", () => press(button));
  for (const button of all("[data-step]", sheet)) button.addEventListener("click", () => step(Number(button.dataset.step)));
  one(".close", sheet).addEventListener("click", () => { sheet.hidden = true; });
  one("#family").addEventListener("change", filter);
  one("#search").addEventListener("input", filter);
  show(cards.length ? "findings" : "report");
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
