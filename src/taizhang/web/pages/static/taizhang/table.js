// A table that is typed into like a spreadsheet. Without it the table is a form with one button.
"use strict";

const cells = (row) => [...row.querySelectorAll("input:not([type=hidden]), textarea, select")];
const rows = (cell) => [...cell.closest("tbody").rows].filter((row) => cells(row).length);

function beside(cell, down, right) {
  const all = rows(cell);
  const row = all[all.indexOf(cell.closest("tr")) + down];
  return row && cells(row)[cells(cell.closest("tr")).indexOf(cell) + right];
}

// An arrow leaves a cell only where it would not move the cursor inside it.
function atEdge(cell, key) {
  if (cell.matches("select")) return key === "ArrowLeft" || key === "ArrowRight";
  const { selectionStart: start, selectionEnd: end, value } = cell;
  if (start !== end) return false;
  if (key === "ArrowLeft") return start === 0;
  if (key === "ArrowRight") return end === value.length;
  return key === "ArrowUp" ? !value.slice(0, start).includes("\n") && start === 0 : end === value.length;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-grid] input, [data-grid] textarea, [data-grid] select");
  if (!cell || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  let step = null;
  if (event.key === "Enter" && !event.shiftKey) step = [1, 0];
  else if (event.key === "Enter" && cell.matches("input")) step = [-1, 0];
  else if (event.key.startsWith("Arrow") && !event.shiftKey && atEdge(cell, event.key)) {
    step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  }
  if (!step) return;
  event.preventDefault();
  const next = beside(cell, ...step);
  if (next) { next.focus(); if (next.select) next.select(); }
});

// What Excel puts on the clipboard: cells parted by tabs, rows by line ends, a cell with either of them in quotes.
function block(text) {
  const found = [[""]];
  let quoted = false;
  for (let place = 0; place < text.length; place += 1) {
    const sign = text[place];
    const row = found[found.length - 1];
    if (quoted) {
      if (sign !== "\"") row[row.length - 1] += sign;
      else if (text[place + 1] === "\"") { row[row.length - 1] += "\""; place += 1; } else quoted = false;
    } else if (sign === "\"" && row[row.length - 1] === "") quoted = true;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") found.push([""]);
    else if (sign !== "\r") row[row.length - 1] += sign;
  }
  if (found.length > 1 && found[found.length - 1].join("") === "") found.pop();
  return found;
}

function put(cell, text) {
  if (cell.matches("select")) {
    const option = [...cell.options].find((each) => each.text.trim() === text.trim() || each.value === text.trim());
    if (!option) { cell.setAttribute("aria-invalid", "true"); return; }
    cell.removeAttribute("aria-invalid");
    cell.value = option.value;
  } else {
    cell.value = cell.matches("textarea") ? text : text.replace(/\s*\n\s*/g, " ").trim();
  }
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  cell.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("paste", (event) => {
  const cell = event.target.closest("[data-grid] input, [data-grid] textarea");
  const text = event.clipboardData && event.clipboardData.getData("text/plain");
  if (!cell || !text) return;
  const pasted = block(text);
  // A text with line ends but no tab is one cell's text when it is pasted into a cell that takes several lines.
  if (pasted.length === 1 && pasted[0].length === 1) return;
  if (!text.includes("\t") && cell.matches("textarea") && !text.startsWith("\"") && cell.value !== "") return;
  event.preventDefault();
  pasted.forEach((line, down) => line.forEach((value, right) => {
    const target = beside(cell, down, right);
    if (target) put(target, value);
  }));
});
