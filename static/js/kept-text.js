/* Nothing typed is lost. What is typed in a form lives in this browser, for each person and
   address, until the server has taken it: a login that ends, a fault, a closed window and another
   login in another tab all leave it there. It comes back in the same form, with a sentence.
   ``data-person`` is whose page it is; ``data-kept="fault"`` is on a page that took nothing. The
   budget's table keeps its own cells, by the same store. Without this file the form works, and the
   answer to a login that has ended shows the text. */
(() => {
  "use strict";
  const { person = "", kept: answer = "", look: address = "" } = document.currentScript.dataset;
  const PREFIX = `finsam-text-${person}-`;
  const SENT = "finsam-sent"; // in this tab: the form that is on its way
  const LONGEST = 30 * 24 * 3600 * 1000; // milliseconds that a text waits
  const LONG = 20; // characters of a text that is worth keeping when a dialog is closed
  const SAME = ["loaded", "seen", "version"]; // hidden fields: what was shown when one began to type
  const WRITTEN = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])";

  const store = {
    get(key, where = localStorage) {
      try { return JSON.parse(where.getItem(key)); } catch { return null; }
    },
    set(key, what, where = localStorage) {
      try {
        if (what) where.setItem(key, JSON.stringify(what)); else where.removeItem(key);
      } catch { /* no storage: the text is on the page alone */ }
    },
    keys() { try { return Object.keys(localStorage); } catch { return []; } },
  };

  const keyOf = (form) => PREFIX + new URL(form.getAttribute("action") || "", location.href).pathname;
  const isKept = (form) => form instanceof HTMLFormElement && form.method === "post"
    && !("editor" in form.dataset) && form.querySelector("textarea, input[type=text], input:not([type])")
    && !form.querySelector("input[type=password]");
  const forms = () => [...document.forms].filter(isKept);
  const fieldsOf = (form) => [...form.elements].filter((each) => each.name && each.matches(WRITTEN));
  const isBox = (field) => field.type === "checkbox" || field.type === "radio";
  const nameOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => {
    if (isBox(field)) return field.checked;
    return field.multiple ? [...field.selectedOptions].map((each) => each.value) : field.value;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function firstOf(field) {
    if (isBox(field)) return field.defaultChecked;
    if (field.tagName !== "SELECT") return field.defaultValue;
    const marked = [...field.options].filter((each) => each.defaultSelected).map((each) => each.value);
    return field.multiple ? marked : marked[0] ?? field.options[0]?.value ?? "";
  }

  // What differs from the page; when it is sent, all of it: the next page may hold it already.
  function written(form, whole) {
    const found = {};
    for (const field of fieldsOf(form)) {
      if (whole || !same(valueOf(field), firstOf(field))) found[nameOf(field)] = valueOf(field);
    }
    return found;
  }

  function keep(form, whole = false) {
    const fields = written(form, whole);
    const hidden = {};
    for (const name of SAME) if (form.elements[name]) hidden[name] = form.elements[name].value;
    const was = store.get(keyOf(form))?.was || {}; // before one began: an answer holds what was sent
    for (const field of fieldsOf(form)) was[nameOf(field)] ??= firstOf(field);
    const title = form.closest("dialog")?.querySelector("h1, h2") || document.querySelector("h1");
    const what = { fields, was, hidden, at: Date.now(), title: title ? title.textContent.trim() : "" };
    store.set(keyOf(form), Object.keys(fields).length ? what : null);
  }

  const forget = (form) => { store.set(keyOf(form), null); store.set(SENT, null, sessionStorage); };

  // A closed dialog throws away what is soon typed again, and keeps a longer text.
  function leave(form) {
    const { fields = {}, was = {} } = store.get(keyOf(form)) || {};
    const isLong = ([name, value]) => value.length >= LONG && value !== was[name];
    if (!Object.entries(fields).some(isLong)) forget(form);
  }

  function notice(words, role = "status") {
    const box = document.createElement("div");
    box.className = "notice warning";
    box.setAttribute("role", role);
    const text = document.createElement("p");
    text.textContent = words;
    box.append(text);
    return box;
  }

  const day = new Intl.DateTimeFormat("sv-SE", { dateStyle: "long", timeStyle: "short" });
  const dated = (at) => day.format(at);

  function bringBack(form) {
    const what = store.get(keyOf(form));
    if (!what) return;
    const lost = { ...what.fields };
    let changed = false;
    for (const field of fieldsOf(form)) {
      const name = nameOf(field);
      if (!(name in lost)) continue;
      if (!same(valueOf(field), lost[name])) {
        changed = true;
        if (isBox(field)) field.checked = lost[name];
        else if (field.multiple) for (const each of field.options) each.selected = lost[name].includes(each.value);
        else field.value = lost[name];
      }
      delete lost[name];
    }
    const gone = Object.values(lost).filter((value) => typeof value === "string" && value.trim());
    if (!changed && !gone.length) { store.set(keyOf(form), null); return; }
    for (const [name, value] of Object.entries(what.hidden)) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    const box = notice(`Det du skrev ${dated(what.at)} hann inte sparas. Det står i formuläret igen: spara det, eller`);
    if (gone.length) box.append(...gone.map((value) => Object.assign(document.createElement("pre"), { textContent: value })));
    const button = Object.assign(document.createElement("button"),
      { type: "button", className: "quiet", textContent: "Släng det och visa det som är sparat" });
    button.addEventListener("click", () => {
      if (window.confirm("Det du skrev kastas, och det går inte att få tillbaka.")) {
        forget(form);
        location.reload();
      }
    });
    box.append(button);
    form.prepend(box);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Texts that belong under this page and wait for their own form.
  function tellOfOthers(here) {
    const main = document.querySelector("main .page, #content");
    if (!main || !/^\/(arbeta|admin)\//.test(location.pathname)) return;
    const waiting = store.keys().filter((key) => key.startsWith(PREFIX + location.pathname) && !here.has(key));
    if (!waiting.length) return;
    const box = notice("Det finns text som inte hann sparas:");
    const list = document.createElement("ul");
    for (const key of waiting) {
      const item = document.createElement("li");
      const what = store.get(key);
      item.append(Object.assign(document.createElement("a"),
        { href: key.slice(PREFIX.length), textContent: `${what.title || "Formulär"}, ${dated(what.at)}` }));
      list.append(item);
    }
    box.append(list);
    main.prepend(box);
  }

  // The form that this tab sent: taken when the page that it stood on led here without a fault.
  function arrive() {
    const sent = store.get(SENT, sessionStorage);
    store.set(SENT, null, sessionStorage);
    if (!sent || answer === "fault" || forms().some((form) => keyOf(form) === sent.key)) return;
    const from = document.referrer && new URL(document.referrer);
    if (from && from.origin === location.origin && from.pathname === sent.page) store.set(sent.key, null);
  }

  function look(root) {
    const here = new Set();
    for (const form of forms()) {
      here.add(keyOf(form));
      if (root.contains(form)) bringBack(form);
    }
    return here;
  }

  // A new login brings a new token in the cookie; the form's own is from the page's first load.
  function renew(form) {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (cookie && form.elements.csrfmiddlewaretoken && changedLogin) form.elements.csrfmiddlewaretoken.value = cookie[1];
  }

  let changedLogin = false;
  let told = null;

  function tellOfLogin(words) {
    if (told?.textContent === words) return;
    told?.remove();
    told = null;
    if (!words) return;
    changedLogin = true;
    told = notice(words, "alert");
    const main = forms().at(-1) || document.querySelector("main .page, #content");
    if (main) main.append(told);
  }

  async function whoIsHere() {
    if (document.hidden || !address) return;
    try {
      const headers = { "Page-Person": person, "HX-Request": "true" };
      const said = await fetch(address, { headers, cache: "no-store" });
      tellOfLogin([401, 409].includes(said.status) ? await said.text() : "");
    } catch { /* no contact: nothing is known */ }
  }

  if (!person) { store.set(SENT, null, sessionStorage); return; }
  for (const key of store.keys()) {
    if (key.startsWith("finsam-text-") && !(store.get(key)?.at > Date.now() - LONGEST)) store.set(key, null);
  }
  window.keptText = { forget, look, leave };
  arrive();
  if (answer !== "fault") tellOfOthers(look(document));

  document.addEventListener("input", (event) => { if (isKept(event.target.form)) keep(event.target.form); });
  document.addEventListener("change", (event) => { if (isKept(event.target.form)) keep(event.target.form); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isKept(form)) return;
    renew(form);
    keep(form, true);
    store.set(SENT, { key: keyOf(form), page: location.pathname }, sessionStorage);
  }, true);
  // ”Avbryt” is to throw away what is typed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("form .actions a");
    if (!link || link.closest("dialog") || !/^(Avbryt|Tillbaka)/.test(link.textContent.trim())) return;
    if (isKept(link.closest("form"))) forget(link.closest("form"));
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { xhr, target } = event.detail;
    if ([401, 409].includes(xhr.status)) target.textContent = xhr.responseText;
  });
  document.addEventListener("visibilitychange", whoIsHere);
})();
