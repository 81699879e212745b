// Forms that save themselves: the page knows when all is saved, says when the line is down, and tries again.
"use strict";

const SAID = "#saved, [id^=said-]";

document.addEventListener("htmx:afterSwap", (event) => {
  const said = event.detail.target;
  if (!said.matches(SAID) || !said.querySelector(".good-words")) return;
  const refused = document.querySelector("#saved .late, [id^=said-] .late");
  if (!refused) document.dispatchEvent(new Event("taizhang:saved"));
});

function failed(event) {
  const said = event.detail.target;
  if (!said || !said.matches(SAID) || !said.dataset.offline) return;
  const words = document.createElement("span");
  words.className = "late";
  words.textContent = said.dataset.offline;
  said.querySelectorAll(":scope > :not(input)").forEach((each) => each.remove());
  said.append(words);
  const form = event.detail.elt;
  setTimeout(() => form.isConnected && form.dispatchEvent(new Event("change", { bubbles: true })), 8000);
}

document.addEventListener("htmx:sendError", failed);
document.addEventListener("htmx:responseError", failed);

// A press on a button waits for the save that is under way: sent beside it, the form would carry the version before that
// save, and the page would tell of a clash with oneself. What was still to be saved by itself goes with the form.
const PATIENCE = 5000;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[hx-post][data-version]") || form.dataset.leaving === "now") return;
  const waits = form.dataset.leaving === "soon" || form.classList.contains("htmx-request");
  if (waits) event.preventDefault();
  if (form.dataset.leaving === "soon") return;
  form.dataset.leaving = waits ? "soon" : "now";
  if (!waits) return;
  const send = () => {
    if (form.dataset.leaving !== "soon") return;
    form.dataset.leaving = "now";
    form.requestSubmit(event.submitter);
  };
  form.addEventListener("htmx:afterRequest", send, { once: true });
  setTimeout(send, PATIENCE);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt.dataset.leaving) event.preventDefault();
});

// Back from the page it led to, the form saves itself again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-leaving]").forEach((form) => delete form.dataset.leaving);
});
