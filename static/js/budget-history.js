/* What has stood in the cell that one is in: Alt+H opens it above the table, Esc goes back to the
   cell. Nothing is left or saved by looking. Without this file the page of the history links to
   each cell's own page. */
(() => {
  "use strict";
  const dialog = document.querySelector("[data-cell-history]");
  if (!dialog || !dialog.showModal) return;
  const box = dialog.querySelector("[data-cell-history-text]");

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const asked = event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyH";
    if (!asked || !(field instanceof HTMLElement) || !("cell" in field.dataset)) return;
    event.preventDefault();
    event.stopPropagation();
    show(field);
  }, true);

  async function show(field) {
    box.textContent = dialog.dataset.wordsWaiting;
    dialog.showModal();
    try {
      const answer = await fetch(`${dialog.dataset.cellHistory}${field.id}/`, {
        headers: { "HX-Request": "true" },
        redirect: "error", // to the login: then there is no history to show
      });
      if (!answer.ok) throw new Error(answer.status);
      box.innerHTML = await answer.text();
    } catch {
      box.textContent = dialog.dataset.wordsLost;
    }
  }

  dialog.addEventListener("close", () => { box.textContent = ""; });
})();
