/* Paste of several cells in the budget editor: the block goes to the import's preview, with the
   cell it was pasted in. On the preview, a changed choice must be shown before it is read in.
   Without this file one pastes on the import's own page. */
(() => {
  "use strict";
  const WAIT = 100; // milliseconds between looks at cells on their way to the server
  const LONGEST = 5000; // milliseconds; after that the browser asks before it leaves

  const table = document.querySelector("[data-editor]");
  const paste = document.querySelector("[data-import-paste]");
  const choices = document.querySelector("[data-import-choices]");
  const deed = document.querySelector("[data-import-do]");

  function whenSaved(act, left = LONGEST) {
    if (left <= 0 || !table.querySelector('[data-state="saving"]')) act();
    else setTimeout(() => whenSaved(act, left - WAIT), WAIT);
  }

  function takePaste(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("cell" in field.dataset)) return;
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""))) return;
    event.preventDefault();
    paste.elements.text.value = text;
    paste.elements.anchor.value = field.id;
    whenSaved(() => paste.submit());
  }

  if (table && paste) {
    table.addEventListener("paste", takePaste);
    const pasted = document.getElementById(location.hash.slice(1));
    if (pasted && "cell" in pasted.dataset) {
      pasted.focus(); // the message at the top is out of sight then
      const said = document.querySelector(".notice p");
      if (said) document.querySelector("[data-editor-status]").textContent = said.textContent.trim();
    }
  }
  if (choices && deed) {
    choices.addEventListener("change", () => {
      deed.hidden = true;
      document.querySelector("[data-import-changed]").hidden = false;
    });
  }
})();
