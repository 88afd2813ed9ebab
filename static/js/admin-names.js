// Names for what Django's admin leaves nameless: the search boxes that stand in for selects, and
// the empty corner of a table of parts. (Screen readers would read them as nothing.)
(function () {
  "use strict";

  function nameOf(select) {
    const label = select.labels && select.labels[0];
    return select.getAttribute("aria-label") || (label ? label.textContent.trim() : "");
  }

  function nameAll(root) {
    root.querySelectorAll("select.admin-autocomplete").forEach(function (select) {
      const shown = select.nextElementSibling;
      if (!shown || !nameOf(select)) { return; }
      shown.querySelectorAll("[role=combobox], [role=textbox]").forEach(function (box) {
        box.setAttribute("aria-label", nameOf(select));
        box.removeAttribute("aria-labelledby");
      });
    });
  }

  function nameRemovals(root) {
    root.querySelectorAll("input[name$='-DELETE']").forEach(function (box) {
      if (!box.labels.length) { box.setAttribute("aria-label", "Ta bort raden"); }
    });
  }

  function nameEverything() {
    nameAll(document);
    nameRemovals(document);
    document.querySelectorAll(".inline-group thead th").forEach(function (corner) {
      if (corner.textContent.trim()) { return; }
      const cell = document.createElement("td");
      cell.className = corner.className;
      corner.replaceWith(cell);
    });
  }

  // Django's own scripts make the search boxes when jQuery is ready; this waits its turn after them.
  if (window.django && window.django.jQuery) { window.django.jQuery(nameEverything); }
  document.addEventListener("formset:added", function (event) {
    window.setTimeout(function () { nameAll(event.target); });
  });
})();
