/* The keys of the budget editor: Enter, arrows, Home and End walk between cells, Esc takes back what
   is typed, Ctrl+Z and Ctrl+Y press the buttons. What is saved, and how, is budget-editor.js's. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  if (!form) return;

  const { isCell, isChanged } = window.budgetCells;

  function go(field) {
    if (!field) return false;
    field.focus();
    if (isCell(field)) field.select();
    return true;
  }

  const fieldIn = (cell) => cell?.querySelector("[data-cell]");

  // The nearest field in the column of ``cell``, in the rows below or above it.
  function inColumn(cell, down) {
    const rows = form.querySelector("table").rows;
    const step = down ? 1 : -1;
    let at = cell.parentElement.rowIndex + step;
    while (rows[at] && !fieldIn(rows[at].cells[cell.cellIndex])) at += step;
    return fieldIn(rows[at]?.cells[cell.cellIndex]);
  }

  function beside(field, rows, columns) {
    const cell = field.closest("td");
    if (!columns) return inColumn(cell, rows > 0);
    const row = [...cell.parentElement.cells];
    const way = columns > 0 ? row.slice(cell.cellIndex + 1) : row.slice(0, cell.cellIndex).reverse();
    const found = way.map(fieldIn).filter(Boolean);
    if (Math.abs(columns) > 1) return found.at(-1);
    return found[0] || (columns < 0 && row[0].querySelector("a"));
  }

  // From a row's name back to its amounts.
  function firstCell(link) {
    return link.matches("a.row-name") && link.closest("tr").querySelector("[data-cell]");
  }

  // At rest the whole text is marked and unchanged: then the keys walk between cells.
  function atRest(field) {
    return !isChanged(field) && field.selectionStart === 0
      && field.selectionEnd === field.value.length;
  }

  function atEdge(field, forward) {
    if (atRest(field)) return true;
    if (field.selectionStart !== field.selectionEnd) return false;
    return field.selectionStart === (forward ? field.value.length : 0);
  }

  function walk(field, { key, shiftKey }) {
    const down = { Enter: shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[key];
    if (down) return go(beside(field, down, 0)) || (key === "Enter" && leave(field));
    const along = { ArrowRight: 1, ArrowLeft: -1, Home: -99, End: 99 }[key];
    if (!along || shiftKey) return false;
    if (Math.abs(along) > 1 ? !atRest(field) : !atEdge(field, along > 0)) return false;
    return go(beside(field, 0, along)) || Math.abs(along) > 1;
  }

  // What is typed is saved, as when one goes elsewhere.
  function leave(field) {
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  // The word of the button that the keys stand for: angra, gor-om or none.
  function deedOf({ ctrlKey, metaKey, shiftKey, altKey, key }) {
    if (!(ctrlKey || metaKey) || altKey) return "";
    const letter = key.toLowerCase();
    if (letter === "z") return shiftKey ? "gor-om" : "angra";
    return letter === "y" && !shiftKey ? "gor-om" : "";
  }

  // Where nothing else takes the keys, they are the table's.
  function pressOutside(event) {
    const free = !form.contains(event.target) && !event.target.closest("dialog")
      && !event.target.matches("input, textarea, select");
    if (free && deedOf(event)) press(event);
  }

  function press(event) {
    const field = event.target;
    const { key } = event;
    const deed = deedOf(event);
    if (deed) {
      if (isCell(field) && isChanged(field)) return; // the browser's own undo
      event.preventDefault();
      document.querySelector(`[data-undo="${deed}"]`).click();
      return;
    }
    if (!isCell(field) && key === "ArrowRight" && go(firstCell(field))) event.preventDefault();
    if (!isCell(field) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "Escape") {
      field.value = field.defaultValue;
      leave(field);
      field.select();
    } else if (key === "F2") {
      field.setSelectionRange(field.value.length, field.value.length);
    } else if (!walk(field, event)) {
      return;
    }
    event.preventDefault();
  }

  // Tab goes from cell to cell, from a row's last to the next row's first; a row's name is to the
  // left of its first cell.
  for (const name of form.querySelectorAll("tbody th a.row-name")) name.tabIndex = -1;

  form.addEventListener("focusin", (event) => {
    if (isCell(event.target) && !isChanged(event.target)) event.target.select();
  });
  form.addEventListener("keydown", press);
  document.addEventListener("keydown", pressOutside);
})();
