/* Opens the pages of a line and a column in a dialog over the budget's table. The pages are the
   same without this file: a link followed and a form sent. */
(() => {
  "use strict";
  const dialog = document.querySelector("[data-editor-dialog]");
  if (!dialog || !dialog.showModal) return;
  let opener = null;
  let moved = false; // the table behind is out of date

  // A redirect is not followed: it means that the deed is done, and its words belong to the page.
  async function show(url, options) {
    const answer = await fetch(url, { ...options, redirect: "manual" });
    if (answer.type === "opaqueredirect" && (options?.body?.has("move") || options?.body?.has("more"))) {
      moved = true;
      await show(url);
      return;
    }
    const text = await answer.text();
    const body = new DOMParser().parseFromString(text, "text/html").querySelector("[data-dialog-body]");
    if (!body) {
      location.reload();
      return;
    }
    body.querySelector("[data-dialog-only]").hidden = false;
    dialog.replaceChildren(document.adoptNode(body));
    if (!dialog.open) dialog.showModal();
    (dialog.querySelector("[role=alert] a, [data-dialog-only]")).focus();
  }

  function follow(event) {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!dialog.contains(link)) opener = link;
    show(link.href).catch(() => location.assign(link.href));
  }

  document.addEventListener("click", follow);
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dialog-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    const body = new FormData(form, event.submitter);
    show(form.action, { method: "POST", body }).catch(() => form.submit());
  });
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    if (moved) location.reload();
    opener?.focus();
  });
})();
