// Small things that a page may have; every page works without them.
"use strict";

// A row of a table that has one link is a link; a click on a control inside it stays that control's.
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, select, textarea, label")) window.location.href = row.dataset.href;
});

// A filter form applies itself when a choice is made; typed words wait for Enter or the button, which would
// otherwise send the form a second time. Without script there is the button.
document.addEventListener("change", (event) => {
  const form = event.target.matches("select, [type=checkbox], [type=radio], [type=date]") && event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// “All” ticks the boxes of its own table.
document.addEventListener("change", (event) => {
  if (!event.target.matches("input[data-all]")) return;
  event.target.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; });
});

// Typed and not yet saved: the browser asks before it throws it away.
let unsaved = false;
document.addEventListener("input", (event) => { if (event.target.closest("form[data-keep]")) unsaved = true; });
document.addEventListener("submit", () => { unsaved = false; });
document.addEventListener("taizhang:saved", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

// A form that takes a while says so, and is not sent twice.
document.addEventListener("submit", (event) => {
  const sentence = event.target.dataset.busy;
  if (!sentence) return;
  const button = event.target.querySelector("button:not([type=button])");
  if (button) { button.disabled = true; button.textContent = sentence; }
});
// A text that is there to be copied is selected by a click.
document.addEventListener("focusin", (event) => { if (event.target.matches("input[data-select]")) event.target.select(); });

// On a phone a list comes before its filters: they fold away behind one button, except the words to search for and,
// where any is set, all of them.
if (window.matchMedia("(max-width: 44rem)").matches) {
  document.querySelectorAll("form.filters").forEach((form) => {
    const choices = form.querySelectorAll(":scope > label:not(:has(input[type=search]))");
    const isSet = [...choices].some((each) => each.querySelector("select, input")?.value) && window.location.search;
    if (choices.length < 3 || isSet) return;
    const unfold = document.createElement("button");
    unfold.type = "button";
    unfold.textContent = document.body.dataset.conditions;
    unfold.addEventListener("click", () => { form.classList.remove("folded"); unfold.remove(); choices[0].querySelector("select, input").focus(); });
    form.classList.add("folded");
    form.append(unfold);
  });
}
