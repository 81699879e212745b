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
