/* The budget editor: saves a cell when it is left, one save at a time, and never waits for the
   answer. The server's answer (by htmx, out of band) brings the cell's words and every sum; the
   field that a person types in is never replaced. Without this file the form posts whole. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  const status = document.querySelector("[data-editor-status]");
  if (!form || !status || !window.htmx) return;

  const RETRY = 5000; // milliseconds until what could not be sent is sent again
  const queue = new Map(); // field → text to save; a newer text takes the older one's place
  let sending = null;
  let timer = null;

  form.querySelector("[data-without-script]").remove();

  const isCell = (element) => element instanceof HTMLInputElement && "cell" in element.dataset;
  const boxOf = (field) => field.closest("td");
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };

  function setState(field, state) {
    boxOf(field).dataset.state = state;
    if (state === "refused" || state === "conflict") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function clearWords(field) {
    document.getElementById(`note-${field.id}`).textContent = "";
    boxOf(field).querySelector(".cell-choice")?.remove();
  }

  function commit(field) {
    const busy = queue.has(field) || sending === field;
    if (!busy && field.value === field.dataset.shown) {
      if (boxOf(field).dataset.state !== "saved") {
        setState(field, "idle");
        clearWords(field);
      }
      return;
    }
    queue.set(field, field.value);
    setState(field, "saving");
    say(status.dataset.wordsSaving);
    pump();
  }

  async function pump() {
    if (sending || !queue.size) return;
    clearTimeout(timer);
    const [field, text] = queue.entries().next().value;
    queue.delete(field);
    sending = field;
    const answer = await send(field, text);
    sending = null;
    if (!answer.state) {
      if (!queue.has(field)) queue.set(field, text);
      say(answer.out ? status.dataset.wordsOut : status.dataset.wordsLost);
      timer = setTimeout(pump, RETRY);
      return;
    }
    window.htmx.swap(status, answer.html, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
    take(field, text, answer.state);
    pump();
  }

  // An answer without a state is not the editor's: no contact, a fault, or the login page (out).
  async function send(field, text) {
    try {
      const answer = await fetch(form.dataset.cellUrl, {
        method: "POST",
        headers: { "X-CSRFToken": token(), "HX-Request": "true" },
        body: new URLSearchParams({ cell: field.id, typed: text, was: field.dataset.was }),
      });
      const state = answer.headers.get("Cell-State");
      return { state, html: await answer.text(), out: answer.redirected || answer.status === 403 };
    } catch {
      return { state: null, out: false };
    }
  }

  // A new login brings a new token in the cookie; the form's own is from the page's first load.
  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  function take(field, text, state) {
    const after = document.getElementById(`after-${field.id}`);
    if (state !== "adopted" && state !== "forbidden") { // those know nothing of the amount
      field.dataset.was = after.dataset.was;
      field.dataset.shown = after.dataset.shown;
    }
    say(after.dataset.said);
    if (queue.has(field)) return; // a newer text is on its way
    const saved = state === "saved" || state === "unchanged";
    setState(field, saved ? "saved" : state === "conflict" ? "conflict" : "refused");
    if (saved && field.value === text && document.activeElement !== field) {
      field.value = field.dataset.shown;
    }
  }

  function go(field) {
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  }

  function beside(field, rows, columns) {
    let cell = boxOf(field);
    if (columns) {
      do cell = columns > 0 ? cell.nextElementSibling : cell.previousElementSibling;
      while (cell && !cell.querySelector("[data-cell]"));
      return cell?.querySelector("[data-cell]");
    }
    const all = [...form.querySelectorAll("tr")];
    const at = all.indexOf(cell.parentElement);
    const way = rows > 0 ? all.slice(at + 1) : all.slice(0, at).reverse();
    const found = way.map((row) => row.cells[cell.cellIndex]?.querySelector("[data-cell]"));
    return found.find(Boolean);
  }

  function atEdge(field, forward) {
    if (field.selectionStart !== field.selectionEnd) return false;
    return field.selectionStart === (forward ? field.value.length : 0);
  }

  function press(event) {
    const field = event.target;
    if (!isCell(field) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "Escape") {
      field.value = field.dataset.shown;
      commit(field);
    } else if (key === "Enter") {
      if (!go(beside(field, event.shiftKey ? -1 : 1, 0))) commit(field);
    } else if (key === "ArrowDown" || key === "ArrowUp") {
      go(beside(field, key === "ArrowDown" ? 1 : -1, 0));
    } else if ((key === "ArrowRight" || key === "ArrowLeft") && !event.shiftKey) {
      const forward = key === "ArrowRight";
      if (!atEdge(field, forward) || !go(beside(field, 0, forward ? 1 : -1))) return;
    } else {
      return;
    }
    event.preventDefault();
  }

  function choose(event) {
    const button = event.target.closest("[data-choose]");
    if (!button) return;
    const field = button.closest("td").querySelector("[data-cell]");
    const mine = button.dataset.choose === "mine";
    if (!mine) field.value = field.dataset.shown;
    field.focus();
    if (mine) clearWords(field);
    commit(field);
  }

  form.addEventListener("change", (event) => { if (isCell(event.target)) commit(event.target); });
  form.addEventListener("keydown", press);
  form.addEventListener("click", choose);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (isCell(document.activeElement)) commit(document.activeElement);
  });
  window.addEventListener("online", pump);
  window.addEventListener("beforeunload", (event) => {
    const typing = isCell(document.activeElement)
      && boxOf(document.activeElement).dataset.state === "idle"
      && document.activeElement.value !== document.activeElement.dataset.shown;
    if (sending || queue.size || typing) event.preventDefault();
  });
})();
