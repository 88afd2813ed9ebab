/* The budget editor: saves a cell when it is left, one save at a time, and never waits for the
   answer. The server's answer (by htmx, out of band) brings the cell's words, every sum and the
   findings; the field that a person types in is never replaced. What is not saved yet is kept in
   the browser, too. Others' changes are asked for. Without this file the form posts whole. The keys
   that walk between cells are in budget-keys.js. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  const status = document.querySelector("[data-editor-status]");
  if (!form || !status || !window.htmx) return;

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

  const isCell = (element) => element instanceof HTMLInputElement && "cell" in element.dataset;
  const boxOf = (field) => field.closest("td");
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };
  const cells = () => [...form.querySelectorAll("[data-cell]")];
  const isSaved = (state) => state === "saved" || state === "unchanged";
  const knows = (state) => state !== "adopted" && state !== "forbidden"; // those know no amount

  function setState(field, state) {
    boxOf(field).dataset.state = state;
    if (state === "refused" || state === "conflict") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function clearWords(field) {
    document.getElementById(`note-${field.id}`).textContent = "";
    boxOf(field).querySelector(".cell-choice")?.remove();
  }

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
  const keep = (field) => kept.write(field.id, { typed: field.value, was: field.dataset.was });

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
    if (!busy && field.value === field.dataset.shown && field.dataset.was === numberOf(field)) {
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

  const numberOf = (field) => field.dataset.shown.replace(/[^0-9−-]/g, "").replace("−", "-");

  async function pump() {
    if (sending || looking || closed || !queue.size) return;
    clearTimeout(timer);
    const [field, text] = queue.entries().next().value;
    queue.delete(field);
    sending = field;
    const answer = await send(`${form.dataset.cellUrl}${query}`,
      { cell: field.id, typed: text, was: field.dataset.was });
    sending = null;
    if (!answer.state) {
      if (!queue.has(field)) queue.set(field, text);
      refused(answer);
      if (!closed) timer = setTimeout(pump, Math.min(RETRY * 2 ** failed, SLOWEST));
      failed += 1;
      return;
    }
    failed = 0;
    const known = findings();
    swap(answer.html);
    take(field, text, answer.state, fresh(known, field.id));
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

  function swap(html) {
    window.htmx.swap(status, html, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
    mark();
  }

  // Each finding's cell is marked, and described by it.
  function mark() {
    for (const box of form.querySelectorAll("td[data-finding]")) {
      delete box.dataset.finding;
      const field = box.querySelector("[data-cell]");
      if (field) field.setAttribute("aria-describedby", `note-${field.id}`);
    }
    for (const item of document.querySelectorAll("#findings [data-place]")) {
      const place = item.dataset.place && document.getElementById(item.dataset.place);
      const box = place && place.closest("td");
      if (!box) continue;
      if (!box.dataset.finding) box.dataset.finding = item.className;
      const words = place.getAttribute("aria-describedby") || "";
      if (isCell(place)) place.setAttribute("aria-describedby", `${words} ${item.id}`.trim());
    }
  }

  const findings = () => new Map([...document.querySelectorAll("#findings li")]
    .map((item) => [`${item.dataset.rule} ${item.dataset.place}`, item]));

  // What is newly found, the cell's own first, in words for the status line.
  function fresh(known, cell) {
    const found = [...findings()].filter(([key]) => !known.has(key)).map(([, item]) => item);
    if (!found.length) return "";
    const first = found.find((item) => item.dataset.place === cell) || found[0];
    const more = found.length > 1 ? ` Och ${found.length - 1} till att se över.` : "";
    return first.querySelector("[data-words]").textContent + more;
  }

  function take(field, text, state, finding) {
    const after = document.getElementById(`after-${field.id}`);
    if (knows(state)) {
      field.dataset.was = after.dataset.was;
      field.dataset.shown = after.dataset.shown;
    }
    say(state === "saved" && finding ? `Sparat. ${finding}` : after.dataset.said);
    if (queue.has(field)) { keep(field); return; } // a newer text is on its way
    if (isSaved(state)) kept.write(field.id, null);
    else if (state === "refused") keep(field); // a page read again shows it, refused, as now
    setState(field, isSaved(state) ? "saved" : state === "conflict" ? "conflict" : "refused");
    if (isSaved(state) && field.value === text && document.activeElement !== field) {
      field.value = field.dataset.shown;
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
    swap(answer.html);
    for (const after of form.querySelectorAll('.cell-after[data-state="theirs"]')) {
      const field = document.getElementById(after.id.replace("after-", ""));
      after.removeAttribute("data-state");
      if (after.dataset.shown !== field.dataset.shown) receive(field, after.dataset);
    }
  }

  // A cell that is being typed in keeps its text and the amount seen: saving it tells of both.
  function receive(field, { was, shown }) {
    if (field.value !== field.dataset.shown || queue.has(field)) {
      setState(field, "theirs");
      return;
    }
    field.dataset.was = was;
    field.dataset.shown = shown;
    field.value = shown;
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
    if (!mine) field.value = field.dataset.shown;
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
