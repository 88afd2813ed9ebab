/* Opens the pages of a line and a column in a dialog over the budget's table. The pages are the
   same without this file: a link followed and a form sent. */
(() => {
  "use strict";
  const dialog = document.querySelector("[data-editor-dialog]");
  if (!dialog || !dialog.showModal) return;
  let opener = null;

  async function show(url, options) {
    const answer = await fetch(url, { ...options, headers: { "X-Requested-With": "fetch" } });
    const text = await answer.text();
    const body = new DOMParser().parseFromString(text, "text/html").querySelector("[data-dialog-body]");
    if (!body) { // done, or the login: the page that was answered takes over
      location.assign(answer.url);
      if (new URL(answer.url).pathname === location.pathname) location.reload();
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
    show(form.action, { method: "POST", body }).catch(() => form.requestSubmit);
  });
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    opener?.focus();
  });
})();
