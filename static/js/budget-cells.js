/* The cells of the budget editor as they stand on the page, and the server's answers put in their
   places: every sum, a cell's words and the findings. Only what is another than before is touched,
   since the browser lays the table out again for each thing that is. A field's default value is
   what is stored, as a person types it. What is sent, and when, is budget-editor.js's. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  if (!form) return;

  const isCell = (element) => element instanceof HTMLInputElement && "cell" in element.dataset;
  const boxOf = (field) => field.closest("td");
  const wordsOf = (field) => boxOf(field).querySelector(".cell-after");
  const numberOf = (field) => field.defaultValue.replace(/[^0-9−-]/g, "").replace("−", "-");
  // The amount that the person saw: what is stored, but where another is remembered.
  const seen = (field) => field.dataset.was ?? numberOf(field);
  const isChanged = (field) => field.value !== field.defaultValue;

  // A page that took nothing shows what was typed, and beside it what is stored.
  for (const field of form.querySelectorAll("[data-shown]")) {
    const typed = field.value;
    field.defaultValue = field.dataset.shown;
    field.value = typed;
  }

  function store(field, { was, shown }) {
    field.dataset.was = was;
    field.defaultValue = shown;
  }

  function setState(field, state) {
    boxOf(field).dataset.state = state;
    if (state === "refused" || state === "conflict") field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  // What describes a field: its words, and the findings about it.
  function describe(field) {
    const words = wordsOf(field) ? [`note-${field.id}`] : [];
    const about = findings().filter((item) => item.dataset.place === field.id);
    const ids = [...words, ...about.map((item) => item.id)].join(" ");
    if (!ids) field.removeAttribute("aria-describedby");
    else if (field.getAttribute("aria-describedby") !== ids) field.setAttribute("aria-describedby", ids);
  }

  function clearWords(field) {
    wordsOf(field)?.remove();
    describe(field);
  }

  const fieldOf = (words) => document.getElementById(words.id.replace("after-", ""));

  function putWords(words) {
    const field = fieldOf(words);
    wordsOf(field)?.remove();
    if (words.textContent) boxOf(field).append(words);
    describe(field);
  }

  function renew(old, fresh) {
    old.hidden = fresh.hidden;
    Object.assign(old.dataset, fresh.dataset);
    if (old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
  }

  // Put an answer's elements in the places of those with their ids; return the words of cells.
  function put(html) {
    const answer = document.createElement("template");
    answer.innerHTML = html;
    const found = [...answer.content.children];
    const words = found.filter((each) => each.matches(".cell-after") && fieldOf(each));
    words.forEach(putWords);
    for (const fresh of found) {
      const old = document.getElementById(fresh.id);
      if (old && !words.includes(fresh)) renew(old, fresh);
    }
    mark();
    return words;
  }

  const findings = () => [...document.querySelectorAll("#findings li")];

  // Each finding's cell is marked, and described by it.
  function mark() {
    const gravest = new Map();
    for (const item of findings()) {
      const place = item.dataset.place && document.getElementById(item.dataset.place);
      const box = place && place.closest("td");
      if (box && !gravest.has(box)) gravest.set(box, item.className);
    }
    const before = form.querySelectorAll("td[data-finding]");
    for (const box of before) if (!gravest.has(box)) delete box.dataset.finding;
    for (const [box, severity] of gravest) {
      if (box.dataset.finding !== severity) box.dataset.finding = severity;
    }
    for (const box of new Set([...before, ...gravest.keys()])) {
      const field = box.querySelector("[data-cell]");
      if (field) describe(field);
    }
  }

  window.budgetCells = {
    isCell, boxOf, fieldOf, numberOf, seen, isChanged, store, setState, clearWords, put, findings,
  };
})();
