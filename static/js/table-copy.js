/* A budget's table, or a part of it, copied: as cells with tabs between, which a spreadsheet and our
   own import read. Amounts are plain numbers, typed ones too; marks for notes and decisions are no
   part of a name. Within a single cell, or with text around the table, the browser copies as usual,
   as it does without this file. */
(() => {
  "use strict";
  const ASIDE = ".note-mark, .row-more, .meta, .visually-hidden, [hidden], .error";

  function words(cell) {
    const field = cell.querySelector("input[data-cell]");
    if (field) return field.value.trim();
    const copy = cell.cloneNode(true);
    copy.querySelectorAll(ASIDE).forEach((element) => element.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function plain(text) {
    const number = text.replace(/[\s\u00a0\u2009\u202f]/g, "").replace("\u2212", "-");
    return /^-?\d+$/.test(number) ? number : text;
  }

  function rowsOf(table, selection) {
    const rows = [];
    for (const row of table.rows) {
      const cells = [...row.cells].filter((cell) => selection.containsNode(cell, true));
      if (cells.length) rows.push(cells);
    }
    return rows;
  }

  function line(cells) {
    return cells.map((cell) => plain(words(cell))).join("\t");
  }

  document.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (event.target instanceof HTMLInputElement || selection.isCollapsed) return;
    const ends = [selection.anchorNode, selection.focusNode];
    const table = [...document.querySelectorAll("[data-copy-table]")].find((each) => ends.some((end) => each.contains(end)));
    const parts = table ? rowsOf(table, selection) : [];
    if (parts.flat().length < 2) return;
    event.clipboardData.setData("text/plain", parts.map(line).join("\r\n"));
    event.preventDefault();
  });
})();
