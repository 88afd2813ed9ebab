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
    const headers = { "HX-Request": "true" };
    const answer = await fetch(url, { ...options, headers, redirect: "manual" });
    const text = await answer.text();
    if (answer.status === 401) {
      tell(text);
      return;
    }
    const done = answer.type === "opaqueredirect" && options;
    if (done) window.keptText?.forget(dialog.querySelector("form"));
    if (done && ["move", "more"].some((each) => options.body.has(each))) {
      moved = true;
      await show(url);
      return;
    }
    const body = new DOMParser().parseFromString(text, "text/html").querySelector("[data-dialog-body]");
    if (!body) {
      location.reload();
      return;
    }
    body.querySelector("[data-dialog-only]").hidden = false;
    dialog.replaceChildren(document.adoptNode(body));
    if (!dialog.open) dialog.showModal();
    if (!options) window.keptText?.look(dialog);
    (dialog.querySelector("[role=alert] a, [data-dialog-only]")).focus();
  }

  // What was typed stays, with why nothing was saved.
  function tell(words) {
    const box = dialog.querySelector("[data-dialog-told]") || document.createElement("p");
    box.dataset.dialogTold = "";
    box.setAttribute("role", "alert");
    box.className = "notice warning";
    box.textContent = words;
    const place = dialog.querySelector("form .actions");
    if (place) place.before(box);
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
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const body = new FormData(form, event.submitter);
    if (cookie && dialog.querySelector("[data-dialog-told]")) body.set("csrfmiddlewaretoken", cookie[1]);
    show(form.action, { method: "POST", body }).catch(() => form.submit());
  });
  dialog.addEventListener("close", () => {
    const form = dialog.querySelector("form");
    if (form) window.keptText?.leave(form);
    dialog.replaceChildren();
    if (moved) location.reload();
    opener?.focus();
  });
})();
