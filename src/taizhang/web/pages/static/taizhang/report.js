// The report beside its findings: a finding shows its words, the words their finding; j and k go on and back.
"use strict";

let chosen = null;

function light(element) {
  document.querySelectorAll(".reading .here").forEach((other) => { if (!other.matches(".finding")) other.classList.remove("here"); });
  const target = element.closest("mark, .other") || element;
  target.classList.add("here");
  target.scrollIntoView({ block: "center", inline: "center" });
}

function choose(card, isScrolled) {
  if (chosen) chosen.classList.remove("here");
  chosen = card;
  card.classList.add("here");
  if (isScrolled) card.scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".reading a[href^='#']");
  const card = event.target.closest(".reading .finding");
  const target = link && document.getElementById(link.hash.slice(1));
  if (target && target.matches(".finding")) {
    event.preventDefault();
    choose(target, true);
    light(link.closest("mark"));
  } else if (target && target.closest("mark, .other, .anchor")) {
    event.preventDefault();
    if (card) choose(card, false);
    light(target);
  } else if (card && card.dataset.mark && !link && !event.target.closest("a, button") && !String(getSelection())) {
    choose(card, false);
    if (matchMedia("(min-width: 56.01rem)").matches) light(document.getElementById(card.dataset.mark));
  }
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== "j" && event.key !== "k") return;
  const cards = [...document.querySelectorAll(".reading .finding")];
  if (!cards.length) return;
  const next = cards[(cards.indexOf(chosen) + (event.key === "j" ? 1 : -1) + cards.length) % cards.length];
  choose(next, true);
  const mark = next.dataset.mark && document.getElementById(next.dataset.mark);
  if (mark) light(mark);
});
