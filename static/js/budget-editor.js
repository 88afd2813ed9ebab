/* The budget editor: saves a cell when it is left, one save at a time, and never waits for the
   answer. The server's answer (put in its places by budget-cells.js) brings the cell's words, every
   sum and the findings; the field that a person types in is never replaced. What is not saved yet is
   kept in the browser, too. Others' changes are asked for. Without this file the form posts whole.
   The keys that walk between cells are in budget-keys.js. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  const status = document.querySelector("[data-editor-status]");
  if (!form || !status) return;

  const RETRY = 5000; // milliseconds until what could not be sent is sent again
  const SLOWEST = 60000; // milliseconds between attempts, when many have failed
  const LOOK = 4000; // milliseconds between looks at what others have changed
  const queue = new Map(); // field → text to save; a newer text takes the older one's place
  const query = form.dataset.query ? `?${form.dataset.query}` : "";
  const page = form.dataset.pageUrl;
  let sending = null;
  let looking = false;
  let timer = null;
  let failed = 0; // attempts in a row that met no server, or no login
  let closed = ""; // why nothing more is sent: words from the server's status
  let version = Number(form.dataset.version);
  const hold = (number) => {
    version = number;
    document.querySelector("[data-version-shown]").textContent = number;
  };

  form.querySelector("[data-without-script]").remove();

  const {
    isCell, boxOf, fieldOf, numberOf, seen, isChanged, store, setState, clearWords, put, findings,
  } = window.budgetCells;
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };
  const isSaved = (state) => state === "saved" || state === "unchanged";
  const knows = (state) => state !== "adopted" && state !== "forbidden"; // those know no amount

  // What is typed and not saved lives in the browser's storage, with the amount that was seen; other
  // forms' texts do so by kept-text.js.
  const kept = {
    read() {
      try { return JSON.parse(localStorage.getItem(form.dataset.keep)) || {}; } catch { return {}; }
    },
    write(cell, what) {
      const all = kept.read();
      if (what) all[cell] = what; else delete all[cell];
      try {
        if (Object.keys(all).length) localStorage.setItem(form.dataset.keep, JSON.stringify(all));
        else localStorage.removeItem(form.dataset.keep);
      } catch { /* no storage: what is typed stays on the page */ }
    },
  };
  const keep = (field) => kept.write(field.id, { typed: field.value, was: seen(field) });

  function restore() {
    const gone = [];
    for (const [cell, { typed, was }] of Object.entries(kept.read())) {
      const field = document.getElementById(cell);
      if (isCell(field)) {
        field.value = typed;
        field.dataset.was = was;
        commit(field);
        say(status.dataset.wordsKept);
      } else {
        gone.push(typed);
        kept.write(cell, null);
      }
    }
    if (gone.length) say(`${status.dataset.wordsGone} ${gone.join(", ")}`);
  }

  function commit(field) {
    const busy = queue.has(field) || sending === field;
    if (!busy && !isChanged(field) && seen(field) === numberOf(field)) {
      kept.write(field.id, null);
      if (!["saved", "theirs"].includes(boxOf(field).dataset.state)) {
        if (field.hasAttribute("aria-invalid")) say(status.dataset.wordsBack);
        setState(field, "idle");
        clearWords(field);
      }
      return;
    }
    queue.set(field, field.value);
    keep(field);
    setState(field, "saving");
    say(status.dataset.wordsSaving);
    pump();
  }

  async function pump() {
    if (sending || looking || closed || !queue.size) return;
    clearTimeout(timer);
    const [field, text] = queue.entries().next().value;
    queue.delete(field);
    sending = field;
    const answer = await send(`${form.dataset.cellUrl}${query}`,
      { cell: field.id, typed: text, was: seen(field) });
    sending = null;
    if (!answer.state) {
      if (!queue.has(field)) queue.set(field, text);
      refused(answer);
      if (!closed) timer = setTimeout(pump, Math.min(RETRY * 2 ** failed, SLOWEST));
      failed += 1;
      return;
    }
    failed = 0;
    const known = new Set(findings().map(keyOf));
    const [words] = put(answer.html);
    take(field, text, answer.state, words.dataset, fresh(known, field.id));
    if (answer.version === version + 1 || answer.version === version) hold(answer.version);
    else if (answer.version) look(); // someone else saved in between
    pump();
  }

  // An answer that is not the editor's: no login, another's, one that may not, or no contact.
  // What asking again can't mend stops it until the page is looked at anew.
  function refused({ code }) {
    const said = { 401: "wordsOut", 403: "wordsForbidden", 404: "wordsGoneBudget", 409: "wordsOther" };
    say(status.dataset[said[code] || "wordsLost"]);
    closed = code === 403 || code === 404 || code === 409 ? status.textContent : "";
  }

  async function send(url, fields) {
    try {
      const answer = await fetch(url, {
        method: fields ? "POST" : "GET",
        headers: { "X-CSRFToken": token(), "HX-Request": "true", "Page-Person": form.dataset.person },
        body: fields && new URLSearchParams(fields),
      });
      return {
        code: answer.status,
        state: answer.headers.get("Cell-State"),
        version: Number(answer.headers.get("Budget-Version")),
        shape: answer.headers.get("Budget-Shape"),
        html: await answer.text(),
      };
    } catch {
      return { state: null, code: 0 };
    }
  }

  // A new login brings a new token in the cookie; the form's own is from the page's first load.
  function token() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  const keyOf = (finding) => `${finding.dataset.rule} ${finding.dataset.place}`;

  // What is newly found, the cell's own first, in words for the status line.
  function fresh(known, cell) {
    const now = new Map(findings().map((item) => [keyOf(item), item]));
    const found = [...now].filter(([key]) => !known.has(key)).map(([, item]) => item);
    if (!found.length) return "";
    const first = found.find((item) => item.dataset.place === cell) || found[0];
    const more = found.length > 1 ? ` Och ${found.length - 1} till att se över.` : "";
    return first.querySelector("[data-words]").textContent + more;
  }

  function take(field, text, state, answer, finding) {
    if (knows(state)) store(field, answer);
    say(state === "saved" && finding ? `Sparat. ${finding}` : answer.said);
    if (queue.has(field)) { keep(field); return; } // a newer text is on its way
    if (isSaved(state)) kept.write(field.id, null);
    else if (state === "refused") keep(field); // a page read again shows it, refused, as now
    setState(field, isSaved(state) ? "saved" : state === "conflict" ? "conflict" : "refused");
    if (isSaved(state) && field.value === text && document.activeElement !== field) {
      field.value = field.defaultValue;
    }
  }

  // Others' changes: asked for while the page is seen and nothing of one's own is on its way.
  async function look() {
    if (document.hidden || sending || looking || (queue.size && !closed)) return;
    looking = true;
    const answer = await send(`${page}sedan/${version}/${query}`);
    looking = false;
    if (answer.code >= 400 && answer.code < 500) refused(answer);
    else if (answer.code && closed) { closed = ""; say(status.dataset.wordsKept); }
    if (answer.code === 200 && answer.version) learn(answer);
    pump();
  }

  function learn(answer) {
    if (answer.shape !== form.dataset.shape) {
      say(status.dataset.wordsShape);
      if (!queue.size && !isCell(document.activeElement)) location.reload();
      return;
    }
    hold(answer.version);
    for (const words of put(answer.html)) {
      const field = fieldOf(words);
      if (words.dataset.shown !== field.defaultValue) receive(field, words.dataset);
    }
  }

  // A cell that is being typed in keeps its text and the amount seen: saving it tells of both.
  function receive(field, answer) {
    if (!isChanged(field) && !queue.has(field)) {
      store(field, answer);
      field.value = answer.shown;
    }
    setState(field, "theirs");
  }

  // ``deed`` is the address's word: angra or gor-om.
  async function undo(deed) {
    while (sending || queue.size) {
      if (!navigator.onLine) return;
      await new Promise((done) => { setTimeout(done, 50); });
    }
    looking = true;
    const answer = await send(`${page}${deed}/${query}`, {});
    looking = false;
    if (!answer.version) {
      refused(answer);
      return;
    }
    if (!answer.shape) { // other rows: the page is read again, and says what was done
      location.reload();
      return;
    }
    const next = answer.version <= version + 1;
    const seen = version;
    learn(answer);
    if (!next) hold(seen);
    say(document.getElementById("said").dataset.said);
    if (!next) look();
    pump();
  }

  function choose(event) {
    const button = event.target.closest("[data-choose]");
    if (!button) return;
    const field = button.closest("td").querySelector("[data-cell]");
    const mine = button.dataset.choose === "mine";
    if (!mine) field.value = field.defaultValue;
    field.focus();
    if (mine) clearWords(field);
    commit(field);
  }

  form.addEventListener("change", (event) => { if (isCell(event.target)) commit(event.target); });
  form.addEventListener("input", (event) => { if (isCell(event.target)) keep(event.target); });
  form.addEventListener("click", choose);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter && "undo" in event.submitter.dataset) undo(event.submitter.dataset.undo);
    else if (isCell(document.activeElement)) commit(document.activeElement);
  });
  window.addEventListener("online", pump);
  document.addEventListener("visibilitychange", look);
  setInterval(() => { if (!closed) look(); }, LOOK);
  restore();
})();
